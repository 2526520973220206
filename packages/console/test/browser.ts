import type { LaunchOptions } from 'playwright'

/** The Chromium of `WRIT_CHROMIUM`, which every run of the tests sets. Root has no sandbox to give. */
export function browserOptions(): LaunchOptions {
  const executablePath = process.env.WRIT_CHROMIUM
  if (executablePath === undefined) throw new Error('Name a Chromium: WRIT_CHROMIUM=/path/to/chromium')
  return {
    executablePath,
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu', '--disable-background-networking'],
  }
}
