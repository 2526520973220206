import { statSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { openUsage } from '@writ/sdk/usage'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fileText, ROOT, type Served, scratchFolder, serve, writ, writHere } from './support.ts'

const folder = scratchFolder()
const atlas = join(ROOT, 'examples/atlas.terms.yaml')
let served: Served
let license = ''

beforeAll(async () => {
  served = await serve(folder)
}, 60_000)
afterAll(() => served?.stop())

/** A command that ends with 0 under `--json`. */
async function done<T>(...args: string[]): Promise<T> {
  const { stdout, stderr, exitCode } = await writHere([...args, '--json'], served.env)
  expect({ args, stderr, exitCode }).toEqual({ args, stderr: '', exitCode: 0 })
  return JSON.parse(stdout) as T
}

async function ended(exitCode: number, ...args: string[]): Promise<string> {
  const ran = await writHere(args, served.env)
  expect({ args, exitCode: ran.exitCode }).toEqual({ args, exitCode })
  return ran.stdout + ran.stderr
}

/** In order: each describe stands on the ones before it, as a day of work does. */
describe('a vendor sets up', () => {
  test('the bootstrap key is for its owner alone', () => {
    expect(statSync(served.keyFile).mode & 0o777).toBe(0o600)
  })

  test('publishing dry changes nothing, publishing makes edition 1, and publishing again is still edition 1', async () => {
    expect(await done('terms', 'publish', atlas, '--dry-run')).toMatchObject({ product: 'atlas', edition: 1 })
    expect(await ended(4, 'terms', 'show', '--product', 'atlas')).toMatch(/PRODUCT_UNKNOWN/)
    expect(await done('terms', 'publish', atlas)).toMatchObject({ product: 'atlas', edition: 1, warnings: [] })
    expect(await done('terms', 'publish', atlas)).toMatchObject({ edition: 1 })
  })

  test('a published edition shows as the file does', async () => {
    const published = await done<{ hash: string }>('terms', 'show', '--product', 'atlas')
    expect(published).toEqual(await done('terms', 'show', atlas))
  })

  test('terms with faults are not sent', async () => {
    const file = join(folder, 'faulty.yaml')
    writeFileSync(file, 'terms: 1\nproduct: atlas\nfeatures: 3\n')
    expect(await ended(1, 'terms', 'publish', file)).toMatch(/Nothing was published\./)
  })

  test('organizations: create, list, show, own roles', async () => {
    expect(await done('org', 'create', 'Acme', '--id', 'acme')).toMatchObject({ id: 'acme', title: 'Acme' })
    expect(await ended(4, 'org', 'create', 'Acme', '--id', 'acme')).toMatch(/ORGANIZATION_EXISTS/)
    expect(await ended(0, 'org', 'list')).toMatch(/acme +- +Acme/)
    const roles = join(folder, 'roles.json')
    writeFileSync(roles, '{ "reader": { "from": ["analyst"], "features": ["dashboard.view"] } }')
    await done('org', 'roles', 'acme', '--set', roles, '--dry-run')
    expect(await done('org', 'roles', 'acme')).toEqual({})
    await done('org', 'roles', 'acme', '--set', roles)
    expect(await ended(0, 'org', 'show', 'acme')).toMatch(/role reader +dashboard\.view \(of analyst\)/)
  })

  test('identities: create, list, show', async () => {
    await done('identity', 'create', '--id', 'ann', '--name', 'Ann', '--in', 'acme:admin')
    await done('identity', 'create', '--id', 'bob', '--in', 'acme:reader', '--factor', 'otp')
    expect(await done('identity', 'list', '--organization', 'acme')).toMatchObject({ items: [{ id: 'ann' }, { id: 'bob' }], more: false })
    expect(await ended(0, 'identity', 'show', 'bob')).toMatch(/can prove +otp/)
    expect(await ended(4, 'identity', 'show', 'nobody')).toMatch(/IDENTITY_UNKNOWN[\s\S]*list/)
  })

  test('licences: issue, list, show', async () => {
    const issued = await done<{ id: string }>('license', 'issue', '--product', 'atlas', '--plan', 'enterprise', '--organization', 'acme')
    license = issued.id
    expect(issued).toMatchObject({ plan: 'enterprise', edition: 1, organization: 'acme', state: 'in_force' })
    expect(await ended(0, 'license', 'list', '--organization', 'acme')).toContain(license)
    expect(await ended(0, 'license', 'show', license)).toMatch(/state +in force/)
    expect(await ended(4, 'license', 'issue', '--product', 'atlas', '--plan', 'platinum', '--organization', 'acme')).toMatch(/PLAN_UNKNOWN/)
  })
})

