import { createHash } from 'node:crypto'
import { type Change, decisionToWire, explain, requestFromWire, type Usage, type WireRequest, World } from '@writ/engine'
import {
  decryptLicenseFile,
  inspectLicenseFile,
  issueLicenseFile,
  LicenseError,
  makeDecryptionKey,
  readFileLogs,
  rosterId,
  verifyLicenseFile,
  worldFacts,
} from '@writ/license'
import { type PublicJwk, readKeySet, restoreRootKey, SigningKey, type TrustedRoot } from '@writ/trust'
import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { openSigningKeys, unsealSigningKey } from '../src/keys/signing-keys.ts'
import { findSigningKey, type SigningKeyRow } from '../src/keys/signing-store.ts'
import { DAY, useKit } from './kit.ts'
import { MONDAY, onBothStores } from './support.ts'

const nothingUsed: Usage = { used: () => 0, arrival: () => Number.NEGATIVE_INFINITY, floating: () => [] }
const PASSPHRASE = 'correct horse battery staple'

onBothStores('license files', (open) => {
  const kit = useKit(open)
  const { done } = kit
  let root: TrustedRoot
  const seconds = () => Math.floor(kit.now / 1000)
  const verified = (file: string, now = seconds()) => verifyLicenseFile(file, { roots: [root], now })
  const keySet = async () =>
    readKeySet(new TextEncoder().encode((await kit.authority.as(undefined)('GET', '/.well-known/writ-keys')).text), { roots: [root] })
  async function worldOf(file: string): Promise<World> {
    const world = new World()
    world.apply({ revision: 1, facts: worldFacts((await verified(file)).claims) as Change['facts'] })
    return world
  }

  beforeAll(async () => {
    const { body } = await kit.authority.as(undefined)('GET', '/.well-known/writ-keys')
    root = { issuer: body.issuer, key: body.root as PublicJwk }
    await done('POST', '/v1/organizations', { id: 'rival', title: 'Rival' })
    await kit.people('rival', 'rita')
    await done('PUT', '/v1/organizations/acme/roles', { auditor: { from: ['keeper'], features: ['query'] } })
    const people: [string, object][] = [
      [
        'ann',
        {
          in: { acme: ['viewer'], rival: ['keeper'] },
          attributes: { email: 'ann@acme.example', site: 'berlin', secret: 'not in any terms' },
        },
      ],
      ['bea', { in: { acme: ['auditor'] }, attributes: { site: 'berlin' }, factors: ['password', 'otp'] }],
      ['cy', { in: { acme: ['auditor'] }, attributes: { site: 'berlin' }, factors: ['password'] }],
      ['dot', { in: { acme: ['viewer'] }, attributes: { site: 'berlin' } }],
      ['eve', { in: { acme: ['viewer'] } }],
      ['bot', { kind: 'service', in: { acme: ['auditor'] }, attributes: { site: 'rome' } }],
    ]
    for (const [id, more] of people) await done('POST', '/v1/identities', { id, ...more })
    await done('POST', '/v1/resources', { id: 'orders', kind: 'postgres', environment: 'staging' })
    await done('POST', '/v1/resources', { id: 'ledger', kind: 'postgres', environment: 'production' })
    await done('POST', '/v1/licenses', { id: 'L1', product: 'kit', plan: 'small', organization: 'acme', ends: '2026-12-24T11:00:00Z' })
    for (const id of ['ann', 'bea', 'cy']) await done('PUT', `/v1/seats/L1/${id}`)
    await done('POST', '/v1/identities/bea/signals', { name: 'new_device', device: 'd1' })
    const approved_by = [{ identity: 'bea', roles: ['auditor'] }]
    await done('POST', '/v1/grants', {
      identity: 'ann',
      organization: 'acme',
      feature: 'kit:query',
      until: '2026-11-23T12:00:00Z',
      approved_by,
    })
  })

  test('the World of a file answers every question as the authority does, at every instant, with its identities under other names', async () => {
    const { file } = await done('POST', '/v1/licenses/L1/files', { resources: ['orders', 'ledger'] })
    const world = await worldOf(file)
    const proofs = [[], [{ level: 'otp', at: '2026-11-23T09:00:00Z' }]]
    const instants = [
      '2026-11-23T09:00:00Z',
      '2026-11-23T09:59:00Z',
      '2026-11-23T12:00:00Z',
      '2026-12-24T11:00:00Z',
      '2026-12-27T11:00:00Z',
    ]
    const features: Omit<WireRequest, 'identity'>[] = [
      { feature: 'kit:view' },
      { feature: 'kit:fix' },
      { feature: 'kit:export' },
      { feature: 'kit:nothing' },
      ...['orders', 'ledger'].flatMap((resource) =>
        [['select'], ['select', 'drop']].map((commands) => ({ feature: 'kit:query', resource, commands })),
      ),
    ]
    const seen = new Set<string>()
    for (const identity of ['ann', 'bea', 'cy', 'dot', 'bot'])
      for (const asked of features)
        for (const given of proofs)
          for (const at of instants) {
            const question = { ...asked, organization: 'acme', proofs: given }
            const { revision: _, ...there } = await done('POST', '/v1/explain', { ...question, identity, at })
            const offline = requestFromWire({ ...question, identity: await rosterId('L1', identity) } as WireRequest)
            const { revision: __, ...here } = decisionToWire({ ...explain(world, nothingUsed, offline, Date.parse(at)), simulated: true })
            expect({ identity, question, at, ...here }).toEqual({ identity, question, at, ...there })
            seen.add(there.allowed ? 'allowed' : there.reason)
          }
    expect([...seen].sort()).toEqual(
      [
        'allowed',
        'assurance_unreachable',
        'condition_failed',
        'feature_unknown',
        'license_expired',
        'not_entitled',
        'not_permitted',
        'seats_exhausted',
        'step_up_required',
      ].sort(),
    )
  }, 120_000)

  test('a file names nobody, and tells nothing of other customers', async () => {
    const { file } = await done('POST', '/v1/licenses/L1/files')
    const { claims } = await verified(file)
    expect(claims).toMatchObject({
      iss: root.issuer,
      iat: seconds(),
      license: 'L1',
      holder: { organization: 'acme', name: 'Acme' },
      grace: { expiry_seconds: 259_200, payment_seconds: 604_800, offline_seconds: 86_400 },
    })
    expect(claims.roster).toHaveLength(6)
    expect(claims.roster?.find(({ attributes }) => attributes?.email !== undefined)).toEqual({
      id: await rosterId('L1', 'ann'),
      kind: 'human',
      roles: ['viewer'],
      attributes: { email: 'ann@acme.example', site: 'berlin' },
      status_index: expect.any(Number),
    })
    const text = JSON.stringify({ ...claims, terms: '' })
    for (const told of ['"ann"', '"bea"', '"cy"', 'rival', 'rita', 'not in any terms', 'orders']) expect(text).not.toContain(told)
    const edition = await done('GET', '/v1/products/kit/editions/1')
    expect([claims.terms, claims.terms_hash]).toEqual([edition.terms, edition.hash])
  })

  test('one flipped letter anywhere, or another root, is refused', async () => {
    const { file } = await done('POST', '/v1/licenses/L1/files', { roster: ['ann'] })
    await verified(file)
    const letters = [...file.matchAll(/[A-Za-z0-9]/g)].map(({ index }) => index)
    const step = Math.ceil(letters.length / 120)
    for (const at of letters.filter((_, i) => i % step === 0)) {
      const flipped = `${file.slice(0, at)}${file[at] === 'A' ? 'B' : 'A'}${file.slice(at + 1)}`
      await expect(verified(flipped), `letter ${at}`).rejects.toBeInstanceOf(LicenseError)
    }
    const { publicJwk } = await SigningKey.generate()
    await expect(verifyLicenseFile(file, { roots: [{ ...root, key: publicJwk }], now: seconds() })).rejects.toMatchObject({
      code: 'LICENSE_STATEMENT_REFUSED',
    })
  })

  test('the log holds every file by id, key and hash, and the audit says who had it issued', async () => {
    const made = await kit.call('POST', '/v1/licenses/L1/files', { identities: 'asserted' })
    const { file, ...logged } = made.body
    expect(made.status).toBe(201)
    expect(logged).toEqual({
      id: inspectLicenseFile(file).unverifiedClaims?.jti,
      license: 'L1',
      kid: inspectLicenseFile(file).keyId,
      sha256: createHash('sha256').update(file).digest('hex'),
      issued_at: '2026-11-23T09:00:00Z',
      issued_by: expect.stringMatching(/^key:/),
    })
    expect((await done('GET', '/v1/licenses/L1/files')).items).toContainEqual(logged)
    const [audited] = (await done('GET', '/v1/audit?subject=license:L1&limit=1')).items
    expect(audited).toMatchObject({
      action: 'license_file.issue',
      organization: 'acme',
      detail: { file: logged.id, sha256: logged.sha256 },
    })
    // A dry run would hand out a good file that the log does not know.
    const before = (await done('GET', '/v1/licenses/L1/files')).items.length
    expect((await kit.call('POST', '/v1/licenses/L1/files?dry_run=true')).status).toBe(400)
    expect((await done('GET', '/v1/licenses/L1/files')).items).toHaveLength(before)
  })

  test('a file that is encrypted to its holder is logged as the file inside, and nowhere kept in the clear', async () => {
    const { publicJwk, privateJwk } = await makeDecryptionKey()
    const made = await done('POST', '/v1/licenses/L1/files', { identities: 'asserted', encrypt_to: publicJwk })
    await expect(verified(made.file)).rejects.toMatchObject({ code: 'LICENSE_UNDECRYPTED' })
    const file = await decryptLicenseFile(made.file, privateJwk)
    expect((await verified(file)).claims.jti).toBe(made.id)
    expect(createHash('sha256').update(file).digest('hex')).toBe(made.sha256)
    const refused = async (encrypt_to: object) => (await kit.call('POST', '/v1/licenses/L1/files', { encrypt_to })).body.code
    expect(await refused({ ...publicJwk, y: 'A'.repeat(43) })).toBe('ENCRYPTION_KEY_MALFORMED')
    for (const key of [privateJwk, { ...root.key }, {}]) expect(await refused(key)).toBe('REQUEST_INVALID')
  })

  test('a retried issue is answered with the same file', async () => {
    const key = { 'idempotency-key': 'file-once' }
    const [one, two] = [await kit.call('POST', '/v1/licenses/L1/files', {}, key), await kit.call('POST', '/v1/licenses/L1/files', {}, key)]
    expect(two.body).toEqual(one.body)
  })

  test('with asserted identities the application says who asks', async () => {
    await done('POST', '/v1/licenses', { id: 'L2', product: 'kit', plan: 'open', organization: 'acme' })
    const { file } = await done('POST', '/v1/licenses/L2/files', { identities: 'asserted' })
    const { claims } = await verified(file)
    expect(claims).not.toHaveProperty('roster')
    expect(JSON.stringify(claims.facts)).not.toContain('p_')
    const world = await worldOf(file)
    world.apply({ revision: 2, facts: [{ fact: 'identity', id: 'anybody', kind: 'human', status: 'active', in: { acme: ['viewer'] } }] })
    expect(explain(world, nothingUsed, requestFromWire({ identity: 'anybody', feature: 'kit:view' }), kit.now).allowed).toBe(true)
    await done('POST', '/v1/licenses/L2/revoke')
  })

  test('a licence that an identity holds names its holder as the roster does', async () => {
    await done('POST', '/v1/licenses', { id: 'P1', product: 'kit', plan: 'small', holder: 'ann' })
    const { claims } = await verified((await done('POST', '/v1/licenses/P1/files')).file)
    const name = await rosterId('P1', 'ann')
    expect(claims).toMatchObject({ holder: { identity: name }, roster: [{ id: name, roles: [] }] })
    const world = await worldOf((await done('POST', '/v1/licenses/P1/files')).file)
    expect(explain(world, nothingUsed, requestFromWire({ identity: name, feature: 'kit:view' }), kit.now)).toMatchObject({
      allowed: true,
      license: 'P1',
    })
    await done('POST', '/v1/licenses/P1/revoke')
  })

  test('a binding and a suspension are in the file', async () => {
    const binding = { device_key: 'A'.repeat(43), fingerprint: { components: ['0'.repeat(64), '1'.repeat(64)], at_least: 2 } }
    await done('POST', '/v1/licenses/L1/suspend')
    const { file } = await done('POST', '/v1/licenses/L1/files', { binding })
    await done('POST', '/v1/licenses/L1/resume')
    expect((await verified(file)).claims).toMatchObject({ binding, suspended: true })
    const offline = requestFromWire({ identity: await rosterId('L1', 'ann'), feature: 'kit:view' })
    expect(explain(await worldOf(file), nothingUsed, offline, kit.now).reason).toBe('license_suspended')
  })

  test('what cannot be put into a file is refused with its name', async () => {
    const refused = async (license: string, body: object): Promise<string> => {
      const { status, body: problem } = await kit.call('POST', `/v1/licenses/${license}/files`, body)
      return `${status} ${problem?.code}`
    }
    expect(await refused('nothing', {})).toBe('404 LICENSE_UNKNOWN')
    expect(await refused('P1', {})).toBe('409 LICENSE_REVOKED')
    expect(await refused('L1', { roster: ['ann', 'rita'] })).toBe('404 IDENTITY_UNKNOWN')
    expect(await refused('L1', { resources: ['nothing'] })).toBe('404 RESOURCE_UNKNOWN')
    expect(await refused('L1', { binding: {} })).toBe('400 REQUEST_INVALID')
    await done('POST', '/v1/organizations', { id: 'crowd', title: 'Crowd' })
    await done('POST', '/v1/licenses', { id: 'L3', product: 'kit', plan: 'small', organization: 'crowd' })
    for (let i = 0; i < 50; i++) {
      await done('POST', '/v1/identities', { id: `crowd-${i}`, in: { crowd: ['viewer'] }, attributes: { email: 'x'.repeat(1_000) } })
    }
    expect(await refused('L3', {})).toBe('422 LICENSE_FILE_TOO_LARGE')
    expect((await done('POST', '/v1/licenses/L3/files', { roster: ['crowd-1', 'crowd-2'] })).file).toContain('BEGIN WRIT LICENSE')
  })

  test('the key changes in good time by itself, and files signed before stay good', async () => {
    const old = await done('POST', '/v1/licenses/L1/files')
    kit.now = MONDAY + 149 * DAY
    expect((await done('POST', '/v1/licenses/L1/files')).kid).toBe(old.kid)
    kit.now = MONDAY + 151 * DAY
    const [next, same] = await Promise.all([done('POST', '/v1/licenses/L1/files'), done('POST', '/v1/licenses/L1/files')])
    expect(next.kid).not.toBe(old.kid)
    expect(same.kid).toBe(next.kid)
    const ofFiles = [...(await keySet()).values()].filter(({ use }) => use === 'license').map(({ kid }) => kid)
    expect(ofFiles.sort()).toEqual([old.kid, next.kid].sort())
    kit.now = MONDAY + 400 * DAY
    await verified(old.file)
    await verified(next.file)
    expect([...(await keySet()).keys()]).toEqual([])
  })

  test('a compromised key is revoked: what it signed since is refused, of what it signed before what was logged holds, and the next file has another key', async () => {
    kit.now = MONDAY + 500 * DAY
    const before = await done('POST', '/v1/licenses/L1/files')
    kit.now += DAY
    const since = await done('POST', '/v1/licenses/L1/files')
    kit.now += DAY
    const refused = await kit.call('POST', `/v1/signing-keys/${before.kid}/revoke`, { at: new Date(kit.now + 1000).toISOString() })
    expect(refused.body.code).toBe('LICENSE_DATES_INVALID')
    const { db, sealer } = kit.authority.authority
    const taken = (await findSigningKey(db, before.kid)) as SigningKeyRow
    const stolen = new Date(kit.now - DAY).toISOString().replace('.000Z', 'Z')
    const foretold = await done('GET', `/v1/signing-keys/${before.kid}/impact?at=${stolen}`)
    expect(foretold).toEqual({
      kid: before.kid,
      use: 'license',
      from: stolen,
      files: { signed: 2, stop: 1, need_log: 1, licenses: 1, devices: 0 },
    })
    expect((await done('GET', `/v1/signing-keys/${before.kid}/impact`)).files).toMatchObject({ stop: 0, need_log: 2 })
    expect((await done('POST', `/v1/signing-keys/${before.kid}/revoke`, { at: stolen })).revoked_at).toBe(stolen)
    // What is revoked is only ever moved earlier.
    expect(await done('GET', `/v1/signing-keys/${before.kid}/impact`)).toEqual(foretold)
    const early = new Date(kit.now + 1000).toISOString()
    expect((await kit.call('GET', `/v1/signing-keys/${before.kid}/impact?at=${early}`)).body.code).toBe('LICENSE_DATES_INVALID')
    expect((await kit.call('GET', `/v1/signing-keys/${'a'.repeat(43)}/impact`)).body.code).toBe('SIGNING_KEY_UNKNOWN')
    const fresh = { roots: [root], now: seconds(), keySet: await keySet() }
    await expect(verifyLicenseFile(before.file, fresh)).rejects.toMatchObject({ code: 'LICENSE_NOT_LOGGED' })
    const told = await kit.authority.as(undefined)('GET', `/v1/signing-keys/${before.kid}/files`)
    const fileLogs = await readFileLogs(told.text, fresh)
    expect(fileLogs[0]?.claims).toMatchObject({ kid: before.kid, revoked_at: Date.parse(stolen) / 1000, part: 1, parts: 1 })
    await verifyLicenseFile(before.file, { ...fresh, fileLogs })
    // Whoever took the key dates back what they sign with it, and it is in no log.
    const thief = { key: await unsealSigningKey(db, sealer, taken), statement: taken.statement as string, roots: [root] }
    const { claims } = await verified(before.file)
    const forged = await issueLicenseFile({ ...claims, jti: 'fil_forged', starts: claims.starts - 1 }, thief)
    expect((await verified(forged)).claims.jti).toBe('fil_forged')
    await expect(verifyLicenseFile(forged, { ...fresh, fileLogs })).rejects.toMatchObject({ code: 'LICENSE_NOT_LOGGED' })
    await expect(verifyLicenseFile(since.file, fresh)).rejects.toMatchObject({
      code: 'LICENSE_STATEMENT_REFUSED',
      details: { why: 'STATEMENT_REVOKED' },
    })

    const log = async (path: string) => (await kit.authority.as(undefined)('GET', path)).body?.code
    expect(await log(`/v1/signing-keys/${before.kid}/files?part=2`)).toBe('FILE_LOG_UNKNOWN')
    expect(await log(`/v1/signing-keys/${'A'.repeat(43)}/files`)).toBe('FILE_LOG_UNKNOWN')

    const after = await done('POST', '/v1/licenses/L1/files')
    expect(await log(`/v1/signing-keys/${after.kid}/files`)).toBe('FILE_LOG_UNKNOWN')
    expect(after.kid).not.toBe(before.kid)
    await verifyLicenseFile(after.file, fresh)
    // Said again for a later time nothing changes; the root itself is not revoked by this.
    expect((await done('POST', `/v1/signing-keys/${before.kid}/revoke`)).revoked_at).toBe(stolen)
    const rootId = (await done('GET', '/v1/signing-keys')).items.find(({ use }: { use: string }) => use === 'root').kid
    expect((await kit.call('POST', `/v1/signing-keys/${rootId}/revoke`)).body.code).toBe('SIGNING_KEY_UNKNOWN')
    // For good: also long after its term the key set says so.
    kit.now += 1000 * DAY
    expect((await keySet()).get(before.kid)?.revoked_at).toBe(Date.parse(stolen) / 1000)
  })

  test('the next key can be made at once, without a gap', async () => {
    kit.now = MONDAY + 2000 * DAY
    const before = await done('POST', '/v1/licenses/L1/files')
    kit.now += 1
    const made = await done('POST', '/v1/signing-keys')
    const after = await done('POST', '/v1/licenses/L1/files')
    expect([after.kid, before.kid === made.kid]).toEqual([made.kid, false])
    await verified(before.file)
    await verified(after.file)
  })

  test('a backup of the root opens with its passphrase alone and holds the key that customers pinned', async () => {
    const { kid, backup, backed_up_at } = await done('POST', '/v1/root/backup', { passphrase: PASSPHRASE })
    expect(backed_up_at).toBe('2026-11-23T09:00:00Z')
    const restored = await restoreRootKey(backup, PASSPHRASE)
    expect([restored.issuer, restored.key.publicJwk, restored.key.kid]).toEqual([root.issuer, root.key, kid])
    await expect(restoreRootKey(backup, `${PASSPHRASE}r`)).rejects.toMatchObject({ code: 'BACKUP_PASSPHRASE_WRONG' })
    const short = await kit.call('POST', '/v1/root/backup', { passphrase: 'too short' })
    expect([short.status, short.body.code]).toEqual([422, 'PASSPHRASE_TOO_SHORT'])
    const shown = (await done('GET', '/v1/signing-keys')).items.find(({ use }: { use: string }) => use === 'root')
    expect(shown).toMatchObject({ kid, public_jwk: root.key, backed_up_at })
    expect(shown).not.toHaveProperty('statement')
  })

  test('neither a private half nor a passphrase nor a license key is anywhere in the store in the clear', async () => {
    const { db, sealer } = kit.authority.authority
    const keyed = await kit.call('POST', '/v1/root/backup', { passphrase: PASSPHRASE }, { 'idempotency-key': 'backup-once' })
    const licenseKey = await kit.call('POST', '/v1/licenses/L1/keys', undefined, { 'idempotency-key': 'key-once' })
    const made = await kit.call('POST', '/v1/signing-keys', undefined, { 'idempotency-key': 'rotate-once' })
    expect([keyed.status, licenseKey.status, made.status]).toEqual([201, 201, 201])

    const rows = await db.selectFrom('signing_keys').select(['kid', 'sealed']).execute()
    const opened = rows.map(({ kid, sealed }) => sealer.unseal(db, sealed as string, JSON.stringify(['signing_key', kid])))
    const halves = (await Promise.all(opened)).map((jwk) => (jwk as { d: string }).d)
    expect(halves.length).toBeGreaterThan(2)
    expect(halves).toContain((await (await restoreRootKey(keyed.body.backup, PASSPHRASE)).key.exposePrivateJwk()).d)
    const secrets = [
      ...halves.flatMap((d) => [
        d,
        Buffer.from(d, 'base64url').toString('base64').replace(/=+$/, ''),
        Buffer.from(d, 'base64url').toString('hex'),
      ]),
      PASSPHRASE,
      Buffer.from(PASSPHRASE).toString('base64url'),
      licenseKey.body.key as string,
    ]
    const { rows: tables } = await sql<{
      name: string
    }>`SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`.execute(db)
    expect(tables.length).toBeGreaterThan(20)
    let dumped = 0
    for (const { name } of tables) {
      const { rows: dump } = await sql<{ row: string }>`SELECT row_to_json(t)::text AS row FROM ${sql.table(name)} t`.execute(db)
      dumped += dump.length
      const text = dump.map(({ row }) => row).join('\n')
      for (const [i, secret] of secrets.entries()) expect([name, i, text.includes(secret)]).toEqual([name, i, false])
    }
    expect(dumped).toBeGreaterThan(100)
    // The same dump does hold what is no secret, so the search looks at what is there.
    const { rows: publics } = await sql<{ row: string }>`SELECT row_to_json(t)::text AS row FROM signing_keys t`.execute(db)
    expect(publics.some(({ row }) => row.includes(root.key.x))).toBe(true)
    // A passphrase leaves no fingerprint either: it could be guessed against that.
    const { rows: kept } = await sql<{ key: string }>`SELECT key FROM idempotency`.execute(db)
    const keys = kept.map(({ key }) => key)
    expect([keys.includes('backup-once'), keys.includes('key-once')]).toEqual([false, true])
  })

  test('nodes that start together share one root', async () => {
    const { db, id, sealer, clock } = kit.authority.authority
    await db.deleteFrom('signing_keys').execute()
    const opened = await Promise.all(Array.from({ length: 4 }, () => openSigningKeys(db, { id, sealer, clock })))
    expect(new Set(opened.map(({ rootId }) => rootId)).size).toBe(1)
    expect(opened.filter(({ isNew }) => isNew)).toHaveLength(1)
    expect((await openSigningKeys(db, { id, sealer, clock })).isNew).toBe(false)
    expect((await done('GET', '/v1/signing-keys')).items).toHaveLength(2)
  })
})
