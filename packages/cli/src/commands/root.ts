import { answer, oneTime } from '@writ/client'
import { SIGNING_USES, type SigningUse } from '@writ/trust'
import { type Command, Option } from 'commander'
import { act } from '../act.ts'
import { CliError } from '../cli-error.ts'
import { confirmed } from '../confirm.ts'
import { connect, readText } from '../connection.ts'
import type { Io } from '../io.ts'
import { listed, pageAfter } from '../lists.ts'
import { intoNewFile } from '../new-file.ts'
import { passphraseOf } from '../passphrase.ts'
import { nowText, parseRequest, requestFor, requestText, type Signed, type StatementRequest, signRequest } from '../root-signing.ts'
import { table } from '../table.ts'

const PASSPHRASE = ['--passphrase-file <file>', 'a file that holds the passphrase; without it and on a terminal, it is asked for'] as const
const FOR_USE = new Option('--use <use>', 'what the key is to sign').choices(SIGNING_USES).default('license')
const BACKUP = ['--root-backup <file>', 'sign with this backup of the root, in this process, while the root is outside the store'] as const

export function rootCommands(program: Command, io: Io): void {
  const root = program.command('root').description('the root key, which vouches for signing keys and which customers pinned')

  const backup = root
    .command('backup')
    .description('take a backup of the root key, encrypted under a passphrase of at least 12 characters')
    .requiredOption('--out <file>', 'a new file, 0600')
    .option(...PASSPHRASE)
  act<{ out: string; passphraseFile?: string }>(backup, io, async (_args, { out, passphraseFile }) => {
    const client = connect(io)
    const passphrase = await passphraseOf(passphraseFile, io, true)
    const take = () => answer(client.POST('/v1/root/backup', { body: { passphrase } }))
    const { kid, backed_up_at } = await intoNewFile(out, take, (made) => made.backup)
    const next = 'Keep it, and the passphrase, away from this machine and from each other.'
    return { data: { kid, backed_up_at, out }, text: `${io.paint.green('✓')} the root ${kid} is in ${out}\n  ${io.paint.dim(next)}` }
  })

  const takeOut = root
    .command('take-out')
    .description('take the root key out of the store, once its backup has been seen to open')
    .argument('<backup>', 'the file of `writ root backup`')
    .option(...PASSPHRASE)
    .option('--dry-run', 'see whether the backup opens, and change nothing')
    .option('-y, --yes', 'do not ask')
  act<{ passphraseFile?: string; dryRun?: true; yes?: true }>(takeOut, io, async ([file = ''], { passphraseFile, dryRun, yes }) => {
    const client = connect(io)
    const body = { backup: readText(file), passphrase: await passphraseOf(passphraseFile, io, false) }
    if (dryRun !== true) await confirmed(io, 'Take the root out of the store? Whoever loses the backup has to reach every customer.', yes)
    const query = dryRun === true ? { dry_run: true } : {}
    const data = await answer(client.POST('/v1/root/take-out', { params: { query }, body }))
    const next = 'Then rotate the data key (writ data-key rotate), so that nothing opens what is left of it in logs of the database.'
    const text =
      dryRun === true
        ? `${io.paint.green('✓')} the backup opens and holds the root`
        : `${io.paint.green('✓')} the root is in its backups alone\n  ${io.paint.dim(next)}`
    return { data, text }
  })

  const bringBack = root
    .command('bring-back')
    .description('put the root key back into the store')
    .argument('<backup>', 'the file of `writ root backup`')
    .option(...PASSPHRASE)
  act<{ passphraseFile?: string }>(bringBack, io, async ([file = ''], { passphraseFile }) => {
    const client = connect(io)
    const body = { backup: readText(file), passphrase: await passphraseOf(passphraseFile, io, false) }
    return {
      data: await answer(client.POST('/v1/root/bring-back', { body })),
      text: `${io.paint.green('✓')} the root is in the store again`,
    }
  })

  const sign = root
    .command('sign')
    .description('sign a request with a backup of the root, in this process, without a network')
    .argument('<request>', 'the file of `writ signing-key request`')
    .requiredOption('--backup <file>', 'the file of `writ root backup`')
    .requiredOption('--out <file>', 'a new file for what was signed')
    .option(...PASSPHRASE)
    .option('-y, --yes', 'do not ask')
  act<{ backup: string; out: string; passphraseFile?: string; yes?: true }>(sign, io, async ([file = ''], options) => {
    const request = parseRequest(readText(file))
    if (options.yes !== true) io.err(requestText(request, io))
    await confirmed(io, 'Say so in the name of the root?', options.yes)
    const passphrase = await passphraseOf(options.passphraseFile, io, false)
    const make = () => signRequest(request, readText(options.backup), passphrase, Date.now())
    const signed = await intoNewFile(options.out, make, (made) => `${JSON.stringify(made)}\n`)
    return {
      data: { ...signed, out: options.out },
      text: `${io.paint.green('✓')} signed; hand ${options.out} in: writ signing-key accept ${options.out}`,
    }
  })
}