describe('questions', () => {
  test('check says yes with 0', async () => {
    const yes = await done('check', '--identity', 'ann', '--feature', 'atlas:report.export', '--consume', '5', '--consume-id', 'c1')
    expect(yes).toMatchObject({ allowed: true, license })
    expect(await ended(0, 'check', '-i', 'bob', '-f', 'dashboard.view')).toMatch(/^✓ allowed/)
  })

  test('check says no with 1, the reason, and what would help', async () => {
    const said = await ended(1, 'check', '-i', 'ann', '-f', 'users.manage')
    expect(said).toMatch(/^✗ refused {2}step_up_required {2}A stronger or fresher proof/)
    expect(said).toMatch(/what would help +step up to phr or phrh, at most 15 minutes old/)
  })

  test('a proof is given as level, or level and time', async () => {
    await ended(0, 'check', '-i', 'ann', '-f', 'users.manage', '--proof', 'passkey')
    await ended(1, 'check', '-i', 'ann', '-f', 'users.manage', '--proof', 'passkey@2026-01-01T00:00:00Z')
  })

  test('a resource is named, or described', async () => {
    const question = ['check', '-i', 'ann', '-f', 'warehouse.query', '--command', 'select', '--proof', 'passkey', '-r', 'db1']
    expect(await ended(1, ...question)).toMatch(/resource_unknown/)
    const described = ['--resource-kind', 'postgres', '--environment', 'production', '--region', 'eu', '--label', 'team=data']
    expect(await ended(0, ...question, ...described)).toMatch(/obliges to +mask email, iban/)
  })

  test('explain is a checklist of every gate, and at another time says simulated', async () => {
    const said = await ended(1, 'explain', '-i', 'ann', '-f', 'users.manage')
    expect(said).toContain(`licence ${license}, plan enterprise, entry 1`)
    const marks = [...said.matchAll(/^ {2}([✓✗~-]) (\w+)/gm)].map(([, mark, gate]) => `${mark} ${gate}`)
    expect(marks).toEqual([
      ...['facts', 'identity', 'license', 'seat', 'entitlement', 'role', 'context', 'needs', 'quota', 'approval'].map(
        (gate) => `✓ ${gate}`,
      ),
      '✗ assurance',
    ])
    const past = await ended(1, 'explain', '-i', 'ann', '-f', 'dashboard.view', '--at', '2020-01-01T00:00:00Z')
    expect(past).toMatch(/license_scheduled.*simulated/)
  })

  test('explain of somebody unknown says that no licence was looked at', async () => {
    expect(await ended(1, 'explain', '-i', 'nobody', '-f', 'dashboard.view')).toMatch(/identity_unknown[\s\S]*No licence was looked at/)
  })
})

