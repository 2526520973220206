import { beforeAll, describe, expect, test } from 'vitest'
import { useKit } from './kit.ts'
import { type Answer, type Call, onBothStores } from './support.ts'

const CSV = { 'content-type': 'text/csv' }
const LINES = { 'content-type': 'application/x-ndjson' }

onBothStores('import and export', (open) => {
  const kit = useKit(open)
  const { done } = kit
  let next = 0

  /** Imports a text whole. @returns the import and its report */
  async function imported(kind: string, text: string, more: { format?: string; dry_run?: boolean; call?: Call } = {}) {
    const { format = 'csv', call = kit.call, dry_run = false } = more
    const id = `import-${next++}`
    expect((await call('POST', '/v1/imports', { id, kind, format, dry_run })).status).toBe(201)
    const answer = await call('POST', `/v1/imports/${id}/rows`, text, format === 'csv' ? CSV : LINES)
    const { body } = await call('GET', `/v1/imports/${id}/faults`)
    return { id, answer, report: body.items as { row: number; line: number; column?: string; code: string; detail: string }[] }
  }
  const counts = ({ body: { state, rows, created, changed, unchanged, refused } }: Answer) => ({
    state,
    rows,
    created,
    changed,
    unchanged,
    refused,
  })
  const exported = async (kind: string, format = 'csv', call = kit.call): Promise<string> => {
    const { status, text } = await call('GET', `/v1/exports/${kind}?format=${format}`)
    expect([kind, status]).toEqual([kind, 200])
    return text
  }

  beforeAll(async () => {
    await done('POST', '/v1/organizations', { id: 'globex', title: 'Globex' })
  })

  test('good rows are done, and each of the others is reported with its line, column and reason', async () => {
    const text = [
      'id,name,in,attributes,status',
      'i-ann,"Ann ""A"", the first",acme=viewer,"{""email"":""ann@example.com""}",',
      'i-ben,Ben,acme=viewer globex=keeper,,suspended',
      '',
      'i cat,Cat,,,',
      'i-dan,"Dan',
      'of two lines",acme=viewer,,',
      'i-eve,Eve,nowhere=viewer,,',
      'i-fay,Fay,acme,,',
      'i-gus,Gus,,"{broken",',
      'i-hal,Hal,,,gone',
      'i-ida,Ida',
      'i-ann,Ann B,acme=viewer,,',
      'i-jim,=1+1,,,',
    ].join('\r\n')
    const { answer, report } = await imported('identities', text)
    expect(answer.status).toBe(200)
    expect(counts(answer)).toEqual({ state: 'done', rows: 11, created: 3, changed: 1, unchanged: 0, refused: 7 })
    expect(report.map(({ row, line, column, code }) => [row, line, column, code])).toEqual([
      [3, 5, 'id', 'ROW_INVALID'],
      [4, 6, 'name', 'ROW_INVALID'],
      [5, 8, undefined, 'ORGANIZATION_UNKNOWN'],
      [6, 9, 'in', 'ROW_INVALID'],
      [7, 10, 'attributes', 'ROW_INVALID'],
      [8, 11, 'status', 'ROW_INVALID'],
      [9, 12, undefined, 'ROW_INVALID'],
    ])
    expect(await done('GET', '/v1/identities/i-ann')).toMatchObject({
      name: 'Ann B',
      in: { acme: ['viewer'] },
      attributes: { email: 'ann@example.com' },
      version: 2,
    })
    expect(await kit.ask('i-ann')).toBe('no_license')
    expect(await done('GET', '/v1/identities/i-ben')).toMatchObject({ status: 'suspended', in: { acme: ['viewer'], globex: ['keeper'] } })
    expect(await done('GET', '/v1/identities/i-jim')).toMatchObject({ name: '=1+1' })
  })

  test('rows of a batch are one change and one row of the audit', async () => {
    const before = kit.authority.authority.world.revision
    const { id } = await imported('organizations', `id,title\n${Array.from({ length: 40 }, (_, i) => `o-${i},O ${i}`).join('\n')}\n`)
    expect(kit.authority.authority.world.revision).toBe(before + 2) // begun, and done
    const { items } = await done('GET', `/v1/audit?subject=import:${id}`)
    expect(items[0]).toMatchObject({ action: 'import.organizations', detail: { from: 1, to: 40, rows: expect.arrayContaining(['o-39']) } })
  })

  test('the same again changes nothing', async () => {
    const text = 'id,title,roles\nsame,Same,"{""own"":[""view""]}"\n'
    expect(counts((await imported('organizations', text)).answer)).toMatchObject({ created: 1 })
    const before = kit.authority.authority.world.revision
    expect(counts((await imported('organizations', text)).answer)).toMatchObject({ created: 0, changed: 0, unchanged: 1 })
    expect(kit.authority.authority.world.revision).toBe(before + 1) // begun
    expect(counts((await imported('organizations', text.replace('Same', 'Other'))).answer)).toMatchObject({ changed: 1 })
  })

  test('a dry run says what would become of each row, and does nothing', async () => {
    const { answer, report } = await imported('organizations', 'id,title\ndry,Dry\ndry 2,Dry\n', { dry_run: true })
    expect(counts(answer)).toEqual({ state: 'done', rows: 2, created: 1, changed: 0, unchanged: 0, refused: 1 })
    expect(report).toHaveLength(1)
    expect((await kit.call('GET', '/v1/organizations/dry')).status).toBe(404)
  })

  describe('an import that broke off', () => {
    const line = (i: number) => JSON.stringify({ id: `r-${i}`, kind: 'ssh' })
    const lines = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => `${line(from + i)}\n`).join('')
    const begin = (id: string) => done('POST', '/v1/imports', { id, kind: 'resources', format: 'jsonl' })
    const send = (id: string, text: string, query = '') => kit.call('POST', `/v1/imports/${id}/rows${query}`, text, LINES)

    test('goes on with the next part, or with all of it again', async () => {
      await begin('parts')
      expect(counts(await send('parts', lines(0, 3), '?more=true'))).toMatchObject({ state: 'open', rows: 3, created: 3 })
      expect(counts(await send('parts', `${lines(3, 5)}nonsense\n`, '?after=3&more=true'))).toMatchObject({
        rows: 6,
        created: 5,
        refused: 1,
      })
      expect((await done('GET', '/v1/imports/parts/faults')).items).toMatchObject([{ row: 6, line: 6, code: 'ROW_MALFORMED' }])
      expect(counts(await send('parts', `${lines(0, 5)}nonsense\n${lines(6, 8)}`))).toMatchObject({ state: 'done', rows: 8, created: 7 })
      expect(await done('GET', '/v1/imports/parts')).toMatchObject({ state: 'done', rows: 8, kind: 'resources' })
    })

    test('goes on nowhere else, and with nothing else', async () => {
      await begin('strict')
      await send('strict', lines(0, 3), '?more=true')
      const code = async (answer: Promise<Answer>) => (await answer).body.code
      expect(await code(send('strict', lines(2, 5), '?after=2'))).toBe('IMPORT_PLACE_WRONG')
      expect(await code(send('strict', lines(4, 5), '?after=4'))).toBe('IMPORT_PLACE_WRONG')
      expect(await code(send('strict', lines(7, 12)))).toBe('IMPORT_DIFFERS')
      expect(await code(send('strict', lines(0, 2)))).toBe('IMPORT_DIFFERS')
      expect(await code(kit.call('POST', '/v1/imports', { id: 'strict', kind: 'seats', format: 'jsonl' }))).toBe('IMPORT_EXISTS')
      expect((await begin('strict')).rows).toBe(3)
    })

    test('of two who send it at once, each row is done once', async () => {
      await begin('twice')
      const answers = await Promise.all([send('twice', lines(100, 160)), send('twice', lines(100, 160))])
      for (const { status, body } of answers)
        expect([status, body.code]).toBeOneOf([
          [200, undefined],
          [409, 'IMPORT_UNDER_WAY'],
        ])
      expect(await done('GET', '/v1/imports/twice')).toMatchObject({ rows: 60, created: 60, unchanged: 0 })
    })
  })

  describe('what is hostile or broken', () => {
    test('names no column that is not there', async () => {
      const { answer, report } = await imported('organizations', 'id,title,__proto__\na,A,{}\n')
      expect([answer.status, answer.body.code]).toEqual([422, 'IMPORT_UNREADABLE'])
      expect(report).toMatchObject([{ row: 1, line: 1, column: '__proto__', code: 'COLUMN_UNKNOWN' }])
      const { report: again } = await imported(
        'organizations',
        '{"id":"pol","title":"P","__proto__":{"roles":{}}}\n{"id":"c","code":"x","detail":"y"}\n',
        { format: 'jsonl' },
      )
      expect(again.map(({ code }) => code)).toEqual(['ROW_INVALID', 'ROW_INVALID'])
      expect((await kit.call('GET', '/v1/organizations/pol')).status).toBe(404)
    })

    test('a quote in the middle of a cell is a character like others', async () => {
      const { answer } = await imported('organizations', 'id,title\np-1,One\np-2,5" pipe\np-3,"Fo""ur"\n')
      expect(counts(answer)).toMatchObject({ rows: 3, created: 3 })
      expect((await done('GET', '/v1/organizations/p-2')).title).toBe('5" pipe')
      expect((await done('GET', '/v1/organizations/p-3')).title).toBe('Fo"ur')
    })

    test('a quote that is not closed ends the reading; what was before it is done, and mended it goes on', async () => {
      await done('POST', '/v1/imports', { id: 'quote', kind: 'organizations', format: 'csv' })
      const send = (text: string) => kit.call('POST', '/v1/imports/quote/rows', text, CSV)
      const broken = await send(`id,title\nq-1,One\nq-2,"Two\nq-3,Three\n`)
      expect([broken.status, broken.body.code]).toEqual([422, 'IMPORT_UNREADABLE'])
      expect(broken.body.errors[0].detail).toContain('line 3')
      await send(`id,title\nq-1,One\nq-2,"Two\nq-3,Three\n`)
      expect(await done('GET', '/v1/imports/quote')).toMatchObject({ state: 'open', rows: 1, created: 1 })
      expect(counts(await send('id,title\nq-1,One\nq-2,"Two"\nq-3,Three\n'))).toMatchObject({ state: 'done', rows: 3, created: 3 })
      expect((await done('GET', '/v1/imports/quote/faults')).items).toEqual([])
    })

    test('a line too long is passed over, and what is not UTF-8 is told of', async () => {
      const long = JSON.stringify({ id: 'long', title: 'x'.repeat(1 << 20) })
      const { answer, report } = await imported('organizations', `${long}\n{"id":"short","title":"Short"}\n`, { format: 'jsonl' })
      expect(counts(answer)).toMatchObject({ rows: 2, created: 1, refused: 1 })
      expect(report).toMatchObject([{ line: 1, code: 'ROW_TOO_LARGE' }])
      const csv = await imported('organizations', `id,title\na,"${'x'.repeat(2 << 20)}`)
      expect([csv.answer.body.code, csv.report[0]?.code]).toEqual(['IMPORT_UNREADABLE', 'ROW_TOO_LARGE'])

      await done('POST', '/v1/imports', { id: 'latin', kind: 'organizations', format: 'csv' })
      const body = Buffer.from('\ufeffid,title\nlat-1,Caf\u00e9\nlat-2,Cafe\n', 'utf8')
      const latin = Buffer.concat([body.subarray(0, 21), Buffer.from([0xe9]), body.subarray(23)])
      const { url } = kit.authority
      const { key } = await done('POST', '/v1/api-keys', { name: 'k', scopes: ['manage:*'] })
      await fetch(`${url}/v1/imports/latin/rows`, { method: 'POST', body: latin, headers: { ...CSV, authorization: `Bearer ${key}` } })
      const { key: other } = await done('POST', '/v1/api-keys', { name: 'k', scopes: ['manage:*'], organizations: ['acme'] })
      expect((await kit.authority.as(other)('GET', '/v1/imports/latin')).status).toBe(404)
      expect(await done('GET', '/v1/imports/latin')).toMatchObject({ rows: 2, created: 1, refused: 1 })
      expect((await done('GET', '/v1/imports/latin/faults')).items).toMatchObject([{ row: 1, line: 2, code: 'ROW_ENCODING' }])
    })

    test('a body of another media type is not taken', async () => {
      await done('POST', '/v1/imports', { id: 'media', kind: 'organizations', format: 'csv' })
      for (const type of ['application/json', 'text/plain', undefined]) {
        const { status } = await kit.call(
          'POST',
          '/v1/imports/media/rows',
          type === undefined ? undefined : '{}',
          type === undefined ? {} : { 'content-type': type },
        )
        expect([type, status]).toEqual([type, 415])
      }
    })
  })

  test('a credential imports what it could make one by one, and exports what it sees', async () => {
    const { key } = await done('POST', '/v1/api-keys', {
      name: 'acme',
      scopes: ['manage:identities', 'manage:organizations'],
      organizations: ['acme'],
    })
    const call = kit.authority.as(key)
    await done('POST', '/v1/identities', { id: 'n-gus', in: { globex: [] } })
    await done('POST', '/v1/identities', { id: 'n-two', in: { acme: ['viewer'], globex: ['keeper'] } })
    const text =
      'id,name,in\nn-ann,Ann,acme=viewer\nn-gus,Gus,acme=viewer\nn-eve,Eve,globex=viewer\nn-zoe,Zoe,\nn-two,Two,\nn-two,,acme=keeper\n'
    const { answer, report } = await imported('identities', text, { call })
    expect(counts(answer)).toMatchObject({ created: 1, changed: 1, refused: 4 })
    expect(report.map(({ code }) => code)).toEqual(['IDENTITY_EXISTS', 'ORGANIZATION_UNKNOWN', 'REACH_TOO_NARROW', 'REACH_TOO_NARROW'])
    expect(await done('GET', '/v1/identities/n-two')).toMatchObject({ in: { acme: ['keeper'], globex: ['keeper'] } })
    expect((await imported('organizations', 'id,title\nforeign,F\n', { call })).report[0]?.code).toBe('ORGANIZATION_UNKNOWN')
    expect((await imported('resources', 'id,kind\nforeign,ssh\n', { call })).report[0]?.code).toBe('REACH_TOO_NARROW')
    const seen = await exported('identities', 'csv', call)
    expect(seen).toContain('n-two,human,active,,acme=keeper,')
    expect(seen).not.toMatch(/n-gus|globex/)
    expect((await call('POST', '/v1/imports', { kind: 'licenses', format: 'csv' })).body).toMatchObject({
      code: 'SCOPE_MISSING',
      scope: 'manage:licenses',
    })
    expect((await call('GET', '/v1/exports/licenses?format=csv')).status).toBe(403)
  })

  test('licences and seats come with their dates and standing, and one that is there is not touched', async () => {
    await done('POST', '/v1/identities', { id: 's-ann', in: { acme: ['viewer'] } })
    const text = [
      'id,product,plan,organization,holder,starts,ends,trial,suspended,past_due_since',
      'l-1,kit,small,acme,,2026-11-01T00:00:00Z,2027-06-30T22:00:00Z,,,',
      'l-2,kit,small,acme,,2026-11-20T00:00:00Z,,true,,',
      'l-3,kit,open,,s-ann,,,,true,',
      'l-4,kit,small,acme,,,2027-01-01T00:00:00Z,,,2026-11-22T00:00:00Z',
      'l-5,kit,none,acme,,,,,,',
      'l-6,kit,small,acme,s-ann,,,,,',
      'l-7,kit,small,acme,,soon,,,,',
    ].join('\n')
    const { answer, report } = await imported('licenses', text)
    expect(counts(answer)).toMatchObject({ created: 4, refused: 3 })
    expect(report.map(({ row, column, code }) => [row, column, code])).toEqual([
      [5, undefined, 'PLAN_UNKNOWN'],
      [6, 'organization', 'ROW_INVALID'],
      [7, 'starts', 'ROW_INVALID'],
    ])
    const states = await Promise.all(['l-1', 'l-2', 'l-3', 'l-4'].map(async (id) => (await done('GET', `/v1/licenses/${id}`)).state))
    expect(states).toEqual(['in_force', 'in_force', 'license_suspended', 'in_grace'])
    expect(counts((await imported('licenses', text)).answer)).toMatchObject({ created: 0, unchanged: 4, refused: 3 })
    expect((await imported('licenses', 'id,product,plan,organization\nl-1,kit,pool,acme\n')).report[0]?.code).toBe('LICENSE_EXISTS')
    expect(counts((await imported('seats', 'license,identity\nl-1,s-ann\nl-1,nobody\n')).answer)).toMatchObject({ created: 1, refused: 1 })
    expect(await exported('seats')).toBe('license,identity\nl-1,s-ann\n')
  })

  test('a dry run says at its end who would lose what; rows that take from more than a few are held, with those before them', async () => {
    for (const id of ['hold', 'empty']) await done('POST', '/v1/organizations', { id, title: id })
    await done('POST', '/v1/licenses', { product: 'kit', plan: 'open', organization: 'hold' })
    const ids = Array.from({ length: 8 }, (_, n) => `h-${n}`)
    await kit.people('hold', ...ids)
    const gone = (some: readonly string[]) => ['id,in', ...some.map((id) => `${id},empty=viewer`)].join('\n')
    const dry = await imported('identities', gone(ids), { dry_run: true })
    expect(dry.answer.body.impact).toMatchObject({ losing: 8, products: [{ product: 'kit', losing: 8 }] })
    expect(dry.answer.headers.get('writ-impact')).toContain('losing=8')

    await done('POST', '/v1/imports', { id: 'held', kind: 'identities', format: 'csv' })
    const send = (query: string, text: string, more?: Record<string, string>) =>
      kit.call('POST', `/v1/imports/held/rows${query}`, text, { ...CSV, ...more })
    expect((await send('?more=true', gone(ids.slice(0, 4)))).body).toMatchObject({ rows: 4, changed: 4 })
    const held = await send('?after=4', gone(ids.slice(4)))
    expect([held.status, held.body.code, held.body.impact.losing, held.body.taken_before]).toEqual([409, 'CONFIRMATION_REQUIRED', 4, 4])
    expect(await kit.ask('h-7')).toBe('allowed')
    const word = { 'writ-confirmation': held.body.confirmation.token }
    expect((await send('?after=4', gone(['h-4', 'h-5', 'h-6']), word)).body.code).toBe('CONFIRMATION_REQUIRED')
    const sent = await send('?after=4', gone(ids.slice(4)), word)
    expect([sent.status, sent.body.state, sent.body.changed]).toEqual([200, 'done', 8])
    expect(await kit.ask('h-7')).toBe('no_license')
  })

  test('an export of the members of one organization', async () => {
    const { text } = await kit.call('GET', '/v1/exports/identities?format=jsonl&organization=globex')
    expect(
      text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).id),
    ).toEqual(['i-ben', 'n-gus', 'n-two'])
  })
})
