import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync, renameSync, rmSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Command } from 'commander'
import { act } from '../act.ts'
import { CliError } from '../cli-error.ts'
import { connectPatiently, readText } from '../connection.ts'
import type { Io } from '../io.ts'
import { passphraseOf } from '../passphrase.ts'
import { progressBar } from '../progress.ts'
import { card } from '../table.ts'

interface Locking {
  readonly out?: string
  readonly passphraseFile?: string
  readonly recipient: readonly string[]
}
interface Opening {
  readonly passphraseFile?: string
  readonly identity?: string
}

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value]

export function backupCommands(program: Command, io: Io): void {
  const backup = program
    .command('backup')
    .description('take a backup of the whole store while it serves: encrypted, and read back. The master key is not in it')
    .option('--out <file>', 'a new file, 0600 (default AUTHORITY-REVISION.writ.age)')
    .option('--passphrase-file <file>', 'a file that holds the passphrase; without it and on a terminal, it is asked for')
    .option('-r, --recipient <age1…>', 'who can open it, instead of a passphrase; may be repeated', collect, [])
  act<Locking>(backup, io, async (_args, options) => {
    const lock =
      options.recipient.length > 0
        ? { recipients: [...options.recipient] }
        : { passphrase: await passphraseOf(options.passphraseFile, io, true, 'Give it by --passphrase-file, or name a --recipient.') }
    if (options.out !== undefined) refuseTaken(options.out)
    const { data, response } = await connectPatiently(io).POST('/v1/backups', { body: lock, parseAs: 'stream' })
    const headers = response.headers
    const [, name = 'backup.writ.age'] = /filename="([\w.-]+)"/.exec(headers.get('content-disposition') ?? '') ?? []
    const file = resolve(options.out ?? name)
    refuseTaken(file)
    const bytes = await store(data as unknown as ReadableStream, file, Number(headers.get('content-length')), io)
    const sent = headers.get('repr-digest')
    if (sent !== `sha-256=:${await digestOf(file)}:`) {
      rmSync(file)
      throw new CliError('FILE_UNWRITABLE', 'What was written is not what was sent. It is not kept.', 'Is the disk well? Take it again.')
    }
    const checked = lock.passphrase === undefined ? undefined : await opened(file, { passphrase: lock.passphrase }, io)
    const known = {
      file,
      bytes,
      id: headers.get('writ-backup'),
      revision: Number(headers.get('writ-revision')),
      rows: Number(headers.get('writ-rows')),
      verified: checked === undefined ? 'bytes' : 'rows',
    }
    const text = card(
      `${io.paint.green('✓')} ${file}`,
      [
        ['backup', known.id ?? undefined],
        ['revision', known.revision],
        ['rows', known.rows],
        ['bytes', bytes],
        ['verified', checked === undefined ? 'every byte is as sent; `writ backup verify --identity` opens it' : 'read back, every row'],
        ['keep too', 'the master key file and the backup of the root key: neither is in it'],
      ],
      io.paint,
    )
    return { data: known, text }
  })

  const verify = backup
    .command('verify')
    .description('check every part of a backup, without a store')
    .argument('<file>')
    .option('--passphrase-file <file>', 'a file that holds the passphrase')
    .option('-i, --identity <file>', 'a file with an age identity, for one locked to recipients')
  act<Opening>(verify, io, async ([file = ''], options) => {
    const manifest = await opened(file, await openerOf(options, io), io)
    return { data: { file, ...shown(manifest) }, text: manifestCard(`${io.paint.green('✓')} ${file} is whole`, manifest, io) }
  })

  const restore = program
    .command('restore')
    .description('fill an empty store from a backup, all of it or nothing; no authority may be running on it')
    .argument('<file>')
    .option('--database <url>', 'an empty PostgreSQL database or a new folder; over WRIT_DATABASE_URL (default ./.writ)')
    .option('--passphrase-file <file>', 'a file that holds the passphrase')
    .option('-i, --identity <file>', 'a file with an age identity, for one locked to recipients')
  act<Opening & { database?: string }>(restore, io, async ([file = ''], options) => {
    const opener = await openerOf(options, io)
    const { readConfig, restoreFile } = await import('@writ/authority')
    const config = readConfig({ ...io.env, ...(options.database !== undefined && { WRIT_DATABASE_URL: options.database }) })
    // Once through before the store is touched: a damaged file costs no half hour of filling and undoing.
    await opened(file, opener, io)
    const bar = progressBar(io, 'restoring', sizeOf(file))
    const restored = await restoreFile(file, opener, config, bar.at).finally(bar.end)
    const text = [
      manifestCard(`${io.paint.green('✓')} restored`, restored, io),
      `  It goes on at revision ${restored.newRevision}, as incarnation ${restored.newIncarnation}.`,
      `  ${io.paint.yellow('!')} What came after the backup is gone: keys, identities and licences revoked since are good again,`,
      '    and units used since can be used once more. Go through them before you let it serve.',
      '  next: writ doctor, then writ serve',
    ].join('\n')
    const { newIncarnation, newRevision, migrated, masterKey } = restored
    return {
      data: { ...shown(restored), new_incarnation: newIncarnation, new_revision: newRevision, migrated, master_key: masterKey },
      text,
    }
  })
}