describe('changes', () => {
  test('memberships: add and remove', async () => {
    await done('identity', 'add-to', 'bob', 'acme', 'analyst', 'viewer')
    expect(await done('identity', 'show', 'bob')).toMatchObject({ in: { acme: ['analyst', 'viewer'] } })
    await done('identity', 'remove-from', 'bob', 'acme', '--dry-run')
    expect(await done('identity', 'show', 'bob')).toMatchObject({ in: { acme: ['analyst', 'viewer'] } })
    await done('identity', 'remove-from', 'bob', 'acme')
    expect(await done('identity', 'show', 'bob')).toMatchObject({ in: {} })
    await done('identity', 'add-to', 'bob', 'acme', 'analyst')
  })

  test('a licence is suspended and resumed', async () => {
    await done('license', 'suspend', license, '--dry-run')
    await ended(0, 'check', '-i', 'ann', '-f', 'dashboard.view')
    expect(await done('license', 'suspend', license)).toMatchObject({ state: 'license_suspended' })
    expect(await ended(1, 'check', '-i', 'ann', '-f', 'dashboard.view')).toMatch(/license_suspended[\s\S]*contact the vendor/)
    expect(await done('license', 'resume', license)).toMatchObject({ state: 'in_force' })
  })

  test('a licence overrides its plan, from YAML, and stops again', async () => {
    const file = join(folder, 'own.yaml')
    writeFileSync(file, 'includes:\n  report.export: { limit: 7 per month }   # as agreed by mail\n')
    const overrides = { includes: { 'report.export': { limit: '7 per month' } } }
    expect(await done('license', 'override', license, '--set', file, '--dry-run')).toMatchObject({ overrides })
    expect(await done('license', 'override', license)).toBeNull()
    expect(await done('license', 'override', license, '--set', file)).toMatchObject({ overrides })
    expect(await ended(0, 'license', 'override', license)).toContain('includes.report.export: {"limit":"7 per month"}')
    expect(await ended(0, 'explain', '-i', 'ann', '-f', 'report.export')).toContain('of its own: includes.report.export')
    writeFileSync(file, 'includes: { report.fly: {} }')
    expect(await ended(4, 'license', 'override', license, '--set', file)).toMatch(/OVERRIDES_INVALID[\s\S]*includes\/report\.fly/)
    expect(await done('license', 'override', license, '--clear')).not.toHaveProperty('overrides')
    const issued = ['license', 'issue', '-p', 'atlas', '--plan', 'free', '-o', 'acme', '--starts', '2040-01-01T00:00:00Z']
    writeFileSync(file, 'seats: { named: 9 }')
    expect(await done(...issued, '--override', file)).toMatchObject({ overrides: { seats: { named: 9 } } })
  })

  test('usage is reported, one or a file, signed for and verified', async () => {
    await done('org', 'create', 'Remote', '--id', 'remote')
    const starts = new Date(Date.now() - 3_600_000).toISOString()
    const sold = ['-p', 'atlas', '--plan', 'enterprise', '-o', 'remote', '--starts', starts]
    const { id: license } = await done<{ id: string }>('license', 'issue', ...sold)
    const moment = new Date(Date.now() - 60_000).toISOString()
    expect(await done('usage', 'record', license, 'exports', '2', '--id', 'u-1', '--time', moment)).toMatchObject({ accepted: 1 })
    expect(await ended(0, 'usage', 'record', license, 'exports', '2', '--id', 'u-1', '--time', moment)).toMatch(/was counted before/)
    expect(await ended(4, 'usage', 'record', license, 'nothing')).toMatch(/METER_UNKNOWN/)
    expect(await done('usage', 'counts', license, 'nobodys')).toMatchObject({
      counts: [{ license, meter: 'api_calls', used: 0 }],
    })
    const file = join(folder, 'usage.jsonl')
    const row = { license, meter: 'exports', amount: 3, time: moment }
    const event = { specversion: '1.0', type: 'writ.usage', source: 'urn:app', id: 'u-3', data: { license, meter: 'exports' } }
    writeFileSync(file, `${JSON.stringify({ ...row, id: 'u-2' })}\n\n${JSON.stringify(event)}\nnot json\n${JSON.stringify(row)}\n`)
    const report = await ended(1, 'usage', 'import', file)
    expect(report).toMatch(
      /4 +LINE_MALFORMED[\s\S]*5 +REQUEST_INVALID +must have required properties id[\s\S]*2 counted, 0 counted before, 2 refused/,
    )
    writeFileSync(file, `${JSON.stringify({ ...row, id: 'u-2' })}\n`)
    expect(await done('usage', 'import', file)).toEqual({ accepted: 0, duplicate: 1, refused: [] })

    const spool = join(folder, 'spool')
    const away = await openUsage({ url: 'http://127.0.0.1:9', folder: spool, sync: 'always', uploadMilliseconds: 3_600_000 })
    await away.record({ license, meter: 'exports', amount: 4, time: new Date(moment) })
    await away.record({ license: 'nobodys', meter: 'exports' })
    await away.close()
    expect(await ended(1, 'usage', 'import', spool)).toMatch(/1 counted, 0 counted before, 1 refused\n.*refused\.jsonl/)

    const [receipt, events, root] = ['receipt', 'events.jsonl', 'root.json'].map((name) => join(folder, name)) as [string, string, string]
    const to = ['--to', new Date(Date.now() - 30_000).toISOString()]
    await done('license', 'root', '--out', root)
    await done('usage', 'receipt', license, 'exports', '--out', receipt, ...to)
    await done('usage', 'events', license, 'exports', '--out', events, ...to)
    expect(await ended(0, 'usage', 'verify', receipt, '--root', root, '--events', events)).toMatch(
      /verified[\s\S]*exports +9 +3[\s\S]*these are its events/,
    )
    expect(await ended(1, 'usage', 'verify', receipt, '--root', root, '--events', file)).toMatch(/EVENTS_DIFFER/)
    writeFileSync(receipt, fileText(receipt).slice(0, -9))
    expect(await ended(1, 'usage', 'verify', receipt, '--root', root)).toMatch(/RECEIPT_UNREADABLE/)
  }, 90_000)

  test('units are reserved, settled and released, and usage shows it', async () => {
    const file = join(folder, 'limited.yaml')
    writeFileSync(file, 'includes: { report.export: { limit: 100 per month } }')
    await done('license', 'override', license, '--set', file)
    const ask = ['usage', 'reserve', '-i', 'ann', '-f', 'report.export', '--consume', '30', '--seconds', '60']
    expect(await done(...ask, '--consume-id', 'w1')).toMatchObject({ allowed: true, reservation: { id: 'w1', amount: 30, state: 'open' } })
    expect(await ended(0, 'usage', 'show', license)).toMatch(/exports +\d+ +30 +0 +\d+[\s\S]*w1 +30/)
    expect(await done('usage', 'settle', 'w1', '10', '--keep')).toMatchObject({ settled: 10, state: 'open' })
    expect(await ended(0, 'usage', 'settle', 'w1', '12')).toMatch(/12 of 30 settled, settled/)
    await done(...ask, '--consume-id', 'w2')
    expect(await done('usage', 'release', 'w2')).toMatchObject({ state: 'released' })
    expect(await ended(4, 'usage', 'settle', 'w2', '1')).toMatch(/RESERVATION_CLOSED/)
    expect(await ended(2, 'usage', 'reserve', '-i', 'ann', '-f', 'report.export')).toMatch(/--consume/)
    expect(await ended(0, 'usage', 'limits', '--organization', 'acme')).toMatch(/\d+% +\d+ of 100 +0 +0 +exports/)
    expect(await ended(0, 'usage', 'history', license, 'exports', '--by', 'hour')).toMatch(/exports of \S+ by hour in \S+: \d+[\s\S]*█/)
    expect(await done('usage', 'history', license, 'exports')).toMatchObject({ meter: 'exports', steps: expect.any(Array) })
    // What the reader of options says itself goes straight to the terminal.
    const misread = await writ(['usage', 'history', license, 'exports', '--by', 'week'], served.env)
    expect([misread.exitCode, misread.stderr]).toEqual([2, expect.stringMatching(/hour, day, month/)])
    await done('license', 'override', license, '--clear')
  })

  test('slices and parts of rates that enforcers have at hand are listed, and slices ended by force', async () => {
    const file = join(folder, 'limited.yaml')
    writeFileSync(file, 'includes: { report.export: { limit: 100 per month, rate: 60 per minute } }')
    await done('license', 'override', license, '--set', file)
    const headers = { authorization: `Bearer ${fileText(served.keyFile).trim()}`, 'content-type': 'application/json' }
    const body = JSON.stringify({ id: 'slice', license, feature: 'report.export', units: 5 })
    expect((await fetch(`${served.env.WRIT_URL}/v1/leases`, { method: 'POST', headers, body })).status).toBe(200)
    expect(await ended(0, 'usage', 'leases', license)).toMatch(/open +0 of 5 +\S+ +report\.export +\S+ +key_\S+ +slice/)
    const rate = { count: 60, period_seconds: 60, burst: 60 }
    const report = { id: 'part', license, feature: 'report.export', rate, seq: 1, had: 0, keep: 0, backlog_milliseconds: 0, wanted: 20 }
    const parted = await fetch(`${served.env.WRIT_URL}/v1/rate-leases`, { method: 'POST', headers, body: JSON.stringify(report) })
    expect(parted.status).toBe(200)
    expect(await ended(0, 'usage', 'leases', license)).toMatch(/open +20 of 60 per minute +\S+ +report\.export +\S+ +key_\S+ +part/)
    const { items } = await done<{ items: { source: string }[] }>('usage', 'leases', '--organization', 'acme')
    const key = items[0]?.source ?? ''
    expect(await ended(0, 'usage', 'end-lease', key, 'slice', '--dry-run')).toMatch(/would be ended: 0 of 5 spent/)
    expect(await done('usage', 'end-lease', key, 'slice')).toMatchObject({ state: 'ended' })
    expect(await ended(4, 'usage', 'end-lease', key, 'slice', '--spent', '2')).toMatch(/LEASE_RUNNING/)
    await done('license', 'override', license, '--clear')
  })

  test('a licence goes to another organization and comes back', async () => {
    await done('org', 'create', 'Initech', '--id', 'initech')
    const to = ['license', 'transfer', license, '--organization', 'initech']
    expect(await done(...to, '--dry-run')).toMatchObject({ license: { organization: 'initech' }, lost: { license_keys: 0 } })
    expect(await ended(2, ...to)).toMatch(/NOT_CONFIRMED/)
    expect(await ended(0, ...to, '--yes')).toMatch(/is held by initech\n {2}lost: \d+ seats freed/)
    await ended(1, 'check', '-i', 'ann', '-f', 'dashboard.view')
    await done('license', 'transfer', license, '--organization', 'acme', '--yes')
    await ended(0, 'check', '-i', 'ann', '-f', 'dashboard.view')
  })

  test('licences move to a newer edition, after a look at what that comes to', async () => {
    const file = join(folder, 'second.yaml')
    writeFileSync(file, fileText(atlas).replace('limit: 1000 per month', 'limit: 2000 per month'))
    await done('terms', 'publish', file)
    const move = ['license', 'move-edition', '--product', 'atlas']
    expect(await ended(0, ...move, '--dry-run')).toMatch(/edition 1 to 2: \d+ licences/)
    expect(await done('license', 'show', license)).toMatchObject({ edition: 1 })
    const moved = await done<{ moved: string[] }>(...move)
    expect(moved).toMatchObject({ edition: 2, refused: [] })
    expect(moved.moved).toContain(license)
    expect(await done('license', 'show', license)).toMatchObject({ edition: 2 })
    expect(await ended(0, ...move, '--dry-run')).toMatch(/nobody is on another edition/)
    await done(...move, '--edition', '1')
  })

  test('a licence changes its plan, seats are assigned and freed, and it is renewed', async () => {
    expect(await done('license', 'change-plan', license, 'standard')).toMatchObject({ plan: 'standard' })
    expect(await done('seat', 'assign', license, 'ann')).toMatchObject({ identity: 'ann', kind: 'named' })
    expect(await done('seat', 'list', license)).toMatchObject({ taken: 1, limit: 27, items: [{ identity: 'ann' }] })
    expect(await ended(0, 'seat', 'list', license)).toMatch(/1 of 27 seats taken/)
    expect(await done('seat', 'list', '-i', 'ann', '--kind', 'named')).toMatchObject({ items: [{ license, identity: 'ann' }], more: false })
    await done('seat', 'free', license, 'ann')
    expect(await done('seat', 'list', license)).toMatchObject({ items: [] })
    // A Saturday; the terms say Monday to Thursday at noon in Berlin.
    expect(await done('license', 'renew', license, '--ends', '2040-06-02T00:00:00Z')).toMatchObject({ ends: '2040-06-04T10:00:00Z' })
    await done('license', 'change-plan', license, 'enterprise')
  })

  test('an identity is suspended, resumed and revoked', async () => {
    await done('identity', 'suspend', 'bob')
    expect(await ended(1, 'check', '-i', 'bob', '-f', 'dashboard.view')).toMatch(/identity_suspended/)
    await done('identity', 'resume', 'bob')
    await done('identity', 'revoke', 'bob', '--dry-run')
    await ended(0, 'check', '-i', 'bob', '-f', 'dashboard.view')
    await done('identity', 'revoke', 'bob', '--yes')
    expect(await ended(1, 'check', '-i', 'bob', '-f', 'dashboard.view')).toMatch(/identity_revoked/)
    expect(await ended(4, 'identity', 'resume', 'bob')).toMatch(/IDENTITY_REVOKED/)
  })
})

