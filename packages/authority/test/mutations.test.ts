import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { kitTerms } from './kit.ts'
import { type Answer, MONDAY, onBothStores, scratchFolder, startAuthority, type TestAuthority } from './support.ts'

type Step = readonly [operationId: string, method: string, path: string, body?: object]

const until = '2026-11-23T18:00:00Z'
const grant = {
  id: 'G1',
  identity: 'ann',
  organization: 'acme',
  feature: 'kit:query',
  until,
  approved_by: [{ identity: 'ben', roles: ['keeper'] }],
}

/** Each mutation once, in an order in which each can be done. `{…}` is the id that an earlier answer gave. */
const STEPS: readonly Step[] = [
  ['publishEdition', 'POST', '/v1/products/kit/editions', { terms: kitTerms }],
  ['createOrganization', 'POST', '/v1/organizations', { id: 'acme', title: 'Acme' }],
  ['updateOrganization', 'PATCH', '/v1/organizations/acme', { title: 'Acme 2' }],
  ['replaceCustomerRoles', 'PUT', '/v1/organizations/acme/roles', { own: ['view'] }],
  ['createResource', 'POST', '/v1/resources', { id: 'db', kind: 'postgres' }],
  ['replaceResource', 'PUT', '/v1/resources/db', { kind: 'postgres', region: 'eu' }],
  ['removeResource', 'DELETE', '/v1/resources/db'],
  ['createIdentity', 'POST', '/v1/identities', { id: 'ann', in: { acme: ['viewer'] } }],
  ['createIdentity', 'POST', '/v1/identities', { id: 'ben', in: { acme: ['keeper'] } }],
  ['updateIdentity', 'PATCH', '/v1/identities/ann', { name: 'Ann' }],
  ['putMembership', 'PUT', '/v1/identities/ann/memberships/acme', { roles: ['viewer', 'keeper'] }],
  ['raiseSignal', 'POST', '/v1/identities/ann/signals', { name: 'new_device' }],
  ['withdrawSignal', 'DELETE', '/v1/identities/ann/signals/{raiseSignal}'],
  ['createGrant', 'POST', '/v1/grants', grant],
  ['revokeGrant', 'DELETE', '/v1/grants/G1'],
  ['issueLicense', 'POST', '/v1/licenses', { id: 'L1', product: 'kit', plan: 'small', organization: 'acme' }],
  ['updateLicense', 'PATCH', '/v1/licenses/L1', { overrides: {} }],
  ['suspendLicense', 'POST', '/v1/licenses/L1/suspend'],
  ['resumeLicense', 'POST', '/v1/licenses/L1/resume'],
  ['markPastDue', 'POST', '/v1/licenses/L1/past-due', {}],
  ['markPaid', 'POST', '/v1/licenses/L1/paid'],
  ['renewLicense', 'POST', '/v1/licenses/L1/renew', { ends: '2027-06-30T22:00:00Z' }],
  ['changePlan', 'POST', '/v1/licenses/L1/change-plan', { plan: 'small' }],
  ['assignSeat', 'PUT', '/v1/seats/L1/ann'],
  ['freeSeat', 'DELETE', '/v1/seats/L1/ann'],
  ['createLicenseKey', 'POST', '/v1/licenses/L1/keys'],
  ['revokeLicenseKey', 'DELETE', '/v1/licenses/L1/keys/{createLicenseKey}'],
  ['issueLicenseFile', 'POST', '/v1/licenses/L1/files'],
  [
    'replaceActivationRules',
    'PUT',
    '/v1/licenses/L1/activation-rules',
    { most: 5, self_releases: 1, most_days: 0, identities: 'asserted' },
  ],
  ['revokeLicense', 'POST', '/v1/licenses/L1/revoke'],
  ['beginImport', 'POST', '/v1/imports', { id: 'I1', kind: 'organizations', format: 'csv' }],
  ['createApiKey', 'POST', '/v1/api-keys', { name: 'n', scopes: ['decide'] }],
  ['rotateApiKey', 'POST', '/v1/api-keys/{createApiKey}/rotate'],
  ['revokeApiKeys', 'POST', '/v1/api-keys/{createApiKey}/revoke'],
  ['createApiKey', 'POST', '/v1/api-keys', { name: 'm', scopes: ['decide'] }],
  ['revokeApiKey', 'DELETE', '/v1/api-keys/{createApiKey}'],
  ['createWebhook', 'POST', '/v1/webhooks', { url: 'https://hooks.invalid/', types: ['webhook.test'] }],
  ['changeWebhook', 'PATCH', '/v1/webhooks/{createWebhook}', { description: 'other' }],
  ['rotateWebhookSecret', 'POST', '/v1/webhooks/{createWebhook}/rotate'],
  ['deleteWebhook', 'DELETE', '/v1/webhooks/{createWebhook}'],
  ['endMembership', 'DELETE', '/v1/identities/ben/memberships/acme'],
  ['suspendIdentity', 'POST', '/v1/identities/ann/suspend'],
  ['resumeIdentity', 'POST', '/v1/identities/ann/resume'],
  ['revokeIdentity', 'POST', '/v1/identities/ann/revoke'],
  ['rotateSigningKey', 'POST', '/v1/signing-keys'],
]

