import { readFileSync } from 'node:fs'
import { deflateSync } from 'node:zlib'
import { encodeBase64url, issueKeyStatement, SigningKey, signJws } from '@writ/trust'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { MAX_LIST_BYTES, PackedList, packList, type StatusBits, unpackList } from './packed-list.ts'
import { issueStatusList, MAX_STATUS_LENGTH, STATUS_USE, type VerifyStatusOptions, verifyStatusList } from './status-list.ts'

interface Vector {
  bits: StatusBits
  size: number
  set: [index: number, status: number][]
  lst: string
}
const { vectors } = JSON.parse(readFileSync(new URL('../../vectors/token-status-list.json', import.meta.url), 'utf8')) as {
  vectors: Vector[]
}

describe('a packed list', () => {
  test.each(vectors.map((vector) => [vector.bits, vector] as const))(
    'of %i bits is read as the draft has it',
    async (bits, { size, set, lst }) => {
      const list = await unpackList(bits, lst)
      expect(list.size).toBe(size)
      const told = new Map(set)
      const wrong: number[] = []
      for (let index = 0; index < size; index++) if (list.get(index) !== (told.get(index) ?? 0)) wrong.push(index)
      expect(wrong).toEqual([])
    },
  )

  test('is packed from the least significant bit on', () => {
    const one = new PackedList(1, new Uint8Array([0xb9, 0xa3]))
    expect(Array.from({ length: 16 }, (_, i) => one.get(i)).join('')).toBe('1001110111000101')
    const two = new PackedList(2, new Uint8Array([0xc9, 0x44, 0xf9]))
    expect(Array.from({ length: 12 }, (_, i) => two.get(i)).join('')).toBe('120301011233')
  })

  test('gives back what was set, whatever lies beside it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom<StatusBits>(1, 2, 4, 8),
        fc.array(fc.tuple(fc.nat(499), fc.nat(255)), { maxLength: 50 }),
        async (bits, sets) => {
          const list = PackedList.empty(bits, 500)
          const told = new Map<number, number>()
          for (const [index, status] of sets) {
            const fitting = status % (1 << bits)
            list.set(index, fitting)
            told.set(index, fitting)
          }
          const again = await unpackList(bits, await packList(list))
          for (let index = 0; index < 500; index++) expect(again.get(index)).toBe(told.get(index) ?? 0)
        },
      ),
      { numRuns: 50 },
    )
  })

  test('has no place beyond its end, and none before its beginning', () => {
    const list = PackedList.empty(2, 8)
    for (const index of [8, -1, 0.5, Number.NaN, 2 ** 40])
      expect(() => list.get(index)).toThrow(expect.objectContaining({ code: 'STATUS_INDEX_UNKNOWN' }))
    expect(() => list.set(0, 4)).toThrow(RangeError)
  })

  test('that stands for more than may be is refused before it is unpacked, as is what does not unpack', async () => {
    const bomb = encodeBase64url(deflateSync(Buffer.alloc(MAX_LIST_BYTES * 50)))
    expect(bomb.length).toBeLessThan(100_000)
    for (const lst of [bomb, 'AAAA', '', '!']) await expect(unpackList(1, lst)).rejects.toMatchObject({ code: 'STATUS_LIST_INVALID' })
    expect((await unpackList(8, encodeBase64url(deflateSync(Buffer.alloc(MAX_LIST_BYTES))))).size).toBe(MAX_LIST_BYTES)
  })
})