describe('keys', () => {
  test('a key is written to a new file for its owner alone, asks, and may not manage', async () => {
    const file = join(folder, 'app.key')
    const made = await done<{ id: string }>('key', 'create', 'app', '--scope', 'decide', '--scope', 'assert:identity', '--out', file)
    expect(JSON.stringify(made)).not.toContain('writ_key_')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const env = { ...served.env, WRIT_KEY_FILE: file }
    expect(await writ(['check', '-i', 'ann', '-f', 'dashboard.view'], env)).toMatchObject({ exitCode: 0 })
    const refused = await writ(['org', 'list'], env)
    expect(refused.stderr).toMatch(/SCOPE_MISSING[\s\S]*manage:organizations[\s\S]*writ key create/)
    expect(refused.exitCode).toBe(3)

    expect(await ended(2, 'key', 'create', 'again', '--scope', 'decide', '--out', file)).toMatch(/FILE_UNWRITABLE/)
    await done('key', 'revoke', made.id, '--yes')
    expect(await writ(['check', '-i', 'ann', '-f', 'dashboard.view'], env)).toMatchObject({ exitCode: 3 })
    expect(await ended(0, 'key', 'list')).toMatch(/revoked/)
  })
})

describe('the life of a key', () => {
  test('it is rotated, reported on, revoked with what it made, and found', async () => {
    const file = join(folder, 'turned.key')
    const made = await done<{ id: string; key: string }>(
      'key',
      'create',
      'turned',
      '--scope',
      'decide',
      '--expires',
      '2090-01-01T00:00:00Z',
    )
    await done('key', 'rotate', made.id, '--overlap', '3600', '--out', file)
    expect(await ended(0, 'key', 'report', made.id)).toMatch(/status +live[\s\S]*made +no keys/)
    expect(await ended(0, 'key', 'revoke', made.id, '--made', '--dry-run')).toMatch(/would revoke key_/)
    const found = await writ(['key', 'leaked', '--key-file', file], { WRIT_URL: served.url })
    expect(found.stdout).toContain(`${made.id} is revoked`)
    expect(await ended(0, 'key', 'revoke', made.id, '--yes')).toMatch(/was revoked before/)
  })
})