/** What changes nothing, or is done once by other means, or is tried by the test that is named. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  check: 'consume.id, replay.test.ts',
  explain: 'changes nothing',
  evaluation: 'consume.id, replay.test.ts',
  evaluations: 'consume.id, replay.test.ts',
  searchSubjects: 'changes nothing',
  searchResources: 'changes nothing',
  searchActions: 'changes nothing',
  evaluateFlag: 'consume.id, ofrep.test.ts',
  evaluateFlags: 'changes nothing',
  planEdition: 'changes nothing',
  foretellImpact: 'changes nothing',
  readUsageCounts: 'changes nothing',
  confirmParkedChange: 'it is done once, parked-changes.test.ts',
  discardParkedChange: 'it is decided once, parked-changes.test.ts',
  sendRows: 'by its place in the import, bulk.test.ts',
  setUp: 'the code is used up, start.test.ts',
  reportLeak: 'the key is its own proof, key-rotation.test.ts',
  signIn: 'makes a cookie of a key, sign-in.test.ts',
  signOut: 'the cookie is gone, sign-in.test.ts',
  backUpRoot: 'license-files.test.ts',
  reportUsage: 'source and id, usage-events.test.ts',
  issueToken: 'a token is signed anew each time, tokens.test.ts',
  reserve: 'reservations.test.ts',
  settleReservation: 'reservations.test.ts',
  releaseReservation: 'reservations.test.ts',
  holdSeats: 'floating-seats.test.ts',
  releaseSeats: 'floating-seats.test.ts',
  takeLease: 'leases.test.ts',
  renewLease: 'leases.test.ts',
  reportRateLease: 'leases.test.ts',
  returnLease: 'leases.test.ts',
  endLease: 'leases.test.ts',
  transferLicense: 'transfers.test.ts',
  moveToEdition: 'edition-moves.test.ts',
  rotateDataKey: 'data-keys.test.ts',
  retireDataKey: 'data-keys.test.ts',
  rotateMasterKey: 'data-keys.test.ts',
  revokeSigningKey: 'license-files.test.ts',
  prepareSigningKey: 'root.test.ts',
  acceptStatement: 'root.test.ts',
  takeRootOut: 'root.test.ts',
  bringRootBack: 'root.test.ts',
  takeBackup: 'backup.test.ts',
  activate: 'activations.test.ts',
  contact: 'by its counter, activations.test.ts',
  releaseActivation: 'activations.test.ts',
  revokeActivation: 'activations.test.ts',
  signOff: 'sign-offs.test.ts',
  refusePublication: 'sign-offs.test.ts',
  withdrawPublication: 'sign-offs.test.ts',
  startRollout: 'rollouts.test.ts',
  raiseRollout: 'rollouts.test.ts',
  promoteRollout: 'rollouts.test.ts',
  rollBack: 'rollouts.test.ts',
  testWebhook: 'sends a trial each time, webhooks.test.ts',
  retryDelivery: 'webhooks.test.ts',
}

interface Told {
  readonly status: number
  readonly text: string
  readonly headers: Readonly<Record<string, string | null>>
}
const told = ({ status, text, headers }: Answer): Told => ({
  status,
  text,
  headers: Object.fromEntries(['content-type', 'etag', 'location'].map((name) => [name, headers.get(name)])),
})

onBothStores('a mutation that is sent again under its key', (open) => {
  const folder = scratchFolder()
  let authority: TestAuthority
  const first = new Map<string, { step: Step; path: string; key: string; answer: Told }>()
  beforeAll(async () => {
    authority = await startAuthority(await open(), folder, { clock: () => MONDAY })
  })
  afterAll(() => authority.close())

  test('is answered with the same bytes and done once, whichever it is', async () => {
    const made = new Map<string, string>()
    for (const [i, step] of STEPS.entries()) {
      const [name, method, pattern, body] = step
      const path = pattern.replace(/\{(\w+)\}/, (_, from: string) => made.get(from) ?? 'missing')
      const key = `key ${i}`
      const answer = await authority.call(method, path, body, { 'idempotency-key': key })
      expect([name, answer.status, answer.text]).toEqual([name, expect.toBeOneOf([200, 201, 204]), expect.anything()])
      if (typeof answer.body?.id === 'string') made.set(name, answer.body.id)
      const { revision } = authority.authority.feed
      const again = await authority.call(method, path, body, { 'idempotency-key': key })
      expect([name, told(again)]).toEqual([name, told(answer)])
      expect([name, authority.authority.feed.revision]).toEqual([name, revision])
      first.set(`${i}`, { step, path, key, answer: told(answer) })
    }
  })

  test('is answered so later too, when all has changed since', async () => {
    const { revision } = authority.authority.feed
    for (const { step, path, key, answer } of first.values()) {
      const again = await authority.call(step[1], path, step[3], { 'idempotency-key': key })
      // What was revoked before is found to be so before the key is looked at; the answer is the same.
      expect([step[0], told(again)]).toEqual([step[0], answer])
    }
    expect(authority.authority.feed.revision).toBe(revision)
  })

  test('is refused under the key of another', async () => {
    for (const { step, path } of [...first.values()].slice(1)) {
      const { status, body } = await authority.call(step[1], path, step[3], { 'idempotency-key': 'key 0' })
      // A key that is revoked is found to be so before anything is looked at.
      expect([step[0], status, body?.code]).toEqual(
        step[0] === 'revokeApiKey' ? [step[0], 204, undefined] : [step[0], 422, 'IDEMPOTENCY_KEY_REUSED'],
      )
    }
  })

  describe('reads', () => {
    for (const path of ['/v1/organizations/acme', '/v1/organizations/acme/roles', '/v1/identities/ben'])
      test(`${path} is sent once to who has it`, async () => {
        const whole = await authority.call('GET', path)
        const etag = whole.headers.get('etag') ?? ''
        for (const tags of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
          const known = await authority.call('GET', path, undefined, { 'if-none-match': tags })
          expect([tags, known.status, known.text, known.headers.get('etag'), known.headers.get('content-type')]).toEqual([
            tags,
            304,
            '',
            etag,
            null,
          ])
        }
        expect((await authority.call('GET', path, undefined, { 'if-none-match': '"0"' })).text).toBe(whole.text)
      })
  })
})

test('every mutation there is is tried, here or elsewhere', () => {
  const document = JSON.parse(readFileSync(new URL('../../../docs/reference/openapi.json', import.meta.url), 'utf8')) as {
    paths: Record<string, Record<string, { operationId: string }>>
  }
  const mutations = Object.values(document.paths).flatMap((methods) =>
    Object.entries(methods).flatMap(([method, { operationId }]) => (method === 'get' ? [] : [operationId])),
  )
  const tried = new Set([...STEPS.map(([name]) => name), ...Object.keys(ELSEWHERE)])
  expect(mutations.length).toBeGreaterThan(50)
  // Add a step above; or say where it is tried.
  expect(mutations.filter((name) => !tried.has(name))).toEqual([])
  expect([...tried].filter((name) => !mutations.includes(name))).toEqual([])
  const files = Object.values(ELSEWHERE).flatMap((where) => where.match(/[\w-]+\.test\.ts/g) ?? [])
  expect(files.filter((file) => !existsSync(new URL(file, import.meta.url)))).toEqual([])
})
