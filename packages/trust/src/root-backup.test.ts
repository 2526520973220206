import { beforeAll, expect, test } from 'vitest'
import { decodeBase64url, encodeBase64url } from './base64url.ts'
import { backUpRootKey, inspectRootBackup, type RootKey, restoreRootKey } from './root-backup.ts'
import { SigningKey } from './signing-key.ts'

const PASSPHRASE = 'correct horse battery staple'
let root: RootKey
let backup: string

beforeAll(async () => {
  root = { issuer: 'https://license.atlas.example', key: await SigningKey.generate(), createdAt: 1_767_225_600 }
  backup = await backUpRootKey(root, PASSPHRASE)
})

test('a backup restores the root key with its name and age', async () => {
  const restored = await restoreRootKey(backup, PASSPHRASE)
  expect(restored.issuer).toBe(root.issuer)
  expect(restored.createdAt).toBe(root.createdAt)
  expect(await restored.key.exposePrivateJwk()).toEqual(await root.key.exposePrivateJwk())
})

test('the key id is readable without the passphrase, the secret is not', async () => {
  expect(inspectRootBackup(backup)).toEqual({ keyId: root.key.kid })
  const { d } = await root.key.exposePrivateJwk()
  expect(backup.replaceAll('\n', '')).not.toContain(d)
})

test('at least 600,000 rounds stand before the key', () => {
  const header = headerOf(backup)
  expect(header).toMatchObject({ alg: 'PBES2-HS512+A256KW', enc: 'A256GCM', p2c: 600_000 })
})

test('a wrong passphrase is a typed error that repeats nothing', async () => {
  const error = await restoreRootKey(backup, `${PASSPHRASE}!`).catch((caught: unknown) => caught)
  expect(error).toMatchObject({ code: 'BACKUP_PASSPHRASE_WRONG' })
  expect((error as Error).cause).toBeUndefined()
  expect(String(error)).not.toContain('horse')
})

test('composed and decomposed letters are one passphrase', async () => {
  const text = await backUpRootKey(root, 'Gr\u00fc\u00dfe aus K\u00f6ln')
  expect((await restoreRootKey(text, 'Gru\u0308\u00dfe aus Ko\u0308ln')).key.kid).toBe(root.key.kid)
})

test('a passphrase of eleven characters is too short', async () => {
  await expect(backUpRootKey(root, 'elevenchars')).rejects.toMatchObject({ code: 'PASSPHRASE_TOO_SHORT', details: { minimum: 12 } })
})

test('two backups of one key are not alike', async () => {
  expect(await backUpRootKey(root, PASSPHRASE)).not.toBe(backup)
})

const broken: { name: string; change: (text: string) => string; code: string }[] = [
  { name: 'cut short', change: (text) => text.slice(0, 200), code: 'BACKUP_MALFORMED' },
  { name: 'with something before it', change: (text) => `x${text}`, code: 'BACKUP_MALFORMED' },
  { name: 'with fewer rounds', change: (text) => withHeader(text, { p2c: 1000 }), code: 'BACKUP_MALFORMED' },
  { name: 'with rounds for a week', change: (text) => withHeader(text, { p2c: 2_000_000_000 }), code: 'BACKUP_MALFORMED' },
  { name: 'with another algorithm', change: (text) => withHeader(text, { alg: 'dir' }), code: 'BACKUP_MALFORMED' },
  { name: 'with a critical extension', change: (text) => withHeader(text, { crit: ['x'], x: 1 }), code: 'BACKUP_MALFORMED' },
  { name: 'with the name of another key', change: (text) => withHeader(text, { kid: 'A'.repeat(43) }), code: 'BACKUP_PASSPHRASE_WRONG' },
]
for (const { name, change, code } of broken)
  test(`refuses a backup ${name}`, async () => {
    await expect(restoreRootKey(change(backup), PASSPHRASE)).rejects.toMatchObject({ code })
  })

function body(text: string): string {
  return text.split('\n').slice(1, -2).join('')
}

function headerOf(text: string): Record<string, unknown> {
  return JSON.parse(new TextDecoder().decode(decodeBase64url(body(text).split('.')[0] ?? '') as Uint8Array))
}

function withHeader(text: string, change: Record<string, unknown>): string {
  const changed = new TextEncoder().encode(JSON.stringify({ ...headerOf(text), ...change }))
  const joined = [encodeBase64url(changed), ...body(text).split('.').slice(1)].join('.')
  return `-----BEGIN WRIT ROOT KEY BACKUP-----\n${joined.replace(/.{64}/g, '$&\n').trimEnd()}\n-----END WRIT ROOT KEY BACKUP-----\n`
}