describe('records', () => {
  test('the audit is searched and one row of it shown', async () => {
    const { items } = await done<{ items: { id: number; action: string }[] }>('audit', 'list', '--subject', 'identity:bob', '--limit', '1')
    expect(items).toMatchObject([{ action: 'identity.revoke', result: 'done' }])
    expect(await ended(0, 'audit', 'list', '--text', 'bob')).toMatch(/identity\.revoke +identity:bob/)
    expect(await ended(0, 'audit', 'show', String(items[0]?.id))).toMatch(/action +identity\.revoke[\s\S]*detail status +"revoked"/)
    expect(await ended(4, 'audit', 'show', '999999')).toMatch(/AUDIT_UNKNOWN/)
    expect(await ended(2, 'audit', 'list', '--from', 'soon')).toMatch(/USAGE/)
  })

  test('what was decided is searched and counted', async () => {
    expect(await ended(0, 'decision', 'list', '--identity', 'bob', '--reason', 'identity_revoked')).toMatch(
      /identity_revoked +bob +acme +atlas:dashboard\.view/,
    )
    expect(await ended(0, 'decision', 'summary')).toMatch(/\d+ refused[\s\S]*identity_revoked/)
  })
})

describe('keys of the authority', () => {
  interface Keys {
    master_key: { id: string; configured: { id: string; in_use: boolean }[] }
    data_keys: { id: string; stopped_at?: string }[]
  }

  test('the master key is rotated within one file, and the old one is forgotten', async () => {
    const { id: old } = (await done<Keys>('key-state')).master_key
    expect(await ended(0, 'key-state')).toMatch(/root +\S+\n +backed up +never[\s\S]*! The root key has no backup/)
    expect(await ended(4, 'master-key', 'rotate')).toMatch(/MASTER_KEY_UNKNOWN[\s\S]*master-key add/)
    const { id, file } = await done<{ id: string; file: string }>('master-key', 'add')
    expect(file).toBe(join(folder, 'master.key'))
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(await ended(2, 'master-key', 'forget', old, '--yes')).toMatch(/is in use/)
    await done('master-key', 'rotate', '--dry-run')
    expect((await done<Keys>('key-state')).master_key.id).toBe(old)
    expect(await done('master-key', 'rotate', '--to', id)).toMatchObject({ id })
    await done('master-key', 'forget', old, '--yes')
    expect((await done<Keys>('key-state')).master_key.configured).toEqual([expect.objectContaining({ id, in_use: true })])
    expect(fileText(file).trim().split('\n')).toHaveLength(1)
  })

  test('a data key is rotated, and the one before cannot go within the hour', async () => {
    const made = await done<{ id: string }>('data-key', 'rotate')
    const { items } = await done<{ items: Keys['data_keys'] }>('data-key', 'list')
    const before = items.find(({ stopped_at }) => stopped_at !== undefined)?.id as string
    expect(items.map(({ id }) => id)).toContain(made.id)
    expect(await ended(0, 'data-key', 'list')).toMatch(new RegExp(`${made.id} +seals`))
    expect(await ended(4, 'data-key', 'retire', before)).toMatch(/DATA_KEY_IN_USE[\s\S]*data-key list/)
  })
})

