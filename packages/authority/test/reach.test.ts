import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { signActivationRequest } from '@writ/license'
import { SigningKey } from '@writ/trust'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { SCOPES as scopes } from '../src/enforcers/scope.ts'
import { openApiDocument } from '../src/index.ts'
import { newMasterKeyLine } from '../src/keys/master-key-file.ts'
import { kitTerms } from './kit.ts'
import { type Answer, type Call, MONDAY, onBothStores, scratchFolder, startAuthority, type TestAuthority } from './support.ts'

interface Operation {
  readonly operationId: string
  readonly method: string
  readonly path: string
  readonly permission: string | undefined
}

const RATE = { count: 20, period_seconds: 1, burst: 20 }
const rated = kitTerms
  .replace('features:', 'features:\n  call: { title: Call }')
  .replace('includes:', 'includes:\n      call: { rate: 20 per second }')

/** Somebody's objects, by what they are. */
interface Target {
  readonly organization: string
  readonly product: string
  readonly identity: string
  readonly license: string
  /** Who leased a slice of its quota. */
  readonly leaser: string
  readonly licenseKey: string
  readonly activation: string
  readonly activationRequest: string
  readonly signal: string
  readonly grant: string
  readonly apiKey: string
  readonly signingKey: string
  readonly statement: string
  readonly rootBackup: string
  readonly auditRow: string
  readonly webhook: string
}

/** How an operation is asked about a target; path parameters go by name. */
interface Ask {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: string
  readonly body?: unknown
  readonly headers?: Record<string, string>
  /** Neither a product's nor an organization's own: a limited credential reads it. */
  readonly everybodys?: true
  /** Bounded by organizations alone: who sees one product sees all of these. */
  readonly ofNoProduct?: true
  /** Not called by the administrator: it takes what only the first start shows. */
  readonly once?: true
  /** A decision: what is out of sight is refused with 200, as if it were not there. */
  readonly isQuestion?: true
  /** Makes something of the asker's own, within what it sees. */
  readonly own?: true
  /** What the answer repeats of the question. */
  readonly echo?: string
}

const until = '2026-11-23T18:00:00Z'
const PASSPHRASE = 'a passphrase that is long enough'
const byId = (id: string, more: Ask = {}): Ask => ({ params: { id }, ...more })
const question = (t: Target) => ({ identity: t.identity, feature: `${t.product}:view` })
const evaluation = (t: Target) => ({
  subject: { type: 'user', id: t.identity },
  action: { name: `${t.product}:view` },
  resource: { type: 'product', id: t.product },
})
const open: Ask = { everybodys: true }

