import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { makeLog } from '@writ/authority'
import { consoleFolder } from '@writ/console/built'
import { sql } from 'kysely'
import { type Browser, chromium, type Page } from 'playwright'
import { chromiumFlags, needChromium } from '../scripts/chromium.ts'
import { inTurns, ratio, spread } from './measure.ts'
import type { Options, Row } from './row.ts'
import { openAuthority, type ScratchAuthority } from './scratch-authority.ts'

const TARGET_MILLISECONDS = 300
const TARGET_KILOBYTES = 400

/** What is asked within the page; this side has no document. */
interface InPage {
  readonly document: { querySelectorAll(selector: string): { readonly length: number } }
  readonly performance: {
    now(): number
    getEntriesByType(type: 'resource'): readonly { readonly name: string; readonly encodedBodySize: number }[]
  }
}

/** The console in a real browser on loopback: what a first visit loads, and how long the first rows of a long table take. */
export async function run({ quick }: Options): Promise<Row[]> {
  const people = quick ? 50 : 100_000
  execFileSync(process.execPath, [join(import.meta.dirname, '../packages/console/scripts/build.js')])
  const authority = await openAuthority(undefined, 1, makeLog('silent'), { consoleFolder })
  let browser: Browser | undefined
  try {
    await fill(authority, people)
    browser = await chromium.launch({ executablePath: needChromium(console.error), args: chromiumFlags() })
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    const kilobytes = await firstVisit(page, authority)
    const sides = {
      table: () => firstRows(page, `${authority.url}/console/identities`),
      answer: () => page.evaluate(fetchOnce, '/v1/identities?limit=200'),
    }
    await inTurns(sides, quick ? 0 : 3)
    const times = await inTurns(sides, quick ? 1 : 15)
    const { median, low } = spread(times.table)
    return [
      {
        what: 'console, first visit: JavaScript, gzipped',
        beside: '',
        measured: `${kilobytes.toFixed(0)} KB`,
        compared: '',
        target: `≤ ${TARGET_KILOBYTES} KB`,
        met: kilobytes <= TARGET_KILOBYTES,
      },
      {
        what: `console, from opening the table of ${people.toLocaleString('en')} identities to its first rows`,
        beside: 'the answer of the API alone',
        measured: `${median.toFixed(0)} ms`,
        compared: `${spread(times.answer).median.toFixed(0)} ms`,
        ratio: ratio(times.table, times.answer),
        target: `≤ ${TARGET_MILLISECONDS} ms`,
        met: median <= TARGET_MILLISECONDS,
        detail: `quietest round ${low.toFixed(0)} ms`,
      },
    ]
  } finally {
    await browser?.close()
    await authority.close()
  }
}

/** Signs in with nothing cached. @returns kilobytes of script that came over the wire until the page stood */
async function firstVisit(page: Page, { url, key }: ScratchAuthority): Promise<number> {
  await page.goto(`${url}/console/`)
  await page.getByLabel('API key').fill(key)
  await page.keyboard.press('Enter')
  await page.locator('[data-sentence]').waitFor()
  const bytes = await page.evaluate(() => {
    const loaded = (globalThis as unknown as InPage).performance.getEntriesByType('resource')
    return loaded.filter(({ name }) => name.endsWith('.js')).reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)
  })
  return bytes / 1024
}

/** A load of the whole page, scripts out of the browser's cache as on every visit but the first. @returns milliseconds */
async function firstRows(page: Page, url: string): Promise<number> {
  await page.goto(url, { waitUntil: 'commit' })
  const tenRows = () => {
    const { document, performance } = globalThis as unknown as InPage
    return document.querySelectorAll('tbody[data-index] a').length >= 10 && performance.now()
  }
  const rows = await page.waitForFunction(tenRows, undefined, { polling: 'raf' })
  return Number(await rows.jsonValue())
}

async function fetchOnce(path: string): Promise<number> {
  const start = performance.now()
  await (await fetch(path)).json()
  return performance.now() - start
}

/** Rows as a list shows them. What they may do is not asked. */
async function fill({ authority: { db } }: ScratchAuthority, people: number): Promise<void> {
  await sql`
    INSERT INTO identities (id, kind, status, name, factors, attributes, version, created_at, updated_at)
    SELECT 'person-' || n, 'human', 'active', 'Person ' || n, NULL, '{}', 1, 0, 0 FROM generate_series(1, ${people}::int) n`.execute(db)
  await sql`
    INSERT INTO memberships (identity_id, organization_id, roles)
    SELECT 'person-' || n, 'org-' || n % 100, '["analyst"]' FROM generate_series(1, ${people}::int) n`.execute(db)
}
