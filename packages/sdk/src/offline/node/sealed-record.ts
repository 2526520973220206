import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { platform } from 'node:os'
import { dirname, join } from 'node:path'
import { anyText, armor, integer, list, parseStrictJson, record, text, unarmor } from '@writ/trust'
import type { ListName } from '../device-guard.ts'
import { DeviceError } from './device-error.ts'
import { type KeptSeat, MOST_SEATS } from './kept-seats.ts'
import { MOST_REVOKED, type RevokedKey } from './known-keys.ts'
import { MOST_WINDOWS, type SpentBook } from './spent.ts'

/** When the newest status list of a name that was ever seen was issued, epoch seconds. */
export interface SeenList extends ListName {
  readonly issued: number
}

/** Of all licences that a device ever had: many are in one list. */
export const MOST_LISTS = 64

/** All that a device remembers: in one piece, so that no part of it can be put back to an older one by itself. */
export interface DeviceRecord extends SpentBook {
  readonly version: 1
  /** Private half of the device key; absent: it is kept elsewhere. */
  readonly d?: string
  readonly x: string
  readonly proven: number
  readonly seen: number
  readonly activation?: { readonly id: string; readonly license: string; readonly issuer: string }
  /** The last number that was signed, of whichever activation, and the contact that is under way. */
  readonly counter: number
  readonly pending?: { readonly jti: string; readonly counter: number }
  /** From then on the device gives its place back, and uses it no more. */
  readonly leaving?: 'yes'
  readonly cloned?: 'yes'
  /** Of a version before: when the newest status list was issued, of the licence that it had. */
  readonly listed?: number
  readonly lists?: readonly SeenList[]
  /** Keys that it has heard are revoked: no file beside the record can be taken away to forget it. */
  readonly revoked?: readonly RevokedKey[]
  readonly seats?: readonly KeptSeat[]
}

/** To be raised with each new member, so that this version can say of a later one what it is. */
const VERSION = 1
const LABEL = 'WRIT DEVICE RECORD'
const MOST = 8_388_608
const time = integer(0, Number.MAX_SAFE_INTEGER)
const half = text(43, /^[A-Za-z0-9_-]{43}$/)
const yes = text(3, /^yes$/)
const RECORD = record(
  {
    version: integer(1, VERSION),
    x: half,
    proven: time,
    seen: time,
    counter: time,
    spent: list(record({ meter: text(256), from: time, until: time, used: time }, { license: text(256), told: time }), 0, MOST_WINDOWS),
  },
  {
    d: half,
    activation: record({ id: text(128), license: text(256), issuer: text(512) }),
    pending: record({ jti: text(64), counter: time }),
    leaving: yes,
    cloned: yes,
    listed: time,
    lists: list(record({ iss: text(512), uri: text(1_024), issued: time }), 0, MOST_LISTS),
    closed: time,
    seats: list(record({ license: text(256), identity: anyText(1_024) }, { until: time, leaseSeconds: time }), 0, MOST_SEATS),
    revoked: list(record({ iss: text(512), kid: half, at: time }), 0, MOST_REVOKED),
  },
)

/**
 * The file in which a device keeps its record: 0600, sealed by AES-256-GCM under a key that is derived from what the application gives.
 * An edit is noticed, and so is a part of an older record. It is no vault: whoever takes the application apart finds what it gives.
 */
export class SealedRecord {
  readonly #path: string
  readonly #secret: string

  constructor(folder: string, secret: string) {
    this.#path = join(folder, 'device')
    this.#secret = secret
  }

  /** @returns `undefined`: there is none @throws {DeviceError} DEVICE_RECORD_NEWER, DEVICE_RECORD_UNREADABLE */
  read(): DeviceRecord | undefined {
    let sealed: string
    try {
      sealed = readFileSync(this.#path, 'utf8')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
      throw new DeviceError('DEVICE_RECORD_UNREADABLE', undefined, { cause: error })
    }
    try {
      const bytes = Buffer.from(unarmor(LABEL, sealed, MOST), 'base64url')
      const salt = bytes.subarray(0, 16)
      const opener = createDecipheriv('aes-256-gcm', this.#key(salt), bytes.subarray(16, 28), { authTagLength: 16 })
      opener.setAuthTag(bytes.subarray(28, 44))
      return asRecord(Buffer.concat([opener.update(bytes.subarray(44)), opener.final()]))
    } catch (cause) {
      if (cause instanceof DeviceError) throw cause
      throw new DeviceError('DEVICE_RECORD_UNREADABLE', undefined, { cause })
    }
  }

  /** Whole or not at all, and on the disk when it returns; never what {@link read} would refuse. @throws {DeviceError} DEVICE_RECORD_UNWRITABLE */
  write(content: DeviceRecord): void {
    const plain = Buffer.from(JSON.stringify(content))
    try {
      asRecord(plain)
    } catch (cause) {
      throw new DeviceError('DEVICE_RECORD_UNWRITABLE', { why: (cause as Error).message }, { cause })
    }
    const salt = randomBytes(16)
    const iv = randomBytes(12)
    const sealer = createCipheriv('aes-256-gcm', this.#key(salt), iv, { authTagLength: 16 })
    const body = Buffer.concat([sealer.update(plain), sealer.final()])
    const sealed = armor(LABEL, Buffer.concat([salt, iv, sealer.getAuthTag(), body]).toString('base64url'))
    if (sealed.length > MOST) throw new DeviceError('DEVICE_RECORD_UNWRITABLE', { why: 'MOST_BYTES' })
    writeWhole(this.#path, sealed)
  }

  #key(salt: Uint8Array): Buffer {
    return Buffer.from(hkdfSync('sha256', this.#secret, salt, 'writ device record', 32))
  }
}

/** The one judge of what is read and of what is to be written: text that is no Unicode has the shape of a record, and no reader. */
function asRecord(bytes: Uint8Array): DeviceRecord {
  const json = parseStrictJson(bytes, { maxBytes: MOST, maxDepth: 4 })
  const { version } = json as { version?: unknown }
  if (typeof version === 'number' && version > VERSION) throw new DeviceError('DEVICE_RECORD_NEWER', { version })
  const fault = RECORD(json)
  if (fault !== undefined) throw new Error(`record${fault}`)
  return json as unknown as DeviceRecord
}

/**
 * Whole or not at all, and on the disk when it returns, its name too: after a power cut there is none before it.
 * @throws {DeviceError} DEVICE_RECORD_UNWRITABLE
 */
export function writeWhole(path: string, content: string): void {
  const draft = `${path}.new`
  try {
    writeFileSync(draft, content, { mode: 0o600 })
    synced(draft, 'r+')
    renameSync(draft, path)
    // Windows has no such thing for a folder, and keeps the order by itself.
    if (platform() !== 'win32') syncedFolder(dirname(path))
  } catch (error) {
    throw new DeviceError('DEVICE_RECORD_UNWRITABLE', { why: (error as NodeJS.ErrnoException).code }, { cause: error })
  }
}

/** What file systems say that have no such thing for a folder either, as some of networks and of containers. */
const NO_FOLDER_SYNC = new Set(['EINVAL', 'ENOTSUP', 'EPERM', 'EISDIR', 'EBADF'])

function syncedFolder(path: string): void {
  try {
    synced(path, 'r')
  } catch (error) {
    if (!NO_FOLDER_SYNC.has((error as NodeJS.ErrnoException).code ?? '')) throw error
  }
}

function synced(path: string, flags: string): void {
  const opened = openSync(path, flags)
  try {
    fsyncSync(opened)
  } finally {
    closeSync(opened)
  }
}
