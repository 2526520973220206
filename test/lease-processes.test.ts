import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { freshDatabase } from '@writ/testing/fresh-database'
import { scratchFolder } from '@writ/testing/scratch-folder'
import { NODE, ROOT, serve } from '@writ/testing/served'
import { expect, test } from 'vitest'

const LIMIT = 6000
const TERMS = `terms: 1
product: ferry
title: Ferry
features: { export: { meter: reports } }
meters: { reports: { unit: report, aggregate: sum } }
roles: { crew: ['*'] }
plans: { day: { title: Day, includes: { export: { limit: ${LIMIT} per year } } } }
`
const folder = scratchFolder()

interface Worker {
  readonly child: ChildProcess
  /** How much it was allowed, and wrote down. */
  readonly used: () => number
  readonly said: Promise<string>
}

function work(url: string, key: string, n: number): Worker {
  const file = join(folder, `used-${n}`)
  const args = [join(ROOT, 'test/lease-child.ts'), url, key, 'ann', file]
  const child = spawn(NODE, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  child.stdout?.on('data', (chunk) => {
    text += String(chunk)
  })
  return { child, used: () => (existsSync(file) ? statSync(file).size : 0), said: once(child, 'close').then(() => text) }
}

test('processes that share a quota use it up between them, and one that is killed costs its slice and no more', async () => {
  const served = await serve(folder, 0, await freshDatabase())
  try {
    await served.done('POST', '/v1/products/ferry/editions', { terms: TERMS })
    await served.done('POST', '/v1/organizations', { id: 'acme', title: 'Acme' })
    await served.done('POST', '/v1/identities', { id: 'ann', in: { acme: ['crew'] } })
    await served.done('POST', '/v1/licenses', { id: 'A-1', product: 'ferry', plan: 'day', organization: 'acme' })
    const { key } = await served.appKey()
    const workers = [0, 1, 2, 3].map((n) => work(served.url, key, n))
    const [victim, ...others] = workers as [Worker, ...Worker[]]
    await expect.poll(() => victim.used(), { timeout: 60_000, interval: 5 }).toBeGreaterThan(50)
    victim.child.kill('SIGKILL')
    await victim.said
    const told = await Promise.all(others.map(({ said }) => said))
    const used = workers.reduce((sum, each) => sum + each.used(), 0)
    const { items } = await served.done('GET', '/v1/leases?license=A-1')
    const stranded = (items as { granted: number; spent: number }[]).reduce((sum, { granted, spent }) => sum + granted - spent, 0)
    const [meter] = (await served.done('GET', '/v1/usage?license=A-1')).meters
    expect(items.length, 'only the killed one returned nothing').toBeLessThanOrEqual(1)
    const counted = meter.used + meter.leased
    expect(counted).toBeLessThanOrEqual(LIMIT)
    // Whoever gives up first gives back what it had just taken of the last units.
    expect(counted).toBeGreaterThan(LIMIT - 20)
    expect(used).toBeLessThanOrEqual(counted)
    // The last unit may have been used and not written down.
    expect(used + 1 + stranded).toBeGreaterThanOrEqual(counted)
    const here = told.reduce((sum, text) => sum + (JSON.parse(text) as { here: number }).here, 0)
    expect(here, 'most were spent without asking').toBeGreaterThan(LIMIT / 2)
  } finally {
    await served.stop()
  }
}, 120_000)