export function signingKeyCommands(program: Command, io: Io): void {
  const signing = program
    .command('signing-key')
    .description('signing keys: one for license files, and one for each other thing that is signed')

  act(signing.command('list').description('list the root and the signing keys that it vouches for'), io, async () => {
    const keys = await allKeys(io)
    const rows = keys.items.map(({ kid, use, statement, created_at, expires_at, revoked_at, taken_out_at }) => [
      kid,
      use,
      revoked_at !== undefined
        ? 'revoked'
        : taken_out_at !== undefined
          ? 'outside'
          : use !== 'root' && statement === undefined
            ? 'waits'
            : 'good',
      created_at,
      expires_at,
    ])
    return { data: keys, text: table(['KEY', 'USE', 'STATUS', 'FROM', 'UNTIL'], rows, io.paint) }
  })

  const rotate = signing
    .command('rotate')
    .description('make the next signing key now; what was signed before stays good')
    .addOption(FOR_USE)
    .option(...BACKUP)
    .option(...PASSPHRASE)
  act<Signing & ForUse>(rotate, io, async (_args, { use, ...options }) => {
    if (options.rootBackup === undefined) {
      const made = await answer(connect(io).POST('/v1/signing-keys', { body: { use }, headers: oneTime() }))
      return { data: made, text: `${io.paint.green('✓')} ${made.kid} signs from now on` }
    }
    const request = await prepared(io, use)
    const made = await accepted(io, await signedBy(io, request, options))
    return { data: made, text: `${io.paint.green('✓')} ${made.kid} signs from now on` }
  })

  const impact = signing
    .command('impact')
    .description('say what would stop verifying if a signing key were revoked; changes nothing')
    .argument('<kid>')
    .option('--at <time>', 'since when (default: now)')
  act<{ at?: string }>(impact, io, async ([kid = ''], { at }) => {
    const data = await keyImpact(io, kid, at)
    return { data, text: keyImpactInWords(data).join('\n') }
  })

  const revoke = signing
    .command('revoke')
    .description('say that a signing key is compromised: what it signs since is refused')
    .argument('<kid>')
    .option('--at <time>', 'since when (default: now)')
    .option(...BACKUP)
    .option(...PASSPHRASE)
    .option('-y, --yes', 'do not ask')
  act<Signing & { at?: string; yes?: true }>(revoke, io, async ([kid = ''], { at, yes, ...options }) => {
    if (yes !== true) for (const line of keyImpactInWords(await keyImpact(io, kid, at))) io.err(line)
    await confirmed(io, `Revoke the signing key ${kid}? It is never taken back.`, yes)
    const done = async () => {
      if (options.rootBackup !== undefined) return accepted(io, await signedBy(io, await revocation(io, kid, at), options))
      const body = at === undefined ? {} : { at }
      return answer(connect(io).POST('/v1/signing-keys/{kid}/revoke', { params: { path: { kid } }, body, headers: oneTime() }))
    }
    const data = await done()
    return { data, text: `${io.paint.green('✓')} ${kid} is revoked since ${data.revoked_at}` }
  })

  const request = signing
    .command('request')
    .description('write down what a root outside the store is to sign: a new key, or the end of one')
    .requiredOption('--out <file>', 'a new file')
    .addOption(FOR_USE)
    .option('--revoke <kid>', 'the end of this key, instead of a new one')
    .option('--at <time>', 'with --revoke: since when (default: now)')
  act<ForUse & { out: string; revoke?: string; at?: string }>(request, io, async (_args, { out, use, revoke: kid, at }) => {
    const make = () => (kid === undefined ? prepared(io, use) : revocation(io, kid, at))
    const made = await intoNewFile(out, make, (asked) => `${JSON.stringify(asked, null, 2)}\n`)
    const next = `where the root is: writ root sign ${out} --backup FILE --out signed.json`
    return { data: { ...made, out }, text: `${requestText(made, io)}\n  ${io.paint.dim(next)}` }
  })

  const accept = signing
    .command('accept')
    .description('hand in what the root has signed')
    .argument('<file>', 'the file of `writ root sign`')
  act(accept, io, async ([file = '']) => {
    const data = await accepted(io, parseSigned(readText(file)))
    return {
      data,
      text: `${io.paint.green('✓')} ${data.kid} is ${data.revoked_at === undefined ? 'vouched for' : `revoked since ${data.revoked_at}`}`,
    }
  })
}

