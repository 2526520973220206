import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { scratchFolder } from '@writ/testing/scratch-folder'
import { NODE, ROOT, type Served, serve } from '@writ/testing/served'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openMemoryUsage } from '../src/usage/memory.ts'
import { openUsage, type RefusedUsage, type UsageOptions } from '../src/usage/node/index.ts'
import type { WritError } from '../src/writ-error.ts'

const SLOW = 90_000
const scratch = scratchFolder()
let served: Served
let key = ''
let made = 0

beforeAll(async () => {
  served = await serve(scratch)
  const { done } = served
  await done('POST', '/v1/products/atlas/editions', { terms: readFileSync(join(ROOT, 'examples/atlas.terms.yaml'), 'utf8') })
  await done('POST', '/v1/organizations', { id: 'acme', title: 'Acme' })
  key = (await served.appKey()).key
}, SLOW)
afterAll(() => served?.stop(), SLOW)

/** It began before, so that usage of a moment ago is usage of it. */
async function newLicense(): Promise<string> {
  const id = `A-${made++}`
  await served.done('POST', '/v1/licenses', {
    id,
    product: 'atlas',
    plan: 'enterprise',
    organization: 'acme',
    starts: new Date(Date.now() - 40 * 86_400_000).toISOString(),
  })
  return id
}
const usageTo = (more: Partial<UsageOptions> = {}) =>
  openUsage({ url: served.url, key, folder: join(scratch, `spool-${made++}`), uploadMilliseconds: 60_000, ...more })
const counted = async (license: string) =>
  (await served.done('GET', `/v1/usage/history?license=${license}&meter=exports`)) as { units: number; steps: { times: number }[] }
const codeOf = (work: Promise<unknown>) => work.then(String, (error: WritError) => error.code)

test(
  'what is recorded is counted, once, and no file of it stays',
  async () => {
    const license = await newLicense()
    const folder = join(scratch, 'first')
    const usage = await usageTo({ folder, sync: 'always' })
    const ids = await Promise.all([1, 2, 3].map((amount) => usage.record({ license, meter: 'exports', amount })))
    expect(new Set(ids).size).toBe(3)
    usage.note({ organization: 'acme', product: 'atlas', meter: 'exports' })
    await usage.record({ license, meter: 'exports', id: ids[0] as string, amount: 1, time: new Date(Date.now() - 60_000) })
    await usage.flush()
    const { accepted, refused, duplicate, pending } = usage.stats
    // The id was taken: with another time it is another usage.
    expect([accepted, duplicate, refused, pending]).toEqual([4, 0, 1, 0])
    await usage.close()
    expect(readdirSync(folder)).toEqual(['refused.jsonl'])
    expect(JSON.parse(readFileSync(join(folder, 'refused.jsonl'), 'utf8'))).toMatchObject({
      code: 'EVENT_ID_REUSED',
      event: { id: ids[0] },
    })
  },
  SLOW,
)

test(
  'what the authority refuses is told and kept aside; what is no usage is refused at once',
  async () => {
    const license = await newLicense()
    const heard: RefusedUsage[] = []
    const usage = await usageTo({ onRefused: (each) => heard.push(each) })
    for (const [wrong, member] of [
      [{ license, meter: '' }, 'meter'],
      [{ license, meter: 'exports', amount: 0 }, 'amount'],
      [{ license, meter: 'exports', time: new Date(Number.NaN) }, 'time'],
      [{ license, meter: 'exports', id: 'a\n' }, 'id'],
      [{ organization: 'acme', meter: 'exports' }, 'product'],
    ] as const) {
      await expect(usage.record(wrong)).rejects.toMatchObject({ code: 'USAGE_INVALID', details: { member } })
    }
    await usage.record({ license: 'nobodys', meter: 'exports' })
    await usage.record({ license, meter: 'exports' })
    await usage.flush()
    expect([heard.map(({ code }) => code), usage.stats.accepted]).toEqual([['LICENSE_UNKNOWN'], 1])
    await usage.close()
  },
  SLOW,
)

test(
  'a clock that is ahead loses nothing: it counts when it arrives',
  async () => {
    const license = await newLicense()
    const usage = await usageTo()
    await usage.record({ license, meter: 'exports', time: new Date(Date.now() + 7_200_000), amount: 5 })
    await usage.record({ license, meter: 'exports' })
    await usage.flush()
    expect([usage.stats.accepted, (await counted(license)).units]).toEqual([2, 6])
    await usage.close()
  },
  SLOW,
)

test(
  'while nobody answers it is kept, also beyond the process, and the key’s fault is told',
  async () => {
    const license = await newLicense()
    const folder = join(scratch, 'away')
    const errors: string[] = []
    const away = await usageTo({ folder, url: 'http://127.0.0.1:9', onError: ({ code }) => errors.push(code) })
    await away.record({ license, meter: 'exports' })
    expect([await codeOf(away.flush()), away.stats.lastError?.code, errors]).toEqual([
      'USAGE_NOT_SENT',
      'USAGE_NOT_SENT',
      ['USAGE_NOT_SENT'],
    ])
    await away.close()
    const wrong = await usageTo({ folder, key: `writ_key_${'a'.repeat(40)}` })
    expect(await codeOf(wrong.flush())).toBe('CREDENTIAL_REFUSED')
    await wrong.close()
    const back = await usageTo({ folder, uploadMilliseconds: 20 })
    await expect.poll(() => back.stats.accepted).toBe(1)
    await back.close()
    expect((await counted(license)).units).toBe(1)
  },
  SLOW,
)