/** One line an operation, in an order in which an administrator can call them one after another: what ends things comes last. */
const ASKS: Readonly<Record<string, (t: Target) => Ask>> = {
  health: () => open,
  ready: () => open,
  authzenConfiguration: () => open,
  readKeySet: () => open,
  readStatusList: () => ({ ...open, params: { list: '1' } }),
  listStatusLists: () => open,
  setUp: () => ({ body: { code: 'AAAA-AAAA-AAAA-AAAA' }, everybodys: true, once: true }),

  check: (t) => ({ body: { ...question(t), organization: t.organization, consume: { id: 'c-1', amount: 1 } }, isQuestion: true }),
  issueToken: (t) => ({ body: { identity: t.identity, product: t.product, organization: t.organization } }),
  reserve: (t) => ({ body: { ...question(t), organization: t.organization, id: `${t.license}-r`, amount: 1 }, isQuestion: true }),
  readReservation: (t) => byId(`${t.license}-r`),
  settleReservation: (t) => byId(`${t.license}-r`, { body: { amount: 1, keep: true } }),
  releaseReservation: (t) => byId(`${t.license}-r`),
  reportUsage: (t) => ({
    body: {
      specversion: '1.0',
      type: 'writ.usage',
      source: 'urn:app',
      id: 'e-1',
      data: { license: t.license, meter: 'exports' },
    },
  }),
  readUsageCounts: (t) => ({ body: { licenses: [t.license] }, isQuestion: true }),
  readUsageReceipt: (t) => byId(t.license, { query: 'meter=exports&from=2026-01-01T00:00:00Z' }),
  listCountedUsage: (t) => byId(t.license, { query: 'meter=exports&from=2026-01-01T00:00:00Z' }),
  listReservations: (t) => ({ query: `license=${t.license}` }),
  holdSeats: (t) => ({ body: { license: t.license, identities: [t.identity], holder: 'h' } }),
  releaseSeats: (t) => ({ body: { license: t.license, identities: [t.identity], holder: 'h' } }),
  takeLease: (t) => ({ body: { id: `${t.license}-m`, license: t.license, feature: 'export', units: 1 } }),
  renewLease: (t) => byId(`${t.license}-l`, { body: { seq: 1, spent: 0 } }),
  reportRateLease: (t) => ({
    body: { id: 'r-1', seq: 1, license: t.license, feature: 'call', rate: RATE, had: 0, keep: 0, backlog_milliseconds: 0, wanted: 9 },
  }),
  listLeases: (t) => ({ query: `license=${t.license}` }),
  listRateLeases: (t) => ({ query: `license=${t.license}` }),
  endLease: (t) => byId(`${t.license}-l`, { body: { source: t.leaser } }),
  returnLease: (t) => byId(`${t.license}-l`, { body: { spent: 0 } }),
  explain: (t) => ({ body: { ...question(t), at: until }, isQuestion: true }),
  evaluation: (t) => ({ body: evaluation(t), isQuestion: true }),
  evaluations: (t) => ({ body: { evaluations: [evaluation(t)] }, isQuestion: true }),
  searchSubjects: (t) => ({
    body: { ...evaluation(t), subject: { type: 'user' }, context: { organization: t.organization } },
    isQuestion: true,
  }),
  searchResources: (t) => ({
    body: { ...evaluation(t), action: { name: `${t.product}:query` }, resource: { type: 'postgres' } },
    isQuestion: true,
  }),
  searchActions: (t) => ({ body: { subject: evaluation(t).subject, resource: evaluation(t).resource }, isQuestion: true }),
  evaluateFlag: (t) => ({
    params: { key: `${t.product}:view` },
    body: { context: { targetingKey: t.identity } },
    isQuestion: true,
    echo: `${t.product}:view`,
  }),
  evaluateFlags: (t) => ({ body: { context: { targetingKey: t.identity } }, isQuestion: true }),

  createOrganization: () => ({ body: { id: 'globex-2', title: 'Globex 2' }, ofNoProduct: true }),
  listOrganizations: () => ({ ofNoProduct: true }),
  readOrganization: (t) => byId(t.organization, { ofNoProduct: true }),
  updateOrganization: (t) => byId(t.organization, { body: { title: 'Taken over' }, ofNoProduct: true }),
  readCustomerRoles: (t) => byId(t.organization, { ofNoProduct: true }),
  replaceCustomerRoles: (t) => byId(t.organization, { body: { viewer: ['view'] }, ofNoProduct: true }),

  // Resources are the vendor's record: every customer's terms may select one.
  createResource: () => ({ body: { id: 'db-2', kind: 'postgres' }, ofNoProduct: true }),
  listResources: () => ({ everybodys: true }),
  readResource: () => byId('db-1', { everybodys: true }),
  replaceResource: () => byId('db-1', { body: { kind: 'postgres', environment: 'staging' }, ofNoProduct: true }),
  removeResource: () => byId('db-2', { ofNoProduct: true }),

  publishEdition: (t) => ({ params: { product: t.product }, body: { terms: rated.replace('product: kit', `product: ${t.product}`) } }),
  listProducts: () => ({ everybodys: true }),
  readProduct: (t) => ({ params: { product: t.product } }),
  listEditions: (t) => ({ params: { product: t.product } }),
  readEdition: (t) => ({ params: { product: t.product, edition: '1' } }),
  planEdition: (t) => ({ params: { product: t.product }, body: { terms: rated.replace('product: kit', `product: ${t.product}`) } }),
  listAllPublications: () => ({ everybodys: true }),
  listPublications: (t) => ({ params: { product: t.product } }),
  readPublication: (t) => ({ params: { product: t.product, id: 'pub_none' }, once: true }),
  // Of one that waits, sign-offs.test.ts.
  signOff: (t) => ({
    params: { product: t.product, id: 'pub_none' },
    body: { role: 'legal', hash: `sha256:${'0'.repeat(64)}` },
    once: true,
  }),
  refusePublication: (t) => ({ params: { product: t.product, id: 'pub_none' }, body: { role: 'legal', reason: 'no' }, once: true }),
  withdrawPublication: (t) => ({ params: { product: t.product, id: 'pub_none' }, once: true }),
  startRollout: (t) => ({ params: { product: t.product }, body: { edition: 1 } }),
  listRollouts: (t) => ({ params: { product: t.product } }),
  readRollout: (t) => ({ params: { product: t.product, id: 'rol_none' }, once: true }),
  listRolloutDifferences: (t) => ({ params: { product: t.product, id: 'rol_none' }, once: true }),
  listRolloutMoves: (t) => ({ params: { product: t.product, id: 'rol_none' }, once: true }),
  // Of one that runs, rollouts.test.ts.
  raiseRollout: (t) => ({ params: { product: t.product, id: 'rol_none' }, body: { percent: 1 }, once: true }),
  promoteRollout: (t) => ({ params: { product: t.product, id: 'rol_none' }, once: true }),
  rollBack: (t) => ({ params: { product: t.product, id: 'rol_none' }, once: true }),
  diffEditions: (t) => ({ params: { product: t.product, edition: '1', other: '1' } }),
  readContract: (t) => ({ params: { product: t.product, edition: '1' } }),

  createIdentity: (t) => ({ body: { id: 'globex-new', in: { [t.organization]: ['viewer'] } }, ofNoProduct: true }),
  listIdentities: (t) => ({ query: `organization=${t.organization}`, ofNoProduct: true }),
  readIdentity: (t) => byId(t.identity, { ofNoProduct: true }),
  updateIdentity: (t) => byId(t.identity, { body: { attributes: { site: 'berlin' } }, ofNoProduct: true }),
  putMembership: (t) => ({
    params: { id: t.identity, organization: t.organization },
    body: { roles: ['keeper'] },
    ofNoProduct: true,
  }),
  suspendIdentity: (t) => byId(t.identity, { ofNoProduct: true }),
  resumeIdentity: (t) => byId(t.identity, { ofNoProduct: true }),
  raiseSignal: (t) => byId(t.identity, { body: { name: 'noticed' }, ofNoProduct: true }),
  listSignals: (t) => byId(t.identity, { ofNoProduct: true }),
  withdrawSignal: (t) => ({ params: { id: t.identity, signal: t.signal }, ofNoProduct: true }),

  createGrant: (t) => ({
    body: {
      id: 'globex-grant-2',
      identity: t.identity,
      organization: t.organization,
      feature: `${t.product}:view`,
      until,
      approved_by: [{ identity: 'globex-boss', roles: ['keeper'] }],
    },
  }),
  listGrants: (t) => ({ query: `organization=${t.organization}` }),
  readGrant: (t) => byId(t.grant),
  revokeGrant: (t) => byId(t.grant),

  issueLicense: (t) => ({ body: { id: 'globex-license-2', product: t.product, plan: 'small', organization: t.organization } }),
  listLicenses: (t) => ({ query: `organization=${t.organization}&product=${t.product}` }),
  readLicense: (t) => byId(t.license),
  updateLicense: (t) => byId(t.license, { body: { overrides: { seats: { named: 4 } } } }),
  suspendLicense: (t) => byId(t.license),
  resumeLicense: (t) => byId(t.license),
  markPastDue: (t) => byId(t.license),
  markPaid: (t) => byId(t.license),
  renewLicense: (t) => byId(t.license, { body: { ends: '2028-01-10T11:00:00Z' } }),
  changePlan: (t) => byId(t.license, { body: { plan: 'small' } }),
  transferLicense: (t) => byId(t.license, { body: { organization: t.organization } }),
  moveToEdition: (t) => ({ body: { product: t.product, organization: t.organization } }),
  createLicenseKey: (t) => byId(t.license),
  listLicenseKeys: (t) => byId(t.license),
  revokeLicenseKey: (t) => ({ params: { id: t.license, key: t.licenseKey } }),
  issueLicenseFile: (t) => byId(t.license),
  listLicenseFiles: (t) => byId(t.license),
  activate: (t) => ({ body: { request: t.activationRequest, license: t.license } }),
  listActivations: (t) => ({ query: `license=${t.license}` }),
  readActivation: (t) => byId(t.activation),
  releaseActivation: (t) => byId(t.activation),
  revokeActivation: (t) => byId(t.activation),
  // The signature of the device is the credential, activations.test.ts.
  contact: () => byId('act_none', { body: { contact: 'none' }, everybodys: true, once: true }),
  readActivationRules: (t) => byId(t.license),
  replaceActivationRules: (t) => byId(t.license, { body: { most: 2, self_releases: 1, most_days: 1, identities: 'asserted' } }),
  listSeats: (t) => ({ query: `license=${t.license}` }),
  summariseSeats: (t) => byId(t.license),
  assignSeat: (t) => ({ params: { license: t.license, identity: t.identity } }),
  freeSeat: (t) => ({ params: { license: t.license, identity: t.identity } }),
  summariseLicenses: (t) => ({ query: `product=${t.product}` }),
  listEndings: (t) => ({ query: `organization=${t.organization}&product=${t.product}` }),
  forecast: (t) => ({ query: `organization=${t.organization}&product=${t.product}` }),
  forecastAssurance: (t) => ({ query: `organization=${t.organization}&product=${t.product}` }),
  countEndings: (t) => ({ query: `organization=${t.organization}&product=${t.product}` }),
  listFullestLimits: (t) => ({ query: `organization=${t.organization}&product=${t.product}` }),
  readUsage: (t) => ({ query: `license=${t.license}` }),
  readUsageHistory: (t) => ({ query: `license=${t.license}&meter=exports` }),

  readKeys: () => ({}),
  retireDataKey: () => byId('dk_idle'),
  rotateDataKey: () => ({}),
  rotateMasterKey: () => ({}),
  listSigningKeys: () => ({ everybodys: true }),
  rotateSigningKey: () => ({}),
  foretellKeyRevocation: (t) => ({ params: { kid: t.signingKey } }),
  revokeSigningKey: (t) => ({ params: { kid: t.signingKey } }),
  readFileLog: (t) => ({ ...open, params: { kid: t.signingKey } }),
  takeBackup: () => ({ body: { recipients: ['age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p'] } }),
  prepareSigningKey: () => ({}),
  acceptStatement: (t) => ({ params: { kid: t.signingKey }, body: { statement: t.statement } }),
  backUpRoot: () => ({ body: { passphrase: PASSPHRASE } }),
  takeRootOut: (t) => ({ body: { backup: t.rootBackup, passphrase: PASSPHRASE } }),
  bringRootBack: (t) => ({ body: { backup: t.rootBackup, passphrase: PASSPHRASE } }),

  createApiKey: (t) => ({ body: { name: 'wider', scopes: ['decide'], organizations: [t.organization], products: [t.product] } }),
  listApiKeys: () => ({}),
  listConnectedEnforcers: () => ({}),
  readApiKey: (t) => byId(t.apiKey),
  reportApiKey: (t) => byId(t.apiKey),
  rotateApiKey: (t) => byId(t.apiKey),
  revokeApiKeys: (t) => byId(t.apiKey, { body: { made: 'revoke' } }),
  reportLeak: () => ({ body: { key: 'none' }, everybodys: true, once: true }),
  revokeApiKey: (t) => byId(t.apiKey),
  listAudit: () => ({}),
  readAudit: (t) => byId(t.auditRow),
  readMe: () => ({ everybodys: true }),

  createWebhook: (t) => ({
    body: { url: 'https://hooks.invalid/', types: ['webhook.test'], organizations: [t.organization], products: [t.product] },
  }),
  listWebhooks: () => ({}),
  readWebhook: (t) => byId(t.webhook),
  changeWebhook: (t) => byId(t.webhook, { body: { description: 'taken over' } }),
  rotateWebhookSecret: (t) => byId(t.webhook),
  testWebhook: (t) => byId(t.webhook),
  listDeliveries: (t) => byId(t.webhook),
  // A webhook that nothing was brought to; webhooks.test.ts tries one that has deliveries.
  retryDelivery: (t) => ({ params: { id: t.webhook, event: 'evt_none' }, once: true }),
  deleteWebhook: (t) => byId(t.webhook),
  readSnapshot: () => ({ ofNoProduct: true }),
  // From a place that no store was at: a stream that goes on has no answer to wait for.
  followChanges: () => ({ headers: { 'last-event-id': '0:0' } }),
  beginImport: () => ({ body: { id: 'import-2', kind: 'organizations', format: 'jsonl' }, own: true }),
  listImports: () => ({}),
  readImport: () => byId('import-2'),
  listImportFaults: () => byId('import-2'),
  // Takes no JSON; an import is its maker's alone, and bulk.test.ts holds it to that.
  sendRows: () => byId('import-2', { own: true, once: true }),
  exportRows: () => ({ params: { kind: 'identities' }, query: 'format=jsonl', ofNoProduct: true }),
  readSignIn: () => open,
  signIn: () => ({ body: { key: 'none' }, everybodys: true, once: true }),
  signOut: () => ({ everybodys: true, once: true }),
  find: (t) => ({ query: `q=${t.identity}`, ofNoProduct: true }),
  // Its own questions are told to whoever asked them, by the name that they gave.
  listDecisions: (t) => ({ echo: t.identity }),
  summariseDecisions: () => ({}),

  listParkedChanges: () => ({}),
  // Of one that there is: parked-changes.test.ts.
  readParkedChange: () => byId('parked_none', { everybodys: true, once: true }),
  confirmParkedChange: () => byId('parked_none', { everybodys: true, once: true }),
  discardParkedChange: () => byId('parked_none', { everybodys: true, once: true }),
  foretellImpact: (t) => ({ body: { change: { method: 'POST', path: `/v1/licenses/${t.license}/suspend` } } }),

  revokeLicense: (t) => byId(t.license),
  endMembership: (t) => ({ params: { id: t.identity, organization: t.organization }, ofNoProduct: true }),
  revokeIdentity: (t) => byId(t.identity, { ofNoProduct: true }),
}