describe('the root, outside the store', () => {
  const backup = join(folder, 'root-backup.txt')
  const secret = join(folder, 'passphrase')
  const by = ['--passphrase-file', secret]

  test('is backed up, and taken out once the backup has opened', async () => {
    writeFileSync(secret, 'correct horse battery staple\n')
    await done('root', 'backup', '--out', backup, ...by)
    expect(statSync(backup).mode & 0o777).toBe(0o600)
    expect(await ended(2, 'root', 'backup', '--out', backup, ...by)).toMatch(/FILE_UNWRITABLE/)
    await done('root', 'take-out', backup, '--dry-run', ...by)
    expect(await ended(4, 'root', 'take-out', secret, '--yes', ...by)).toMatch(/ROOT_BACKUP_UNFIT/)
    expect(await done('root', 'take-out', backup, '--yes', ...by)).toHaveProperty('taken_out_at')
    expect(await ended(0, 'key-state')).toMatch(/outside since/)
    expect(await ended(4, 'signing-key', 'rotate')).toMatch(/ROOT_TAKEN_OUT[\s\S]*--root-backup/)
  })

  test('vouches from its backup: in one step, or on a machine that knows no authority', async () => {
    const one = await done<{ kid: string }>('signing-key', 'rotate', '--root-backup', backup, ...by)
    expect(one).toHaveProperty('statement')
    const [asked, signed] = [join(folder, 'request.json'), join(folder, 'signed.json')]
    expect(await ended(0, 'signing-key', 'impact', one.kid)).toMatch(/^0 license files issued since \S+ stop verifying; 0 from before/)
    const { kid } = await done<{ kid: string }>('signing-key', 'request', '--out', asked)
    expect(await ended(0, 'signing-key', 'list')).toMatch(new RegExp(`${kid} +license +waits`))
    const elsewhere = await writ(['root', 'sign', asked, '--backup', backup, '--out', signed, '--yes', ...by])
    expect({ stderr: elsewhere.stderr, exitCode: elsewhere.exitCode }).toEqual({ stderr: '', exitCode: 0 })
    expect(await done('signing-key', 'accept', signed)).toMatchObject({ kid })
    expect(await ended(2, 'signing-key', 'accept', asked)).toMatch(/not what `writ root sign` writes/)
    expect(await done('signing-key', 'revoke', one.kid, '--root-backup', backup, '--yes', ...by)).toHaveProperty('revoked_at')
    expect(await ended(0, 'signing-key', 'list')).toMatch(new RegExp(`${one.kid} +license +revoked`))
  })

  test('comes back', async () => {
    expect(await done('root', 'bring-back', backup, ...by)).not.toHaveProperty('taken_out_at')
    await done('signing-key', 'rotate')
  })
})

