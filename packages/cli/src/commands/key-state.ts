import { existsSync } from 'node:fs'
import { answer, oneTime } from '@writ/client'
import type { Command } from 'commander'
import { act } from '../act.ts'
import { CliError } from '../cli-error.ts'
import { confirmed } from '../confirm.ts'
import { connect } from '../connection.ts'
import type { Io } from '../io.ts'
import { card, table } from '../table.ts'

const ATTENTION: Readonly<Record<string, string>> = {
  root_not_backed_up: 'The root key has no backup: whoever loses it has to reach every customer. `writ root backup`',
  license_key_ends:
    'The license signing key ends soon, and the root is not here to vouch for the next. `writ signing-key rotate --root-backup FILE`',
  master_key_unreadable: 'The master key in use is not to be had here: the next start would fail.',
  data_key_unopened: 'This node has no master key for a data key of the store: give it the one that the others have.',
  data_key_old: 'The data key has sealed for more than a year. `writ data-key rotate`',
  texts_under_old_data_key: 'Texts of an old data key are being sealed anew; this ends by itself.',
  old_master_key_configured: 'A master key is configured that is not in use: rotate to it, or take it away. `writ master-key`',
}

const readKeys = (io: Io) => answer(connect(io).GET('/v1/keys'))
type Keys = Awaited<ReturnType<typeof readKeys>>

export function keyStateCommand(program: Command, io: Io): void {
  act(program.command('key-state').description('the state of every kind of key, and what needs attention'), io, async () => {
    const keys = await readKeys(io)
    return { data: keys, text: stateText(keys, io) }
  })
}

export function masterKeyCommands(program: Command, io: Io): void {
  const master = program.command('master-key').description('the master key, which wraps data keys')

  const add = master
    .command('add')
    .description('add a new master key to a file of this host; nothing uses it before `writ master-key rotate`')
    .option('--file <file>', 'the master key file (default: the one that the authority names)')
  act<{ file?: string }>(add, io, async (_args, { file }) => {
    const path = await masterKeyFile(io, file)
    const { addMasterKey } = await import('@writ/authority')
    const id = addMasterKey(path)
    const next = `Give the same file to every node, keep a copy apart from the store, then: writ master-key rotate --to ${id}`
    return { data: { id, file: path }, text: `${io.paint.green('✓')} ${id} is in ${path}\n  ${io.paint.dim(next)}` }
  })

  const rotate = master
    .command('rotate')
    .description('wrap every data key by another configured master key, at once')
    .option('--to <id>', 'its id, as `writ key-state` shows it (default: the only other one)')
    .option('--dry-run', 'try all of it, and change nothing')
  act<{ to?: string; dryRun?: true }>(rotate, io, async (_args, { to, dryRun }) => {
    const query = dryRun === true ? { dry_run: true } : {}
    const body = to === undefined ? {} : { to }
    const made = await answer(connect(io).POST('/v1/master-key/rotate', { params: { query }, body, headers: oneTime() }))
    const old = made.configured.filter(({ in_use }) => !in_use).map(({ id }) => id)
    const next = `No start needs ${old.join(' or ')} any more; backups from before do. When every node has the new one: writ master-key forget ${old[0]}`
    const done = dryRun === true ? `${made.id} would wrap every data key` : `${made.id} wraps every data key`
    return { data: made, text: `${io.paint.green('✓')} ${done}${old.length === 0 ? '' : `\n  ${io.paint.dim(next)}`}` }
  })

  const forget = master
    .command('forget')
    .description('take a master key that is not in use out of a file of this host')
    .argument('<id>', 'as `writ key-state` shows it')
    .option('--file <file>', 'the master key file (default: the one that the authority names)')
    .option('-y, --yes', 'do not ask')
  act<{ file?: string; yes?: true }>(forget, io, async ([id = ''], { file, yes }) => {
    const { master_key } = await readKeys(io)
    if (master_key.id === id)
      throw new CliError('USAGE', `${id} is in use: without it nobody opens the store.`, 'Rotate first: writ master-key rotate')
    const path = await masterKeyFile(io, file)
    await confirmed(io, `Take ${id} out of ${path}? Backups that were taken under it need it.`, yes)
    const { forgetMasterKey } = await import('@writ/authority')
    if (!forgetMasterKey(path, id))
      throw new CliError('USAGE', `${path} does not hold ${id} besides another.`, 'writ key-state shows which it holds.')
    return { data: { id, file: path }, text: `${io.paint.green('✓')} ${id} is no longer in ${path}` }
  })
}