/** A grant of a feature that is out of sight is as one of a feature that is not there: 422. */
const NOT_YOURS = [403, 404, 422]
const PUBLIC = [
  'contact',
  'health',
  'ready',
  'authzenConfiguration',
  'readKeySet',
  'readStatusList',
  'listStatusLists',
  'readFileLog',
  'setUp',
  'reportLeak',
  'readSignIn',
  'signIn',
  'signOut',
]

const ask = (operationId: string, target: Target): Ask => {
  const made = ASKS[operationId]?.(target)
  if (made === undefined) throw new Error(`nothing is said of ${operationId}`)
  return made
}

const document = (await openApiDocument()) as { paths: Record<string, Record<string, { operationId: string; 'x-permission'?: string }>> }
const operations: readonly Operation[] = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, { operationId, 'x-permission': permission }]) => ({ operationId, method, path, permission })),
)

test('every operation says how a limited credential fares with it', () => {
  expect(operations.map(({ operationId }) => operationId).filter((id) => ASKS[id] === undefined)).toEqual([])
  expect(
    operations
      .filter(({ permission }) => permission === undefined)
      .map(({ operationId }) => operationId)
      .sort(),
  ).toEqual([...PUBLIC].sort())
})

onBothStores('what a credential reaches', (openStore) => {
  const folder = scratchFolder()
  let authority: TestAuthority
  let root: { backup: string }
  /** Another customer's objects, and another product's. All are named so that no answer can name one unseen. */
  const targets = {} as { globex: Target; hidden: Target; mine: Target }

  const done = async (method: string, path: string, body?: unknown) => {
    const answer = await authority.call(method, path, body)
    expect([method, path, answer.status, answer.text]).toEqual([method, path, expect.toBeOneOf([200, 201, 204]), answer.text])
    return answer.body
  }
  const keyWith = async (body: object): Promise<{ id: string; call: Call }> => {
    const { id, key } = await done('POST', '/v1/api-keys', { name: 'test', scopes, ...body })
    return { id, call: authority.as(key) }
  }
  const seed = async (organization: string, product: string, name: string): Promise<Target> => {
    const identity = `${name}-person`
    const license = `${name}-license`
    await done('POST', '/v1/identities', { id: identity, name: `${name} secret`, in: { [organization]: ['viewer'] } })
    await done('POST', '/v1/licenses', { id: license, product, plan: 'small', organization })
    await done('PUT', `/v1/seats/${license}/${identity}`)
    await done('POST', '/v1/leases', { id: `${license}-l`, license, feature: 'export', units: 2 })
    await done('POST', '/v1/grants', {
      id: `${name}-grant`,
      identity,
      organization,
      feature: `${product}:view`,
      until,
      approved_by: [{ identity: `${organization}-boss`, roles: ['keeper'] }],
    })
    await done('POST', `/v1/licenses/${license}/files`)
    const device = await SigningKey.generate()
    const iat = MONDAY / 1000
    const said = { aud: authority.authority.id, iat, exp: iat + 300, jti: crypto.randomUUID(), name: `${name} secret device` }
    const activationRequest = await signActivationRequest(said, device)
    const { items } = await done('GET', '/v1/signing-keys')
    const signing = items.find(({ use }: { use: string }) => use === 'license')
    return {
      organization,
      product,
      identity,
      license,
      leaser: (await done('GET', `/v1/leases?license=${license}`)).items[0].source,
      licenseKey: (await done('POST', `/v1/licenses/${license}/keys`)).id,
      activationRequest,
      activation: (await done('POST', '/v1/activations', { license, request: activationRequest })).id,
      signal: (await done('POST', `/v1/identities/${identity}/signals`, { name: 'noticed' })).id,
      grant: `${name}-grant`,
      apiKey: (await keyWith({ organizations: [organization], products: [product], name: `${name} key` })).id,
      webhook: (
        await done('POST', '/v1/webhooks', {
          url: 'https://hooks.invalid/',
          types: ['webhook.test'],
          organizations: [organization],
          products: [product],
        })
      ).id,
      auditRow: String((await done('GET', `/v1/audit?subject=license:${license}`)).items[0].id),
      signingKey: signing.kid,
      statement: signing.statement,
      rootBackup: root.backup,
    }
  }

  beforeAll(async () => {
    authority = await startAuthority(await openStore(), folder, { clock: () => MONDAY })
    for (const product of ['kit', 'hidden']) {
      await done('POST', `/v1/products/${product}/editions`, {
        terms: rated.replace('product: kit', `product: ${product}`),
      })
    }
    for (const id of ['acme', 'globex']) {
      await done('POST', '/v1/organizations', { id, title: `${id} secret` })
      await done('POST', '/v1/identities', { id: `${id}-boss`, in: { [id]: ['keeper'] } })
    }
    await done('POST', '/v1/resources', { id: 'db-1', kind: 'postgres', environment: 'production' })
    // What an administrator can retire, and rotate to.
    const { db, id } = authority.authority
    await db.insertInto('data_keys').values({ id: 'dk_idle', wrapped: '', master_key: '', created_at: 0, stopped_at: 0 }).execute()
    appendFileSync(join(folder, 'config', 'writ', `${id}.key`), `${newMasterKeyLine()}\n`)
    root = await done('POST', '/v1/root/backup', { passphrase: PASSPHRASE })
    targets.globex = await seed('globex', 'kit', 'globex')
    targets.hidden = await seed('acme', 'hidden', 'hidden')
    targets.mine = await seed('acme', 'kit', 'mine')
  })
  afterAll(() => authority.close())

  const send = (call: Call, { operationId, method, path }: Operation, target: Target): Promise<Answer> => {
    const { params = {}, query, body, headers } = ask(operationId, target)
    const at = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => params[name] as string)
    return call(method.toUpperCase(), query === undefined ? at : `${at}?${query}`, body, headers)
  }

  /** All that is stored, but for what tells only who asked, and that they were refused. */
  const everything = async (): Promise<string> => {
    const { db, credentials, recorder } = authority.authority
    await Promise.all([credentials.flush(), recorder.flush()])
    const tables = await sql<{ name: string }>`
      SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'decisions' ORDER BY 1`.execute(db)
    const rows: unknown[] = []
    for (const { name } of tables.rows) {
      const found = await sql<{
        row: string
      }>`SELECT (to_jsonb(t) - 'last_used_at')::text AS row FROM ${sql.table(name)} t ORDER BY 1`.execute(db)
      rows.push([name, found.rows.map(({ row }) => row).filter((row) => !row.includes('access.refuse'))])
    }
    expect(rows.length).toBeGreaterThan(20)
    return JSON.stringify(rows)
  }

  test('without a key nothing but what is public is answered, and a wrong key opens no more', async () => {
    for (const operation of operations) {
      if (operation.permission === undefined) continue
      for (const key of [undefined, `writ_key_${'0'.repeat(38)}`]) {
        const { status, headers } = await send(authority.as(key), operation, targets.mine)
        expect([operation.operationId, status, headers.get('www-authenticate')]).toEqual([
          operation.operationId,
          401,
          'Bearer realm="writ", error="invalid_token"',
        ])
      }
    }
  })

  test('a key with every scope but the one that is needed is refused, and told which', async () => {
    const before = new Map<string, Call>()
    for (const operation of operations) {
      const { permission, operationId } = operation
      if (permission === undefined || permission === 'any credential') continue
      const others = scopes.filter((scope) => !permission.split(' ').includes(scope) && scope !== 'manage:*')
      const call = before.get(permission) ?? (await keyWith({ scopes: others })).call
      before.set(permission, call)
      const { status, text, body } = await send(call, operation, targets.mine)
      if (body === undefined) expect([operationId, status, text.length > 0]).toEqual([operationId, 403, true])
      else expect([operationId, status, body.code, body.scope]).toEqual([operationId, 403, 'SCOPE_MISSING', permission])
    }
    expect(before.size).toBeGreaterThan(10)
  })

  const limits: { name: string; limit: object; target: 'globex' | 'hidden'; counts: (ask: Ask) => boolean }[] = [
    { name: 'one organization', limit: { organizations: ['acme'] }, target: 'globex', counts: () => true },
    { name: 'one product', limit: { products: ['kit'] }, target: 'hidden', counts: ({ ofNoProduct }) => ofNoProduct !== true },
  ]
  for (const { name, limit, target, counts } of limits) {
    test(`a key of ${name} with every scope neither reads nor changes what is another's`, async () => {
      const { call } = await keyWith(limit)
      const before = await everything()
      for (const operation of operations) {
        const asked = ask(operation.operationId, targets[target])
        if (!counts(asked) || asked.own === true) continue
        // What was asked before is recorded by now, on whatever machine.
        await authority.authority.recorder.flush()
        const { status, text: answer } = await send(call, operation, targets[target])
        const text = asked.echo === undefined ? answer : answer.replaceAll(asked.echo, '')
        expect([operation.operationId, status < 500, text]).toEqual([
          operation.operationId,
          true,
          expect.not.stringMatching(new RegExp(target)),
        ])
        if (operation.method !== 'get') expect([operation.operationId, status, text]).toEqual([operation.operationId, refusal(asked), text])
      }
      // One comparison for all: what changed, if anything did, is in the difference.
      expect(await everything()).toBe(before)
    })
  }

  const refusal = ({ isQuestion }: Ask): unknown => expect.toBeOneOf(isQuestion === true ? [200, 404] : NOT_YOURS)

  test('a question of a limited credential is refused as one about nobody', async () => {
    for (const [limit, target] of [
      [{ organizations: ['acme'] }, targets.globex],
      [{ products: ['kit'] }, targets.hidden],
    ] as const) {
      const { call } = await keyWith(limit)
      const { body: native } = await call('POST', '/v1/check', question(target))
      const { body: single } = await call('POST', '/access/v1/evaluation', evaluation(target))
      expect([native.allowed, single.decision]).toEqual([false, false])
      expect((await authority.call('POST', '/v1/check', question(target))).body.allowed).toBe(true)
    }
  })

  test('the administrator is answered each of these, so that none is refused for another reason', async () => {
    for (const operationId of Object.keys(ASKS)) {
      const operation = operations.find((each) => each.operationId === operationId)
      if (operation === undefined || ask(operationId, targets.globex).once === true) continue
      const { status, text } = await send(authority.call, operation, targets.globex)
      expect([operationId, status, text]).toEqual([operationId, expect.toBeOneOf([200, 201, 204]), text])
    }
  })
})
