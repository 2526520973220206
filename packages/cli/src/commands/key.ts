import { password } from '@clack/prompts'
import { answer, oneTime, type operations } from '@writ/client'
import type { Command } from 'commander'
import { act } from '../act.ts'
import { CliError } from '../cli-error.ts'
import { confirmed } from '../confirm.ts'
import { connect, connectWithoutKey, readText } from '../connection.ts'
import type { Io } from '../io.ts'
import { listed, pageAfter } from '../lists.ts'
import { intoNewFile } from '../new-file.ts'
import { instant } from '../question.ts'
import { card, table } from '../table.ts'

interface CreateOptions {
  readonly scope: readonly string[]
  readonly organization: readonly string[]
  readonly product: readonly string[]
  readonly reasons: boolean
  readonly unattended?: true
  readonly identity?: string
  readonly expires?: string
  readonly out?: string
}

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value]

export function keyCommands(program: Command, io: Io): void {
  const key = program.command('key').description('API keys: what an enforcer or a person may ask and change')

  const create = key
    .command('create')
    .description('create an API key that reaches no further than your own; it is shown once')
    .argument('<name>', 'what it is for')
    .option('-s, --scope <scope>', 'decide, consume, simulate, assert:…, manage:…; may be repeated', collect, [])
    .option('-o, --organization <id>', 'only this organization; may be repeated', collect, [])
    .option('-p, --product <id>', 'only this product; may be repeated', collect, [])
    .option('-i, --identity <id>', 'whom it acts for in running the authority: its roles narrow the key')
    .option('--expires <time>', 'from then on it opens nothing')
    .option('--unattended', 'nobody stands behind it: what it would take from more than a few waits for a person')
    .option('--no-reasons', 'its decisions say what to do, and not why')
    .option('--out <file>', 'write the key to a new file, 0600, instead of showing it')
  act<CreateOptions>(create, io, async ([name = ''], { scope, organization, product, reasons, unattended, identity, expires, out }) => {
    if (scope.length === 0)
      throw new CliError('USAGE', 'A key needs at least one --scope.', 'For an application: --scope decide --scope consume')
    const body = {
      name,
      scopes: scope as never,
      ...(organization.length > 0 && { organizations: [...organization] }),
      ...(product.length > 0 && { products: [...product] }),
      ...(!reasons && { reasons }),
      ...(unattended && { unattended }),
      ...(identity !== undefined && { identity }),
      ...(expires !== undefined && { expires_at: instant('--expires', expires) }),
    }
    const client = connect(io)
    return shownOnce(() => answer(client.POST('/v1/api-keys', { body, headers: oneTime() })), out, io)
  })

  const setup = key
    .command('setup')
    .description("exchange the setup code of the first start for an administrator's key")
    .option('--code-file <file>', 'the code in a file, - for standard input (default: it is asked for)')
    .option('--out <file>', 'write the key to a new file, 0600, instead of showing it')
  act<{ codeFile?: string; out?: string }>(setup, io, async (_args, { codeFile, out }) => {
    const code = (codeFile === undefined ? await askForCode(io) : readText(codeFile)).trim()
    return shownOnce(() => answer(connectWithoutKey(io).POST('/v1/setup', { body: { code } })), out, io)
  })

  act(key.command('list').description('list API keys, revoked ones included'), io, async () => {
    const client = connect(io)
    const { items, more } = await listed((after) => answer(client.GET('/v1/api-keys', { params: { query: pageAfter(after) } })))
    const rows = items.map(({ id, name, scopes, revoked_at, last_used_at }) => [
      id,
      revoked_at === undefined ? 'live' : 'revoked',
      last_used_at ?? 'never',
      scopes.join(' '),
      name,
    ])
    return { data: { items, more }, text: table(['ID', 'STATUS', 'LAST USED', 'SCOPES', 'NAME'], rows, io.paint) }
  })

  const rotate = key
    .command('rotate')
    .description('give an API key a new secret, shown once; the one before opens as well for a time')
    .argument('<id>')
    .option('--overlap <seconds>', 'how long the secret before opens as well', '86400')
    .option('--out <file>', 'write the key to a new file, 0600, instead of showing it')
  act<{ overlap: string; out?: string }>(rotate, io, async ([id = ''], { overlap, out }) => {
    const body = { overlap_seconds: wholeNumber('--overlap', overlap) }
    const params = { path: { id } }
    const client = connect(io)
    return shownOnce(() => answer(client.POST('/v1/api-keys/{id}/rotate', { params, body, headers: oneTime() })), out, io)
  })

  const report = key.command('report').description('say what an API key was used for, and which keys were made with it').argument('<id>')
  act(report, io, async ([id = '']) => {
    const found = await answer(connect(io).GET('/v1/api-keys/{id}/report', { params: { path: { id } } }))
    return { data: found, text: reportInWords(found, io) }
  })

  const revoke = key
    .command('revoke')
    .description('revoke an API key at once')
    .argument('<id>')
    .option('--made', 'and every key that was made with it')
    .option('--dry-run', 'say which would be revoked, and do nothing')
    .option('-y, --yes', 'do not ask')
  act<{ made?: true; dryRun?: true; yes?: true }>(revoke, io, async ([id = ''], { made, dryRun, yes }) => {
    const client = connect(io)
    if (dryRun !== true) await confirmed(io, `Revoke the key ${id}${made === true ? ', and every key that was made with it' : ''}?`, yes)
    const params = { path: { id }, ...(dryRun === true && { query: { dry_run: true } }) }
    const body = { made: made === true ? ('revoke' as const) : ('keep' as const) }
    const done = await answer(client.POST('/v1/api-keys/{id}/revoke', { params, body, headers: oneTime() }))
    const words =
      done.revoked.length === 0 ? `${id} was revoked before` : `${dryRun === true ? 'would revoke' : 'revoked'} ${done.revoked.join(', ')}`
    return { data: done, text: `${io.paint.green('✓')} ${words}` }
  })

  const leaked = key
    .command('leaked')
    .description('revoke an API key that was found somewhere, by its text; needs no key of your own')
    .requiredOption('--key-file <file>', 'the found key in a file, - for standard input')
  act<{ keyFile: string }>(leaked, io, async (_args, { keyFile }) => {
    const done = await answer(connectWithoutKey(io).POST('/v1/api-keys/leak', { body: { key: readText(keyFile).trim() } }))
    return { data: done, text: `${io.paint.green('✓')} ${done.id} is revoked, since ${done.revoked_at}` }
  })
}

