import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { LicenseError, makeUnlockCode, readUnlockCode } from '@writ/license'
import { anyText, integer, list, parseStrictJson, readKeySet, record, SigningKey, text } from '@writ/trust'
import { type Clock, systemClock } from '../../clock.ts'
import { lockFolder } from '../../node/folder-lock.ts'
import { type FileTrust, readFile } from '../read-file.ts'
import { atRest } from './at-rest.ts'
import { DeviceError, inUse } from './device-error.ts'
import { asKeySet, withRevoked } from './known-keys.ts'
import { SealedRecord, writeWhole } from './sealed-record.ts'

/** A node of a pool: a key that was made for it, its place, and its file. */
export interface PoolNode {
  readonly name: string
  readonly key: SigningKey
  readonly activation: { readonly id: string; readonly license: string; readonly issuer: string }
  /** Plain, or encrypted to a key that the site has. */
  readonly file: string
}

export interface Pool {
  /** To carry to the site, open to be seen: each node is sealed under its own code. */
  readonly text: string
  /** To keep here, and to read out one by one. */
  readonly codes: readonly { readonly name: string; readonly activation: string; readonly code: string }[]
}

export interface JoinOptions extends Pick<FileTrust, 'roots' | 'decryptionKey'> {
  /** Of the device that is to be; nothing is in it. */
  readonly folder: string
  readonly pool: string
  /** As it was read out; capitals, blanks and dashes do not matter. */
  readonly code: string
  readonly seal?: string
  /** What came with the pool of what `/.well-known/writ-keys` says: a key that is revoked there is so for this device. */
  readonly keySet?: string
  /** The signed list of files that a revoked key had issued before. */
  readonly fileLog?: string
  readonly clock?: Clock
}

const MOST_BYTES = 1 << 26
const MOST_NODES = 1_000
const POOL = record({
  pool: integer(1, 1),
  nodes: list(record({ name: text(128), sealed: text(200_000, /^[A-Za-z0-9_-]+$/) }), 1, MOST_NODES),
})
const NODE = record({
  d: text(43),
  x: text(43),
  id: text(128),
  license: text(256),
  issuer: text(512),
  file: anyText(98_304),
})

/** Seals nodes for a site that never has a network: who is read the code of one has its key and its file, and nobody else. */
export async function makePool(nodes: readonly PoolNode[]): Promise<Pool> {
  const codes: Pool['codes'][number][] = []
  const sealed: { name: string; sealed: string }[] = []
  for (const { name, key, activation, file } of nodes) {
    const code = makeUnlockCode()
    const { d, x } = await key.exposePrivateJwk()
    const salt = randomBytes(16)
    const iv = randomBytes(12)
    const sealer = createCipheriv('aes-256-gcm', keyOf(lettersOf(code), salt), iv, { authTagLength: 16 })
    const body = Buffer.concat([sealer.update(JSON.stringify({ d, x, ...activation, file })), sealer.final()])
    sealed.push({ name, sealed: Buffer.concat([salt, iv, sealer.getAuthTag(), body]).toString('base64url') })
    codes.push({ name, activation: activation.id, code })
  }
  return { text: `${JSON.stringify({ pool: 1, nodes: sealed }, undefined, 1)}\n`, codes }
}

/**
 * Makes this machine the node of a pool whose code was read out; then `openDevice` opens it.
 * @returns the name of the node
 * @throws {DeviceError} UNLOCK_CODE_REFUSED, DEVICE_OPTION_INVALID, LICENSE_FILE_REFUSED, DEVICE_IN_USE, DEVICE_RECORD_UNREADABLE
 * @throws {TrustError} KEY_SET_INVALID and what else a key set is refused for
 */
export async function joinPool(options: JoinOptions): Promise<string> {
  const { folder, roots, pool, code, seal = '', decryptionKey, fileLog, clock = systemClock } = options
  const { name, d, x, file, ...activation } = unlocked(pool, lettersOf(code))
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const unlock = lockFolder(folder, inUse)
  try {
    const record = new SealedRecord(folder, seal)
    // Another key here has a place of its own.
    if (record.read() !== undefined) throw new DeviceError('DEVICE_OPTION_INVALID', { option: 'folder' })
    const { kid } = await SigningKey.fromPrivateJwk({ kty: 'OKP', crv: 'Ed25519', x, d })
    const heard = options.keySet === undefined ? new Map() : await readKeySet(Buffer.from(options.keySet), { roots })
    const { revoked } = withRevoked([], heard)
    const { claims } = await readFile(file, { roots, decryptionKey, fileLog, keySet: asKeySet(revoked) }, Math.floor(clock() / 1000))
    if (claims.binding?.device_key !== kid) throw new LicenseError('DEVICE_MISMATCH', { binding: 'device_key' })
    const proven = claims.iat * 1000
    if (fileLog !== undefined) writeWhole(join(folder, 'file-log'), fileLog)
    writeWhole(join(folder, 'license'), await atRest(file, decryptionKey))
    // Last: a folder with a record is taken, and one where the disk was full before can be joined again.
    record.write({ version: 1, d, x, proven, seen: proven, counter: 0, spent: [], activation, ...(revoked.length > 0 && { revoked }) })
    return name
  } catch (error) {
    if (!(error instanceof LicenseError)) throw error
    throw new DeviceError('LICENSE_FILE_REFUSED', { code: error.code }, { cause: error })
  } finally {
    unlock()
  }
}

interface Unlocked {
  readonly name: string
  readonly d: string
  readonly x: string
  readonly id: string
  readonly license: string
  readonly issuer: string
  readonly file: string
}

/** The code says which node it is: it opens one and no other. */
function unlocked(pool: string, letters: string): Unlocked {
  for (const { name, sealed } of nodesOf(pool)) {
    const bytes = Buffer.from(sealed, 'base64url')
    try {
      const opener = createDecipheriv('aes-256-gcm', keyOf(letters, bytes.subarray(0, 16)), bytes.subarray(16, 28), { authTagLength: 16 })
      opener.setAuthTag(bytes.subarray(28, 44))
      const json = parseStrictJson(Buffer.concat([opener.update(bytes.subarray(44)), opener.final()]), { maxBytes: 1 << 18, maxDepth: 2 })
      if (NODE(json) === undefined) return { name, ...(json as object) } as Unlocked
    } catch {
      // sealed under another code
    }
  }
  throw new DeviceError('UNLOCK_CODE_REFUSED', { fault: 'unknown' })
}

function nodesOf(pool: string): readonly { readonly name: string; readonly sealed: string }[] {
  try {
    const json = parseStrictJson(Buffer.from(pool), { maxBytes: MOST_BYTES, maxDepth: 4 })
    if (POOL(json) === undefined) return (json as unknown as { nodes: { name: string; sealed: string }[] }).nodes
  } catch {
    // told below
  }
  throw new DeviceError('DEVICE_OPTION_INVALID', { option: 'pool' })
}

function lettersOf(code: string): string {
  const read = readUnlockCode(code)
  if ('fault' in read) throw new DeviceError('UNLOCK_CODE_REFUSED', { fault: read.fault.kind })
  return read.letters
}

/** A hash is enough: 120 random bits cannot be searched. */
function keyOf(letters: string, salt: Uint8Array): Buffer {
  return Buffer.from(hkdfSync('sha256', letters, salt, 'writ pool node', 32))
}
