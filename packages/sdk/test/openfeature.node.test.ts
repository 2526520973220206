import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { OFREPProvider } from '@openfeature/ofrep-provider'
import { type Client, type EvaluationContext, OpenFeature } from '@openfeature/server-sdk'
import { scratchFolder } from '@writ/testing/scratch-folder'
import { ROOT, type Served, serve } from '@writ/testing/served'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WritProvider } from '../src/adapters/openfeature.ts'
import { Writ } from '../src/index.ts'
import { type LiveWrit, openLive } from '../src/live/index.ts'
import { ferry, problem, writTo } from './fake-authority.ts'

const atlas = {
  product: 'atlas',
  features: {
    'dashboard.view': { type: 'switch' },
    'report.export': { type: 'switch' },
    storage: { type: 'limit' },
    'model.size': { type: 'choice', values: ['small', 'large'] },
    'users.manage': { type: 'switch' },
    'warehouse.query': { type: 'switch', resource: 'postgres', commands: ['select', 'insert', 'update', 'delete', 'ddl'] },
  },
} as const
const SLOW = 60_000
let served: Served
let live: LiveWrit<typeof atlas>
const clients = new Map<string, Client>()

beforeAll(async () => {
  served = await serve(scratchFolder())
  const { done } = served
  await done('POST', '/v1/products/atlas/editions', { terms: readFileSync(join(ROOT, 'examples/atlas.terms.yaml'), 'utf8') })
  await done('POST', '/v1/organizations', { id: 'acme', title: 'Acme' })
  await done('POST', '/v1/identities', { id: 'ann', in: { acme: ['admin'] } })
  await done('POST', '/v1/identities', { id: 'vic', in: { acme: ['viewer'] } })
  await done('POST', '/v1/licenses', { id: 'A-1', product: 'atlas', plan: 'enterprise', organization: 'acme' })
  await done('POST', '/v1/resources', { id: 'staging-1', kind: 'postgres', environment: 'staging' })
  const { key } = await served.appKey()
  const writ = new Writ({ url: served.url, key, product: atlas, obligations: ['record', 'mask'] })
  live = await openLive({ url: served.url, key, product: atlas, obligations: ['record', 'mask'] })
  const providers = {
    ofrep: new OFREPProvider({ baseUrl: served.url, headers: [['authorization', `Bearer ${key}`]] }),
    remote: new WritProvider(writ),
    live: new WritProvider(live),
  }
  for (const [name, provider] of Object.entries(providers)) {
    await OpenFeature.setProviderAndWait(name, provider)
    clients.set(name, OpenFeature.getClient(name))
  }
}, SLOW)
afterAll(async () => {
  await live?.close()
  await OpenFeature.close()
  await served?.stop()
}, SLOW)

const cases: { name: string; flag: string; otherwise: boolean | number | string; context: EvaluationContext; value: unknown }[] = [
  { name: 'a switch that is on', flag: 'report.export', otherwise: false, context: { targetingKey: 'ann' }, value: true },
  { name: 'a switch that a role refuses', flag: 'report.export', otherwise: true, context: { targetingKey: 'vic' }, value: false },
  { name: 'a step-up and its levels', flag: 'users.manage', otherwise: false, context: { targetingKey: 'ann' }, value: false },
  { name: 'a limit', flag: 'storage', otherwise: 1, context: { targetingKey: 'ann', organization: 'acme' }, value: 2000 },
  { name: 'a refused limit', flag: 'storage', otherwise: 1, context: { targetingKey: 'vic' }, value: 0 },
  { name: 'a choice', flag: 'model.size', otherwise: 'small', context: { targetingKey: 'ann' }, value: 'large' },
  { name: 'somebody unknown', flag: 'report.export', otherwise: true, context: { targetingKey: 'zoe' }, value: false },
  { name: 'nobody', flag: 'report.export', otherwise: true, context: {}, value: true },
  { name: 'a feature that there is not', flag: 'moon.landing', otherwise: true, context: { targetingKey: 'ann' }, value: true },
  {
    name: 'a resource and commands, and structures that no terms can declare',
    flag: 'warehouse.query',
    otherwise: false,
    context: {
      targetingKey: 'ann',
      proofs: [{ level: 'otp', at: new Date(Date.now() - 60_000).toISOString() }],
      resource: { id: 'staging-1', kind: 'postgres' },
      commands: ['select'],
      cart: { items: 3 },
    },
    value: true,
  },
]