describe('license files', () => {
  const file = join(folder, 'acme.license')
  const root = join(folder, 'root.json')
  /** No URL, no key. */
  const verify = (path: string, ...more: string[]) => writ(['license', 'verify', path, '--root', root, ...more])

  test('a file verifies under the root, in a process that knows no authority', async () => {
    await done('license', 'root', '--out', root)
    await done('license', 'file', license, '--out', file)
    const { stdout, exitCode } = await verify(file, '--json')
    expect(JSON.parse(stdout)).toMatchObject({ verified: true, claims: { license, plan: 'enterprise', holder: { organization: 'acme' } } })
    expect(exitCode).toBe(0)
    expect((await verify(file)).stdout).toMatch(/✓ verified[\s\S]*organization acme/)
  })

  test('a file that is encrypted is read with the key of its holder alone', async () => {
    const [mine, toMe, closed, open] = ['mine.key', 'mine.pub', 'closed.license', 'open.license'].map((name) =>
      join(folder, name),
    ) as string[]
    await done('license', 'decryption-key', '--out', mine as string, '--public', toMe as string)
    expect(statSync(mine as string).mode & 0o777).toBe(0o600)
    expect(fileText(toMe as string)).not.toContain('"d"')
    await done('license', 'file', license, '--encrypt-to', toMe as string, '--out', closed as string)
    expect((await verify(closed as string)).stdout).toMatch(/LICENSE_UNDECRYPTED/)
    expect((await writ(['license', 'decrypt', closed as string, '--key', toMe as string])).stderr).toMatch(/ENCRYPTION_KEY_MALFORMED/)
    expect((await writ(['license', 'decrypt', closed as string, '--key', mine as string, '--out', open as string])).exitCode).toBe(0)
    expect((await verify(open as string)).exitCode).toBe(0)
  })

  test('a changed file is refused with 1 and its code', async () => {
    const forged = join(folder, 'forged.license')
    writeFileSync(
      forged,
      fileText(file).replace(/^(.{40})(.)/m, (_, head: string, one: string) => head + (one === 'A' ? 'B' : 'A')),
    )
    const { stdout, exitCode } = await verify(forged)
    expect(stdout).toMatch(/✗ not verified: LICENSE_\w+/)
    expect(exitCode).toBe(1)
  })

  test("another authority's root does not vouch for it", async () => {
    const other = join(folder, 'other.json')
    writeFileSync(
      other,
      JSON.stringify({ issuer: 'aut_other', key: { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' } }),
    )
    const { stdout, exitCode } = await writ(['license', 'verify', file, '--root', other])
    expect(stdout).toMatch(/LICENSE_STATEMENT_REFUSED.*ROOT_UNKNOWN[\s\S]*it calls itself, which nobody has proven/)
    expect(exitCode).toBe(1)
  })

  test('of a key that was revoked only a file that the authority logged before holds', async () => {
    const { key, claims } = JSON.parse((await verify(file, '--json')).stdout)
    while (Math.floor(Date.now() / 1000) <= claims.iat) await new Promise((resolve) => setTimeout(resolve, 50))
    await done('signing-key', 'revoke', key, '--yes')
    const saved = async (name: string, path: string): Promise<string> => {
      writeFileSync(join(folder, name), await (await fetch(served.url + path)).text())
      return join(folder, name)
    }
    const keySet = await saved('keys.json', '/.well-known/writ-keys')
    const log = await saved('log.jwt', `/v1/signing-keys/${key}/files`)
    const unlogged = await verify(file, '--key-set', keySet)
    expect(unlogged.stdout).toMatch(/✗ not verified: LICENSE_NOT_LOGGED .*signed list of the files/)
    expect(unlogged.exitCode).toBe(1)
    expect(await verify(file, '--key-set', keySet, '--file-log', log)).toMatchObject({ exitCode: 0 })
    expect((await verify(file, '--key-set', keySet, '--file-log', keySet)).stdout).toMatch(/FILE_LOG_REFUSED/)
  })

  test('a root that is none is a fault of the command line', async () => {
    expect(await writ(['license', 'verify', file, '--root', file])).toMatchObject({ exitCode: 2 })
  })

  test('a revoked licence is asked about once more, and stays revoked', async () => {
    expect(await done('license', 'revoke', license, '--yes')).toMatchObject({ state: 'license_revoked' })
    expect(await ended(4, 'license', 'resume', license)).toMatch(/LICENSE_REVOKED[\s\S]*issue a new one/)
  })
})

describe('serve', () => {
  test('a second one on the same folder is refused and says why', async () => {
    const env = { WRIT_LISTEN: '127.0.0.1:0', WRIT_DATABASE_URL: join(folder, 'data'), WRIT_MASTER_KEY_FILE: join(folder, 'master.key') }
    const { stderr, exitCode } = await writ(['serve', '--log-level', 'error'], env)
    expect(stderr).toMatch(/STORE_IN_USE/)
    expect(stderr).toContain(` of ${hostname()}`)
    expect(exitCode).toBe(2)
  })

  test('an owner is made on the host when nobody can get in, once it is stopped', async () => {
    const lost = join(folder, 'lost')
    const first = await serve(lost)
    const env = { WRIT_DATABASE_URL: join(lost, 'data'), WRIT_MASTER_KEY_FILE: join(lost, 'master.key') }
    const out = join(lost, 'recovered.key')
    expect(await writ(['recover', '--out', out, '--yes'], env)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/STORE_IN_USE/),
    })
    await first.stop()
    expect(await writ(['recover', '--out', out], env)).toMatchObject({ stderr: expect.stringMatching(/NOT_CONFIRMED/) })
    const { stdout, exitCode } = await writ(['recover', '--out', out, '--yes', '--json'], env)
    expect(exitCode).toBe(0)
    expect(statSync(out).mode & 0o777).toBe(0o600)
    const { identity } = JSON.parse(stdout) as { identity: string }
    const again = await serve(lost)
    const audit = await writ(['audit', 'list', '--action', 'authority.recover', '--json'], { ...again.env, WRIT_KEY_FILE: out })
    expect(JSON.parse(audit.stdout).items).toMatchObject([{ actor: 'operator', subject: `identity:${identity}` }])
    await again.stop()
    expect(await writ(['recover', '--out', out, '--yes'], env)).toMatchObject({ stderr: expect.stringMatching(/BOOTSTRAP_FILE_TAKEN/) })
  }, 60_000)

  test('faulty settings are all named', async () => {
    const { stderr, exitCode } = await writ(['serve'], { WRIT_LISTEN: '0.0.0.0:80', WRIT_PUBLIC_URL: 'nowhere' })
    expect(stderr).toMatch(/CONFIG_INVALID[\s\S]*WRIT_PUBLIC_URL[\s\S]*WRIT_LISTEN|CONFIG_INVALID[\s\S]*WRIT_LISTEN[\s\S]*WRIT_PUBLIC_URL/)
    expect(exitCode).toBe(2)
  })

  test('SIGTERM drains and ends it with 0', async () => {
    expect(await served.stop('SIGTERM')).toBe(0)
  })
})