interface ForUse {
  readonly use: SigningUse
}

interface Signing {
  readonly rootBackup?: string
  readonly passphraseFile?: string
}

function keyImpact(io: Io, kid: string, at: string | undefined) {
  const params = { path: { kid }, query: at === undefined ? {} : { at } }
  return answer(connect(io).GET('/v1/signing-keys/{kid}/impact', { params }))
}

/** What stops, where, and what does not. */
function keyImpactInWords({ use, from, files, tokens_until: until }: Awaited<ReturnType<typeof keyImpact>>): string[] {
  const where = 'It stops where the new key set is heard of, and offline where it is carried to.'
  if (files !== undefined) {
    const { stop, need_log: need, licenses, devices, devices_until: last } = files
    return [
      `${stop} license files issued since ${from} stop verifying; ${need} from before hold for whoever has the signed list of them.`,
      `They are of ${licenses} licences${devices === 0 ? '' : `, on at most ${devices} devices, the last of whose files is over at ${last}`}.`,
      where,
    ]
  }
  if (until !== undefined) return [`All entitlement tokens that it signed stop; the last would be over at ${until} anyhow.`, where]
  return [`What it signed as ${use} stops.`, where]
}

async function allKeys(io: Io) {
  const client = connect(io)
  return listed((after) => answer(client.GET('/v1/signing-keys', { params: { query: pageAfter(after) } })))
}

/** The id of the authority, as license files name it. */
async function issuer(io: Io): Promise<string> {
  return (await answer(connect(io).GET('/.well-known/writ-keys'))).issuer
}

async function prepared(io: Io, use: SigningUse): Promise<StatementRequest> {
  return requestFor(await issuer(io), await answer(connect(io).POST('/v1/signing-keys/prepare', { body: { use }, headers: oneTime() })))
}

async function revocation(io: Io, kid: string, at: string | undefined): Promise<StatementRequest> {
  const key = (await allKeys(io)).items.find((each) => each.kid === kid)
  if (key === undefined) throw new CliError('USAGE', 'There is no such signing key.', 'writ signing-key list')
  return requestFor(await issuer(io), key, at ?? nowText(Date.now()))
}

async function signedBy(io: Io, request: StatementRequest, { rootBackup = '', passphraseFile }: Signing): Promise<Signed> {
  return signRequest(request, readText(rootBackup), await passphraseOf(passphraseFile, io, false), Date.now())
}

async function accepted(io: Io, { kid, statement }: Signed) {
  return answer(connect(io).PUT('/v1/signing-keys/{kid}/statement', { params: { path: { kid } }, body: { statement }, headers: oneTime() }))
}

function parseSigned(text: string): Signed {
  try {
    const { kid, statement } = JSON.parse(text) as Record<string, unknown>
    if (typeof kid === 'string' && typeof statement === 'string') return { kid, statement }
  } catch {
    // Told below.
  }
  throw new CliError('USAGE', 'This is not what `writ root sign` writes.')
}