/** @returns what an application gets to see, without the words of errors, and instants that are of this very moment */
async function told(provider: string, flag: string, otherwise: boolean | number | string, context: EvaluationContext) {
  const client = clients.get(provider) as Client
  const details =
    typeof otherwise === 'boolean'
      ? await client.getBooleanDetails(flag, otherwise, context)
      : typeof otherwise === 'number'
        ? await client.getNumberDetails(flag, otherwise, context)
        : await client.getStringDetails(flag, otherwise, context)
  const { value, variant, reason, errorCode, flagMetadata } = details
  const { expires: _, ...metadata } = flagMetadata
  return { value, variant, reason, errorCode, metadata }
}

for (const { name, flag, otherwise, context, value } of cases)
  test(`${name}: the same in this process, remote and live, as by OFREP`, async () => {
    const ofrep = await told('ofrep', `atlas:${flag}`, otherwise, context)
    expect(ofrep.value).toBe(value)
    for (const name of ['remote', 'live']) {
      const here = await told(name, flag, otherwise, context)
      // What the authority answers in a batch with a plain yes does not say whence that is.
      const isPlain = Object.keys(here.metadata).length === 0
      expect(here).toEqual(isPlain ? { ...ofrep, metadata: {} } : ofrep)
    }
  })

test('a refused choice has no value of its own, so the default in the code holds, and it says why', async () => {
  for (const name of ['remote', 'live']) {
    expect(await told(name, 'model.size', 'none', { targetingKey: 'vic' })).toMatchObject({
      value: 'none',
      reason: 'DISABLED',
      metadata: { reason: 'not_permitted', remedies: 'request_access' },
    })
  }
  expect((await told('ofrep', 'atlas:model.size', 'none', { targetingKey: 'vic' })).value).toBe('none')
})

test('a feature asked for as what it is not is a mismatch, and the default in the code holds', async () => {
  const remote = clients.get('remote') as Client
  expect(await remote.getNumberDetails('report.export', 7, { targetingKey: 'ann' })).toMatchObject({ value: 7, errorCode: 'TYPE_MISMATCH' })
  expect(await remote.getBooleanDetails('storage', true, { targetingKey: 'vic' })).toMatchObject({
    value: true,
    errorCode: 'TYPE_MISMATCH',
  })
  expect(await remote.getObjectDetails('storage', {}, { targetingKey: 'ann' })).toMatchObject({ value: {}, errorCode: 'TYPE_MISMATCH' })
})

test('a key that is refused is an error, and an outage a no that says so', async () => {
  const flags = async (provider: WritProvider<typeof ferry>) => {
    await OpenFeature.setProviderAndWait('other', provider)
    return OpenFeature.getClient('other').getBooleanDetails('cross', true, { targetingKey: 'ann' })
  }
  const refused = writTo(() => problem(401, 'CREDENTIAL_INVALID')).writ
  expect(await flags(new WritProvider(refused))).toMatchObject({ value: true, reason: 'ERROR' })
  const gone = new Writ({ url: 'http://127.0.0.1:9', key: 'writ_key_x', product: ferry, retries: 0 })
  expect(await flags(new WritProvider(gone))).toMatchObject({
    value: false,
    reason: 'DISABLED',
    flagMetadata: { reason: 'facts_stale', remedies: 'reconnect', outage: 'UNREACHABLE' },
  })
})
