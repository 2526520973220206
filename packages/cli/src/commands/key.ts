import { password } from '@clack/prompts'
import { answer, oneTime } from '@writ/client'
import type { Command } from 'commander'
import { act } from '../act.ts'
import { CliError } from '../cli-error.ts'
import { confirmed } from '../confirm.ts'
import { connect, connectWithoutKey, readText } from '../connection.ts'
import type { Io } from '../io.ts'
import { listed, pageAfter } from '../lists.ts'
import { intoNewFile } from '../new-file.ts'
import { table } from '../table.ts'

interface CreateOptions {
  readonly scope: readonly string[]
  readonly organization: readonly string[]
  readonly product: readonly string[]
  readonly reasons: boolean
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
    .option('--no-reasons', 'its decisions say what to do, and not why')
    .option('--out <file>', 'write the key to a new file, 0600, instead of showing it')
  act<CreateOptions>(create, io, async ([name = ''], { scope, organization, product, reasons, out }) => {
    if (scope.length === 0)
      throw new CliError('USAGE', 'A key needs at least one --scope.', 'For an application: --scope decide --scope consume')
    const body = {
      name,
      scopes: scope as never,
      ...(organization.length > 0 && { organizations: [...organization] }),
      ...(product.length > 0 && { products: [...product] }),
      ...(!reasons && { reasons }),
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

  const revoke = key.command('revoke').description('revoke an API key at once').argument('<id>').option('-y, --yes', 'do not ask')
  act<{ yes?: true }>(revoke, io, async ([id = ''], { yes }) => {
    const client = connect(io)
    await confirmed(io, `Revoke the key ${id}?`, yes)
    await answer(client.DELETE('/v1/api-keys/{id}', { params: { path: { id } }, headers: oneTime() }))
    return { data: { id, revoked: true }, text: `${io.paint.green('✓')} revoked ${id}` }
  })
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
