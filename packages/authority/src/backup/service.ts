import { createHash, randomBytes } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { ApiError } from '../app/api-error.ts'
import type { Authority } from '../app/authority.ts'
import { unfit } from '../app/body-field.ts'
import type { By } from '../changes/mutate.ts'
import { type Reach, seesEverything } from '../enforcers/scope.ts'
import { encrypterFor, type Lock } from './age.ts'
import { linesOf } from './contents.ts'
import { FORM, type Header, type Manifest } from './format.ts'
import { markBackup, onSnapshot, readIdentity, readMigrations, readSequences, tableShapes } from './store.ts'

/** A backup that is whole, waiting to be fetched once. */
export interface Taken extends Manifest {
  /** SHA-256 of the encrypted bytes. */
  readonly sha256: Buffer
  readonly bytes: number
  readonly content: Readable
}

const SHORTEST_PASSPHRASE = 12
const underWay = new WeakSet<Authority>()

/**
 * Takes a backup while everything goes on: one snapshot of all tables, encrypted as it is read, put aside on disk, and given out when it
 * is whole. A slow reader therefore holds up no transaction, and a fault is an answer rather than half a file.
 * @param signal whoever asked went away
 * @throws {ApiError} REACH_TOO_NARROW, PASSPHRASE_TOO_SHORT, BACKUP_UNDER_WAY, REQUEST_INVALID
 */
export async function takeBackup(authority: Authority, by: By, reach: Reach, lock: Lock, signal: AbortSignal): Promise<Taken> {
  if (!seesEverything(reach)) throw new ApiError('REACH_TOO_NARROW')
  if ('passphrase' in lock && lock.passphrase.length < SHORTEST_PASSPHRASE) throw new ApiError('PASSPHRASE_TOO_SHORT')
  const encrypter = known(lock)
  if (underWay.has(authority)) throw new ApiError('BACKUP_UNDER_WAY')
  underWay.add(authority)
  const folder = await mkdtemp(join(tmpdir(), 'writ-backup-'))
  try {
    const id = `bak_${randomBytes(8).toString('hex')}`
    // Before the snapshot, so that the backup tells of itself.
    await authority.mutate(by, { action: 'backup.take', subject: `authority:${authority.id}` }, async (_tx, change) => {
      change.note({ backup: id, ...('recipients' in lock ? { recipients: lock.recipients } : { passphrase: true }) })
    })
    const file = join(folder, 'backup.age')
    const manifest = await write(authority, id, encrypter, file, signal)
    const handle = await open(file)
    const { size: bytes } = await handle.stat()
    await markBackup(authority.db, manifest.at)
    // Read back from the disk, so that what is told of a backup is told of what was written.
    return { ...manifest, bytes, sha256: await digestOf(createReadStream(file)), content: handle.createReadStream() }
  } finally {
    underWay.delete(authority)
    // What is open goes on being read, and no end of this process leaves it behind.
    await rm(folder, { recursive: true, force: true })
  }
}

function known(lock: Lock) {
  try {
    return encrypterFor(lock)
  } catch {
    throw unfit('/recipients', 'each must be an age recipient, age1…')
  }
}

async function write(
  { db, clock }: Authority,
  id: string,
  encrypter: ReturnType<typeof encrypterFor>,
  file: string,
  signal: AbortSignal,
): Promise<Manifest> {
  return onSnapshot(db, async (tx) => {
    const { id: authority, revision, incarnation } = await readIdentity(tx)
    const header: Header = {
      writ_backup: FORM,
      id,
      at: clock(),
      authority,
      incarnation,
      revision,
      migrations: await readMigrations(tx),
      tables: await tableShapes(tx),
      sequences: await readSequences(tx),
    }
    const counted: Record<string, number> = {}
    const compressed = createGzip()
    // Its outcome is that of the pipeline below: a fault of the store ends `compressed` with it.
    void pipeline(linesOf(tx, header, counted), compressed).catch(() => {})
    const encrypted = await encrypter.encrypt(Readable.toWeb(compressed) as ReadableStream<Uint8Array>)
    await pipeline(Readable.fromWeb(encrypted as never), createWriteStream(file, { mode: 0o600, flags: 'wx', flush: true }), { signal })
    const rows = Object.values(counted).reduce((sum, count) => sum + count, 0)
    return { id, at: header.at, authority, incarnation, revision, rows }
  })
}

async function digestOf(content: Readable): Promise<Buffer> {
  const digest = createHash('sha256')
  for await (const chunk of content) digest.update(chunk as Buffer)
  return digest.digest()
}