export function dataKeyCommands(program: Command, io: Io): void {
  const data = program.command('data-key').description('data keys, which seal what is secret in the store')

  act(data.command('list').description('list data keys, and how many texts each has sealed'), io, async () => {
    const { data_keys } = await readKeys(io)
    return { data: { items: data_keys, more: false }, text: dataKeyTable(data_keys, io) }
  })

  act(data.command('rotate').description('make the next data key; older texts are sealed anew in the background'), io, async () => {
    const made = await answer(connect(io).POST('/v1/data-keys', { headers: oneTime() }))
    return { data: made, text: `${io.paint.green('✓')} ${made.id} seals from now on; writ data-key list shows how far the rest is` }
  })

  const retire = data
    .command('retire')
    .description('delete a data key that opens nothing any more')
    .argument('<id>')
    .option('--dry-run', 'say whether it could be, and change nothing')
  act<{ dryRun?: true }>(retire, io, async ([id = ''], { dryRun }) => {
    const query = dryRun === true ? { dry_run: true } : {}
    await answer(connect(io).DELETE('/v1/data-keys/{id}', { params: { path: { id }, query }, headers: oneTime() }))
    return { data: { id, retired: dryRun !== true }, text: `${io.paint.green('✓')} ${id} ${dryRun === true ? 'could be' : 'is'} retired` }
  })
}

/** The authority knows where its file is; whether that is on this host, the disk says. */
async function masterKeyFile(io: Io, named: string | undefined): Promise<string> {
  const path =
    named ?? io.env.WRIT_MASTER_KEY_FILE ?? (await readKeys(io)).master_key.configured.find(({ id }) => id.startsWith('mk_'))?.place
  if (path === undefined) throw new CliError('USAGE', 'The authority has no master key file.', 'Name one: --file FILE')
  if (named === undefined && !existsSync(path))
    throw new CliError('USAGE', `${path} is not on this host.`, 'Run this where it is, or name another: --file FILE')
  return path
}

function stateText({ master_key, data_keys, license_key, next_license_key_at, root, attention }: Keys, io: Io): string {
  const other = master_key.configured.filter(({ in_use }) => !in_use).map(({ id }) => id)
  const sealing = data_keys.find(({ stopped_at }) => stopped_at === undefined)
  const head = card(
    'Keys',
    [
      ['master key', `${master_key.id}${master_key.version === undefined ? '' : `, version ${master_key.version}`}`],
      ['  where', master_key.configured.find(({ in_use }) => in_use)?.place ?? master_key.fault ?? 'not configured here'],
      ['  also configured', other.join(', ')],
      ['data key', sealing && `${sealing.id}, since ${sealing.created_at}`],
      ['license key', license_key && `${license_key.kid}, until ${license_key.expires_at}`],
      ['  next from', next_license_key_at],
      ['root', root.kid],
      ['  backed up', root.backed_up_at ?? 'never'],
      ['  outside since', root.taken_out_at],
    ],
    io.paint,
  )
  const needs = attention.map((what) => `  ${io.paint.yellow('!')} ${ATTENTION[what] ?? what}`)
  return [head, ...(needs.length > 0 ? ['', ...needs] : [])].join('\n')
}

function dataKeyTable(keys: Keys['data_keys'], io: Io): string {
  const rows = keys.map(({ id, stopped_at, sealed, created_at, master_key }) => [
    id,
    stopped_at === undefined ? 'seals' : 'opens',
    sealed,
    created_at,
    master_key,
  ])
  return table(['ID', 'USE', 'TEXTS', 'MADE', 'WRAPPED BY'], rows, io.paint)
}
