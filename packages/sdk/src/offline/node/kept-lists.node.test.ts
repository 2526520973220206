import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { issueStatusList, PackedList } from '@writ/license'
import { scratchFolder } from '@writ/testing/scratch-folder'
import { issueKeyStatement, SigningKey } from '@writ/trust'
import { expect, test } from 'vitest'
import { KeptLists } from './kept-lists.ts'
import { Memory } from './memory.ts'
import { SealedRecord } from './sealed-record.ts'

const iss = 'writ:test'
const at = 1_800_000_000
const list = (n: number) => ({ iss, uri: `https://writ.example/status-lists/${n}` })
const [root, key] = [await SigningKey.generate(), await SigningKey.generate()]
const roots = [{ issuer: iss, key: root.publicJwk }]
const said = { iss, iat: at, jwk: key.publicJwk, use: 'status_list', products: 'all' as const, nbf: at, exp: at + 1e6 }
const statement = await issueKeyStatement(root, said)
const issued = (n: number, issuedAt = at) =>
  issueStatusList(
    { issuer: iss, uri: list(n).uri, issuedAt, expiresAt: issuedAt + 9, ttl: 300, list: PackedList.empty(2, 64) },
    { key, statement },
  )
const token = await issued(1)

/** A device as a version before left it, which kept one list and not its name. */
function left(status: string | undefined) {
  const folder = scratchFolder()
  const record = { version: 1, x: 'x'.repeat(43), proven: 0, seen: 0, counter: 0, spent: [], listed: at } as const
  const memory = new Memory(folder, new SealedRecord(folder, ''), record, () => {})
  if (status !== undefined) writeFileSync(join(folder, 'status'), status)
  return { folder, memory, lists: new KeptLists(memory, roots) }
}

test('the list that a version before kept is that of the licence which it names, whichever is opened first', async () => {
  const { lists, memory } = left(token)
  expect(await lists.newest(list(2))).toBe(undefined)
  expect([lists.seen(list(2)), lists.seen(list(1)), memory.record.listed]).toEqual([undefined, at, undefined])
  expect(await lists.newest(list(1))).toBe(token)
})

test('where it is gone, altered, or another than was kept, the licence that is opened first misses it', async () => {
  const [head, payload = '', signature] = token.split('.')
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString())
  const altered = Buffer.from(JSON.stringify({ ...claims, sub: list(1).uri, ttl: 301 })).toString('base64url')
  for (const status of [undefined, 'no list', `${head}.${altered}.${signature}`, await issued(1, at - 1)]) {
    const { lists } = left(status)
    expect(await lists.newest(list(2))).toBe(status)
    expect([lists.seen(list(2)), lists.seen(list(1))]).toEqual([at, undefined])
  }
})

test('where it cannot be filed it counts all the same, also after another list was heard', async () => {
  const { folder, lists, memory } = left(token)
  const [name = ''] = new KeptLists({ record: { lists: [{ ...list(1), issued: at }] } } as unknown as Memory, roots).files.slice(1)
  mkdirSync(join(folder, `${name}.new`))
  expect([await lists.newest(list(2)), await lists.newest(list(1))]).toEqual([undefined, token])
  lists.heard(list(2), 'heard', at + 5)
  expect([lists.seen(list(1)), lists.seen(list(2)), memory.record.listed]).toEqual([at, at + 5, at])
  rmSync(join(folder, `${name}.new`), { recursive: true })
  expect([await lists.newest(list(1)), await lists.newest(list(2))]).toEqual([token, 'heard'])
  expect([memory.record.listed, readdirSync(folder).includes('status')]).toEqual([undefined, false])
})
