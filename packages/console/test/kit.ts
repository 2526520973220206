import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { scratchFolder } from '@writ/testing/scratch-folder'
import { type Served, serve } from '@writ/testing/served'
import axe from 'axe-core'
import { type Browser, chromium, type Page } from 'playwright'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { browserOptions } from './browser.ts'
import { serveScene } from './scene.ts'

export const WIDE = { width: 1440, height: 900 }
export const PHONE = { width: 390, height: 844 }

interface OpenOptions {
  readonly viewport?: { readonly width: number; readonly height: number }
  readonly colorScheme?: 'light' | 'dark'
  readonly key?: string
}

/** The built console before an authority in a real browser, for the tests of one file. */
export interface Bench {
  served: Served
  browser: Browser
  /** What the browser complained of in this test: a violated policy, an exception, a failed request. None may be left at its end. */
  complaints: string[]
  readonly folder: string
  /** Signs in and opens a page. */
  open(path: string, options?: OpenOptions): Promise<Page>
}

/** @param scene whether anything is sold there */
export function bench({ scene = true } = {}): Bench {
  const folder = scratchFolder()
  const all: Bench = {
    served: undefined as never,
    browser: undefined as never,
    complaints: [],
    folder,
    async open(path, { viewport = WIDE, colorScheme = 'light', key = all.served.key } = {}) {
      const context = await all.browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' })
      const page = await context.newPage()
      page.on('console', (said) => said.type() === 'error' && all.complaints.push(said.text()))
      page.on('pageerror', (error) => all.complaints.push(error.message))
      await page.goto(`${all.served.url}/console/${path}`)
      await page.getByLabel('API key').fill(key)
      await page.keyboard.press('Enter')
      await settled(page)
      return page
    },
  }
  beforeAll(async () => {
    execFileSync(process.execPath, [join(import.meta.dirname, '../scripts/build.js')])
    ;[all.served, all.browser] = await Promise.all([scene ? serveScene(folder) : serve(folder), chromium.launch(browserOptions())])
  })
  afterAll(async () => {
    await all.browser?.close()
    await all.served?.stop()
  })
  afterEach(async () => {
    await Promise.all(all.browser.contexts().map((context) => context.close()))
    const heard = all.complaints
    all.complaints = []
    expect(heard).toEqual([])
  })
  return all
}

/** The browser complains of every answer that is no success, also of what is held until somebody confirms it. */
export function heldIsMeant(desk: Bench): void {
  desk.complaints = desk.complaints.filter((text) => !text.includes('409'))
}

export async function settled(page: Page): Promise<void> {
  await page.locator('[data-sentence]').waitFor()
  await page.waitForFunction(() => document.querySelector('[aria-busy=true]') === null)
}

export const sentence = (page: Page) => page.locator('[data-sentence]').innerText()
/** The page says so, or comes to say so: a page under way shows the one before. */
export const says = (page: Page, words: RegExp, about?: string) =>
  expect.poll(() => sentence(page), { timeout: 10_000, ...(about !== undefined && { message: about }) }).toMatch(words)

/** What axe finds, in words. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const { violations: found } = await page.evaluate(() =>
    (window as unknown as { axe: typeof axe }).axe.run({ resultTypes: ['violations'] }),
  )
  return found.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`))
}