test(
  'in memory it is the same, without a folder',
  async () => {
    const license = await newLicense()
    const usage = openMemoryUsage({ url: served.url, key, product: 'atlas', mostEvents: 2 })
    await usage.record({ license, meter: 'exports' })
    usage.note({ license, meter: 'exports', amount: 2 })
    expect(await codeOf(usage.record({ license, meter: 'exports' }))).toBe('SPOOL_FULL')
    await usage.flush()
    expect([usage.stats.pending, (await counted(license)).units]).toEqual([0, 3])
    await usage.close()
    expect(await codeOf(usage.record({ license, meter: 'exports' }))).toBe('SPOOL_CLOSED')
  },
  SLOW,
)

/** An application that records one usage after another, says each that is acknowledged, and is killed. */
function application(folder: string, license: string, first: number, url: string): ChildProcess {
  const entry = pathToFileURL(join(ROOT, 'packages/sdk/src/usage/node/index.ts')).href
  const program = `
    const { openUsage } = await import(${JSON.stringify(entry)})
    const usage = await openUsage(${JSON.stringify({ url, key, folder, sync: 'always', uploadMilliseconds: 40 })})
    for (let n = ${first}; ; n++) {
      await usage.record({ license: '${license}', meter: 'exports', id: 'n-' + n, time: new Date(${TIME} + n) })
      process.stdout.write(n + '\\n')
    }`
  return spawn(NODE, ['--input-type=module', '--disable-warning=ExperimentalWarning', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}
const TIME = Date.now() - 3_600_000
const eventOf = (license: string, n: number) => ({
  specversion: '1.0',
  type: 'writ.usage',
  source: 'urn:writ:sdk',
  id: `n-${n}`,
  time: new Date(TIME + n).toISOString(),
  data: { license, meter: 'exports' },
})

/** Kills it after so many were acknowledged. @returns the last acknowledged */
async function killedAfter(child: ChildProcess, count: number): Promise<number> {
  let last = -1
  let seen = 0
  for await (const line of createInterface({ input: child.stdout as NonNullable<typeof child.stdout> })) {
    last = Number(line)
    if (++seen === count) child.kill('SIGKILL')
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  return last
}

/** Sends again what may have been counted: how many of 0 to `last` were, and whether all that were acknowledged are among them. */
async function expectCounted(license: string, acknowledged: ReadonlySet<number>, last: number): Promise<void> {
  const { units } = await counted(license)
  const { events } = (await served.done(
    'POST',
    '/v1/usage/events',
    Array.from({ length: last + 1 }, (_, n) => eventOf(license, n)),
  )) as { events: { status: string }[] }
  const known = events.flatMap(({ status }, n) => (status === 'duplicate' ? [n] : []))
  expect([[...acknowledged].filter((n) => !known.includes(n)), units]).toEqual([[], known.length])
}

test(
  'a process that is killed in the middle, again and again, loses nothing that it acknowledged, and counts nothing twice',
  async () => {
    const license = await newLicense()
    const folder = join(scratch, 'killed')
    const acknowledged = new Set<number>()
    let next = 0
    for (const count of [40, 1, 25, 60]) {
      const last = await killedAfter(application(folder, license, next, served.url), count)
      for (let n = next; n <= last; n++) acknowledged.add(n)
      next = last + 2 // the one after may have been kept, without anybody hearing so
    }
    const usage = await usageTo({ folder })
    await usage.flush()
    await usage.close()
    expect(acknowledged.size).toBeGreaterThanOrEqual(126)
    await expectCounted(license, acknowledged, next)
  },
  SLOW,
)

test(
  'a process that is killed between sending and hearing counts nothing twice',
  async () => {
    const license = await newLicense()
    const folder = join(scratch, 'unheard')
    let child: ChildProcess | undefined
    let answers = 0
    // Forwards to the authority, and when that has counted, kills who asked instead of telling.
    const between: Server = createServer(async (request, response) => {
      const parts: Buffer[] = []
      for await (const part of request) parts.push(part as Buffer)
      const { authorization = '', 'content-type': type = '' } = request.headers
      const answer = await fetch(served.url + request.url, {
        method: 'POST',
        headers: { authorization, 'content-type': type },
        body: Buffer.concat(parts),
      })
      const report = (await answer.json()) as { accepted: number }
      answers += report.accepted
      child?.kill('SIGKILL')
      response.destroy()
    })
    between.listen(0, '127.0.0.1')
    await once(between, 'listening')
    child = application(folder, license, 0, `http://127.0.0.1:${(between.address() as AddressInfo).port}`)
    const last = await killedAfter(child, Number.POSITIVE_INFINITY)
    between.close()
    expect([answers > 0, (await counted(license)).units]).toEqual([true, answers])
    const usage = await usageTo({ folder })
    await usage.flush()
    expect(usage.stats.duplicate).toBeGreaterThanOrEqual(answers)
    await usage.close()
    await expectCounted(license, new Set(Array.from({ length: last + 1 }, (_, n) => n)), last + 1)
  },
  SLOW,
)
