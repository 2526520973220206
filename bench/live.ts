import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { startPostgres } from '@writ/testing/postgres'
import { pino } from 'pino'
import type { Input } from './live-side.ts'
import { inMicroseconds, inTurns, ratio } from './measure.ts'
import type { Options, Row } from './row.ts'
import { openAuthority } from './scratch-authority.ts'
import { openSide, type SideProcess } from './side-process.ts'

const PROCESSES = 8
const MOST_MILLISECONDS = 250
const MOST_TIMES = 3
const SIDE = new URL('live-side.ts', import.meta.url).pathname
const TERMS = `terms: 1
product: ferry
title: Ferry
features: { view: {}, load: {}, mail: { meter: mails } }
meters: { mails: { unit: mail, aggregate: sum } }
roles: { crew: ['*'] }
plans: { day: { title: Day, includes: { view: {}, load: { rate: 1000000000 per second }, mail: { limit: 1000000000 per month, then: bill } } } }
`

interface Case {
  readonly subscribers: number
  /** At the authority, and in the copy of each subscriber unless its key sees one small organization alone. */
  readonly people: number
  readonly seesAll: boolean
  readonly rounds: number
}

/**
 * Subscribers in eight processes, a World each, follow one authority; an identity is suspended and resumed in turns. From the
 * moment that the request is sent, which is before its commit, to the moment that a subscriber refuses.
 */
export async function run(options: Options): Promise<Row[]> {
  const { quick } = options
  const small: Case = { subscribers: quick ? 4 : 1_000, people: 20, seesAll: false, rounds: quick ? 2 : 20 }
  const large: Case = { subscribers: quick ? 4 : 200, people: quick ? 200 : 100_000, seesAll: true, rounds: quick ? 2 : 10 }
  return [...(await measured(small, options)), ...(await measured(large, options))]
}

async function measured(of: Case, { quick }: Options): Promise<Row[]> {
  const postgres = await startPostgres()
  const { url, key, close } = await openAuthority(postgres.url, of.people, pino({ level: 'silent' }), { clock: Date.now })
  const sides: SideProcess<null>[] = []
  const open = async (input: Input): Promise<SideProcess<null>> => {
    const side = await openSide<null>(SIDE, input, { core: sides.length % availableParallelism() })
    sides.push(side)
    return side
  }
  const post = async (path: string, body?: object) => {
    const headers = { authorization: `Bearer ${key}`, ...(body !== undefined && { 'content-type': 'application/json' }) }
    const response = await fetch(url + path, { method: 'POST', headers, ...(body !== undefined && { body: JSON.stringify(body) }) })
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`)
    return (await response.json()) as { key: string }
  }
  try {
    await post('/v1/products/ferry/editions', { terms: TERMS })
    await post('/v1/organizations', { id: 'pier', title: 'Pier' })
    for (const id of ['ferryman', 'mate', 'cook']) await post('/v1/identities', { id, in: { pier: ['crew'] } })
    await post('/v1/licenses', { id: 'ferry-1', product: 'ferry', plan: 'day', organization: 'pier' })
    const scopes = ['decide', 'consume', 'assert:identity']
    const app = (await post('/v1/api-keys', { name: 'app', scopes, ...(!of.seesAll && { organizations: ['pier'], products: ['ferry'] }) }))
      .key
    const asked = { url, key: app, identity: 'ferryman', feature: 'ferry:view' }
    const rows = await revocation(of, quick, open, asked, post)
    return of.seesAll ? rows : [...rows, ...(await check(quick, open, asked))]
  } finally {
    await Promise.all(sides.map((side) => side.close()))
    await close()
    await postgres.stop()
  }
}

type Open = (input: Input) => Promise<SideProcess<null>>
type Asked = Omit<Extract<Input, { as: 'asked' }>, 'as' | 'calls' | 'spool'>

async function revocation(of: Case, quick: boolean, open: Open, asked: Asked, post: (path: string) => Promise<unknown>): Promise<Row[]> {
  const { rounds, people, seesAll } = of
  const processes = quick ? 2 : PROCESSES
  const count = of.subscribers / processes
  const before = process.memoryUsage().rss
  const sides = await Promise.all(Array.from({ length: processes }, () => open({ as: 'subscribers', ...asked, count })))
  const kibibytes = (process.memoryUsage().rss - before) / 1024 / of.subscribers
  const lags: number[] = []
  let cpu = 0
  for (let round = 0; round < rounds; round++) {
    const waiting = sides.map((side) => side.round() as unknown as Promise<number[]>)
    await setTimeout(quick ? 20 : 200)
    const used = process.cpuUsage()
    const sent = Number(process.hrtime.bigint()) / 1e6
    await post(`/v1/identities/${asked.identity}/${round % 2 === 0 ? 'suspend' : 'resume'}`)
    const at = (await Promise.all(waiting)).flat()
    const { user, system } = process.cpuUsage(used)
    cpu += (user + system) / 1000
    lags.push(...at.map((each) => each - sent))
  }
  lags.sort((a, b) => a - b)
  const quantile = (part: number) => lags[Math.min(lags.length - 1, Math.floor(lags.length * part))] ?? Number.NaN
  const p99 = quantile(0.99)
  const milliseconds = (value: number) => `${value.toFixed(value < 10 ? 1 : 0)} ms`
  return [
    {
      what: `suspended → refused by each of ${of.subscribers} subscribers${seesAll ? ` with ${people.toLocaleString('en')} identities each` : ''}, p99`,
      beside: '',
      measured: milliseconds(p99),
      compared: '',
      target: `≤ ${MOST_MILLISECONDS} ms`,
      met: p99 <= MOST_MILLISECONDS,
      detail: `p50 ${milliseconds(quantile(0.5))}, p90 ${milliseconds(quantile(0.9))}, all ${milliseconds(quantile(1))}; of the authority ${(cpu / rounds).toFixed(0)} ms CPU a change, ${kibibytes.toFixed(0)} KiB a subscriber`,
    },
  ]
}

async function check(quick: boolean, open: Open, asked: Asked): Promise<Row[]> {
  const spool = await mkdtemp(join(tmpdir(), 'writ-bench-'))
  try {
    return [
      await beside('check in the process, live', { ...asked, calls: quick ? 200 : 100_000 }, quick, open),
      await beside('check of a rate in the process, live', { ...asked, feature: 'ferry:load', calls: quick ? 200 : 100_000 }, quick, open),
      await beside(
        'consume of a soft limit in the process, live, into the spool',
        { ...asked, feature: 'ferry:mail', calls: quick ? 200 : 100_000, spool },
        quick,
        open,
      ),
    ]
  } finally {
    await rm(spool, { recursive: true, force: true })
  }
}

/** @returns what a live check takes, and the bare decision of the same */
async function beside(what: string, asked: Omit<Extract<Input, { as: 'asked' }>, 'as'>, quick: boolean, open: Open): Promise<Row> {
  const live = await open({ as: 'asked', ...asked })
  const bare = await open({ as: 'bare', ...asked })
  const sides = { live: () => live.round(), bare: () => bare.round() }
  await inTurns(sides, quick ? 0 : 2)
  const took = await inTurns(sides, quick ? 1 : 7)
  const times = ratio(took.live, took.bare)
  return {
    what,
    beside: 'bare decide',
    measured: inMicroseconds(took.live),
    compared: inMicroseconds(took.bare),
    ratio: times,
    target: `≤ ${MOST_TIMES}`,
    met: times.median <= MOST_TIMES,
  }
}