describe('a status list', () => {
  const NOW = 1_790_000_000
  const uri = 'https://writ.example/status-lists/1'
  let root: SigningKey
  let key: SigningKey
  let statement: string
  const stated = (more: object = {}, by: SigningKey = root) =>
    issueKeyStatement(by, {
      iss: 'aut_1',
      iat: NOW,
      jwk: key.publicJwk,
      use: STATUS_USE,
      products: 'all',
      nbf: NOW - 10,
      exp: NOW + 10_000,
      ...more,
    })
  const list = () => {
    const made = PackedList.empty(2, 1024)
    made.set(7, 1)
    made.set(8, 2)
    return { issuer: 'aut_1', uri, issuedAt: NOW, expiresAt: NOW + 3_600, ttl: 300, list: made }
  }
  const verify = (token: string, more: Partial<VerifyStatusOptions> = {}) =>
    verifyStatusList(token, { roots: [{ issuer: 'aut_1', key: root.publicJwk }], issuer: 'aut_1', uri, now: NOW + 1, ...more })
  const codeOf = (done: Promise<unknown>): Promise<string> =>
    done.then(
      () => 'holds',
      ({ code }: { code: string }) => code,
    )

  beforeAll(async () => {
    root = await SigningKey.generate()
    key = await SigningKey.generate()
    statement = await stated()
  })

  test('says of each place what was signed, for as long as it holds', async () => {
    const token = await issueStatusList(list(), { key, statement })
    const verified = await verify(token)
    expect([6, 7, 8].map((index) => verified.list.get(index))).toEqual([0, 1, 2])
    expect(verified).toMatchObject({ issuedAt: NOW, expiresAt: NOW + 3_600, ttl: 300 })
    expect(await codeOf(verify(token, { now: NOW + 3_599 }))).toBe('holds')
    expect(await codeOf(verify(token, { now: NOW + 3_600 }))).toBe('STATUS_EXPIRED')
    expect(await codeOf(verify(token, { now: NOW - 61 }))).toBe('STATUS_FROM_THE_FUTURE')
    expect(await codeOf(verify(token, { uri: `${uri}0` }))).toBe('STATUS_SUBJECT_MISMATCH')
    expect(await codeOf(verify(token, { issuer: 'aut_2' }))).toBe('STATUS_ISSUER_MISMATCH')
    expect(await codeOf(verify(token, { seen: NOW }))).toBe('holds')
    expect(await codeOf(verify(token, { seen: NOW + 1 }))).toBe('STATUS_OLDER')
  })

  test('is signed by a key of its own use that a pinned root vouches for, and that is not revoked', async () => {
    const by = async (more: object, from: SigningKey = root) => issueStatusList(list(), { key, statement: await stated(more, from) })
    expect(await codeOf(verify(await by({ use: 'license' })))).toBe('STATUS_KEY_REFUSED')
    expect(await codeOf(verify(await by({ products: ['atlas'] })))).toBe('STATUS_KEY_REFUSED')
    expect(await codeOf(verify(await by({ revoked_at: NOW + 1 })))).toBe('STATUS_KEY_REFUSED')
    expect(await codeOf(verify(await by({}, await SigningKey.generate())))).toBe('STATUS_KEY_REFUSED')
    const other = await SigningKey.generate()
    expect(await codeOf(verify(await issueStatusList(list(), { key: other, statement })))).toBe('STATUS_KEY_REFUSED')
    const said = (iss: string) => ({ keySet: new Map([[key.kid, { iss, revoked_at: NOW }]]) })
    const token = await issueStatusList(list(), { key, statement })
    expect(await codeOf(verify(token, said('aut_1')))).toBe('STATUS_KEY_REFUSED')
    // Of its own keys alone.
    expect(await codeOf(verify(token, said('aut_2')))).toBe('holds')
  })

  test('of another type, changed or too long is none', async () => {
    const token = await issueStatusList(list(), { key, statement })
    const profile = { typ: 'writ-license+jws', extra: ['key_statement'], maxLength: MAX_STATUS_LENGTH }
    expect(await codeOf(verify(await signJws({}, key, profile, { key_statement: statement })))).toBe('STATUS_TYPE_REFUSED')
    const sign = (said: object) => signJws(said, key, { ...profile, typ: 'statuslist+jwt' }, { key_statement: statement })
    expect(await codeOf(verify(await sign({ iss: 'aut_1', sub: uri })))).toBe('STATUS_PAYLOAD_INVALID')
    expect(await codeOf(verify('x'.repeat(MAX_STATUS_LENGTH + 1)))).toBe('STATUS_TOO_LARGE')
    await fc.assert(
      fc.asyncProperty(fc.nat(token.length - 1), fc.integer({ min: 33, max: 126 }), async (at, code) => {
        const changed = token.slice(0, at) + String.fromCharCode(code) + token.slice(at + 1)
        expect(await codeOf(verify(changed))).toMatch(changed === token ? /^holds$/ : /^STATUS_/)
      }),
      { numRuns: 200 },
    )
  })
})
