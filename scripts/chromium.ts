import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge']
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

/** The Chromium of `WRIT_CHROMIUM`, the machine's own, or the one that an earlier run fetched. */
export function findChromium(): string | undefined {
  const named = process.env.WRIT_CHROMIUM
  if (named !== undefined && named !== '') return named
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin', '/snap/bin']
  const candidates = folders.filter((folder) => folder !== '').flatMap((folder) => NAMES.map((name) => join(folder, name)))
  return [...candidates, ...PLACES].find((path) => existsSync(path))
}

/** Root has no sandbox to give; the rest keeps a start from asking the network for anything. */
export function chromiumFlags(): string[] {
  const quiet = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update']
  return [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), ...quiet, '--disable-sync']
}
