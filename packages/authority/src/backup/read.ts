import { createHash, type Hash } from 'node:crypto'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { decrypterFor, type Opener } from './age.ts'
import { BackupError } from './backup-error.ts'
import { type End, FORM, type Header, type Manifest, type Row, type TableShape } from './format.ts'

/** Rows of one table that follow each other in a backup. */
export interface Part {
  readonly table: TableShape
  readonly rows: readonly Row[]
}

/** Longer than any row: a change of everything at once. Above it the file is not ours. */
const LONGEST_LINE = 256 << 20
const ROWS_IN_A_PART = 500

/**
 * Reads a backup from its first byte to its last, and holds it to what it says of itself.
 * @param each is handed the rows as they come: nothing is certain before this resolves
 * @throws {BackupError} BACKUP_LOCKED, BACKUP_DAMAGED, BACKUP_UNKNOWN_FORM, IDENTITY_MALFORMED; and what `each` throws
 */
export async function readBackup(
  source: Readable,
  opener: Opener,
  each: { header?: (header: Header) => Promise<void>; part?: (part: Part) => Promise<void> } = {},
): Promise<Manifest> {
  const plain = await opened(source, opener)
  const digest = createHash('sha256')
  let header: Header | undefined
  let table: TableShape | undefined
  let rows: Row[] = []
  let end: End['end'] | undefined
  const counted: Record<string, number> = {}
  const give = async (): Promise<void> => {
    if (rows.length > 0 && table !== undefined) await each.part?.({ table, rows })
    rows = []
  }
  for await (const line of linesIn(plain, digest)) {
    if (end !== undefined) throw new BackupError('BACKUP_DAMAGED', undefined)
    if (header === undefined) {
      header = headerIn(line.value)
      await each.header?.(header)
    } else if (Array.isArray(line.value)) {
      if (table === undefined || line.value.length !== table.columns.length) throw new BackupError('BACKUP_DAMAGED', undefined)
      counted[table.name] = (counted[table.name] ?? 0) + 1
      if (rows.push(line.value as Row) >= ROWS_IN_A_PART) await give()
    } else if (isEnd(line.value)) {
      await give()
      if (line.before !== line.value.end.sha256) throw new BackupError('BACKUP_DAMAGED', undefined)
      end = line.value.end
    } else {
      await give()
      const { table: name } = line.value as { table?: unknown }
      table = header.tables.find((shape) => shape.name === name)
      if (table === undefined) throw new BackupError('BACKUP_DAMAGED', undefined)
      counted[table.name] ??= 0
    }
  }
  if (header === undefined || end === undefined) throw new BackupError('BACKUP_DAMAGED', undefined)
  for (const { name } of header.tables) if (counted[name] !== end.rows[name]) throw new BackupError('BACKUP_DAMAGED', undefined)
  const { id, at, authority, incarnation, revision } = header
  return { id, at, authority, incarnation, revision, rows: Object.values(counted).reduce((sum, count) => sum + count, 0) }
}

/** Decrypted and inflated. age and gzip both know where they end, so that what is cut off is found out. */
async function opened(source: Readable, opener: Opener): Promise<AsyncIterable<Buffer>> {
  let decrypter: ReturnType<typeof decrypterFor>
  try {
    decrypter = decrypterFor(opener)
  } catch (cause) {
    throw new BackupError('IDENTITY_MALFORMED', undefined, { cause })
  }
  let decrypted: ReadableStream
  try {
    decrypted = await decrypter.decrypt(Readable.toWeb(source) as ReadableStream<Uint8Array>)
  } catch (cause) {
    // A disk that cannot be read is told as what it is.
    if (source.errored !== null) throw source.errored
    const isLocked = cause instanceof Error && /no identity matched/.test(cause.message)
    throw new BackupError(isLocked ? 'BACKUP_LOCKED' : 'BACKUP_DAMAGED', undefined, { cause })
  }
  const inflated = createGunzip()
  // What goes wrong there ends `inflated`, where it is met.
  void pipeline(Readable.fromWeb(decrypted as never), inflated).catch(() => {})
  return (async function* () {
    try {
      for await (const chunk of inflated) yield chunk as Buffer
    } catch (cause) {
      throw source.errored ?? new BackupError('BACKUP_DAMAGED', undefined, { cause })
    }
  })()
}

interface Line {
  readonly value: object
  /** The digest of all bytes before this line; only worked out where it is asked for. */
  readonly before: string
}

async function* linesIn(plain: AsyncIterable<Buffer>, digest: Hash): AsyncGenerator<Line> {
  let held: Buffer[] = []
  let length = 0
  for await (const chunk of plain) {
    let from = 0
    for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, from)) {
      const bytes = Buffer.concat([...held, chunk.subarray(from, at + 1)])
      held = []
      length = 0
      from = at + 1
      const value = parsed(bytes)
      yield {
        value,
        get before() {
          return digest.copy().digest('hex')
        },
      }
      digest.update(bytes)
    }
    held.push(chunk.subarray(from))
    length += chunk.length - from
    if (length > LONGEST_LINE) throw new BackupError('BACKUP_UNKNOWN_FORM', undefined)
  }
  if (length > 0) throw new BackupError('BACKUP_DAMAGED', undefined)
}

const NEWLINE = 10

function parsed(bytes: Buffer): object {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'))
    if (typeof value === 'object' && value !== null) return value
  } catch {
    // told apart from nothing below
  }
  throw new BackupError('BACKUP_UNKNOWN_FORM', undefined)
}

function headerIn(value: object): Header {
  const header = value as Partial<Header>
  const isOurs = header.writ_backup === FORM && Array.isArray(header.tables) && Array.isArray(header.migrations)
  if (!isOurs) throw new BackupError('BACKUP_UNKNOWN_FORM', undefined)
  return value as Header
}

function isEnd(value: object): value is End {
  return 'end' in value
}