type Report = operations['reportApiKey']['responses'][200]['content']['application/json']

function reportInWords({ key, made, deeds, decisions }: Report, { paint }: Io): string {
  const asked = decisions.map(({ allowed, times, last_at }) => [allowed ? 'allowed' : 'refused', times, last_at])
  const sees = (ids: readonly string[] | undefined) => ids?.join(', ') ?? 'all'
  return [
    card(
      key.id,
      [
        ['name', key.name],
        ['status', key.revoked_at === undefined ? 'live' : `revoked ${key.revoked_at}`],
        ['acts for', key.identity],
        ['scopes', key.scopes.join(' ')],
        ['organizations', sees(key.organizations)],
        ['products', sees(key.products)],
        ['last used', key.last_used_at ?? 'never'],
        ['made', made.map(({ id }) => id).join(', ') || 'no keys'],
      ],
      paint,
    ),
    '',
    table(
      ['DID', 'RESULT', 'TIMES', 'LAST'],
      deeds.map(({ action, result, times, last_at }) => [action, result, times, last_at]),
      paint,
    ),
    '',
    table(['ASKED', 'TIMES', 'LAST'], asked, paint),
  ].join('\n')
}

function wholeNumber(option: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new CliError('USAGE', `${option} is a whole number.`)
  return Number(text)
}

type Made = { id: string; key: string; scopes: readonly string[] }

async function shownOnce(make: () => Promise<Made>, out: string | undefined, { paint }: Io) {
  if (out === undefined) {
    const made = await make()
    return { data: made, text: `${paint.green('✓')} created ${made.id}; this is the only time it is shown:\n${made.key}` }
  }
  const { key: _, ...rest } = await intoNewFile(out, make, ({ key }) => `${key}\n`)
  return { data: { ...rest, file: out }, text: `${paint.green('✓')} created ${rest.id}; the key is in ${out}` }
}

async function askForCode(io: Io): Promise<string> {
  if (!io.interactive) throw new CliError('USAGE', 'Nobody is here to type the code.', 'Give it by --code-file.')
  const code = await password({ message: 'Setup code' })
  if (typeof code !== 'string') throw new CliError('NOT_CONFIRMED', 'Nothing was done.')
  return code
}