interface Manifest {
  readonly id: string
  readonly at: number
  readonly authority: string
  readonly incarnation: string
  readonly revision: number
  readonly rows: number
}

function shown({ id, at, authority, incarnation, revision, rows }: Manifest) {
  return { id, taken_at: new Date(at).toISOString(), authority, incarnation, revision, rows }
}

function manifestCard(title: string, manifest: Manifest, { paint }: Io): string {
  const { id, taken_at, authority, revision, rows } = shown(manifest)
  return card(
    title,
    [
      ['backup', id],
      ['taken', taken_at],
      ['authority', authority],
      ['revision', revision],
      ['rows', rows],
    ],
    paint,
  )
}

async function opened(file: string, opener: { passphrase: string } | { identities: string }, io: Io): Promise<Manifest> {
  const { verifyBackup } = await import('@writ/authority')
  const bar = progressBar(io, 'checking', sizeOf(file))
  return verifyBackup(file, opener, bar.at).finally(bar.end)
}

/** Beside its place under another name until it is whole, so that half a backup is never taken for one. */
async function store(content: ReadableStream, file: string, total: number, io: Io): Promise<number> {
  const part = `${file}.part`
  const bar = progressBar(io, 'fetching', total)
  let bytes = 0
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      bar.at(bytes)
      done(null, chunk)
    },
  })
  try {
    await pipeline(Readable.fromWeb(content as never), count, createWriteStream(part, { mode: 0o600, flush: true }))
    renameSync(part, file)
    return bytes
  } catch (error) {
    rmSync(part, { force: true })
    const { code } = error as NodeJS.ErrnoException
    throw new CliError(
      'FILE_UNWRITABLE',
      `The backup did not arrive whole at ${file} (${code ?? 'cut off'}).`,
      'Nothing of it is kept. Take it again.',
    )
  } finally {
    bar.end()
  }
}

async function digestOf(file: string): Promise<string> {
  const digest = createHash('sha256')
  for await (const chunk of createReadStream(file)) digest.update(chunk as Buffer)
  return digest.digest('base64')
}

function refuseTaken(file: string): void {
  if (existsSync(file)) throw new CliError('FILE_UNWRITABLE', `${file} is there already.`, 'Name a new file.')
}

function sizeOf(file: string): number {
  try {
    return statSync(file).size
  } catch (error) {
    throw new CliError('FILE_UNREADABLE', `${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`)
  }
}

async function openerOf({ passphraseFile, identity }: Opening, io: Io): Promise<{ passphrase: string } | { identities: string }> {
  if (identity !== undefined) return { identities: readText(identity) }
  return { passphrase: await passphraseOf(passphraseFile, io, false, 'Give it by --passphrase-file, or an --identity.') }
}
