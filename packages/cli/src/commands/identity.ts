import { answer, oneTime } from '@writ/client'
import type { Command } from 'commander'
import { act } from '../act.ts'
import { CliError } from '../cli-error.ts'
import { confirmed } from '../confirm.ts'
import { connect } from '../connection.ts'
import type { Io } from '../io.ts'
import { listed, pageAfter } from '../lists.ts'
import { card, table } from '../table.ts'

interface CreateOptions {
  readonly id?: string
  readonly name?: string
  readonly kind: string
  readonly in: readonly string[]
  readonly factor: readonly string[]
}
interface TakingOptions {
  readonly dryRun?: true
  readonly yes?: true
}

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value]

export function identityCommands(program: Command, io: Io): void {
  const identity = program.command('identity').description('who asks: humans, services, machines and agents')

  const create = identity
    .command('create')
    .description('create an identity')
    .option('--id <id>', 'its id (default: made up)')
    .option('--name <name>', 'for people')
    .option('--kind <kind>', 'human, service, machine or agent', 'human')
    .option('--in <organization:roles>', 'a membership, for example acme:analyst,viewer; may be repeated', collect, [])
    .option('--factor <level>', 'a level that its factors can prove (default: any); may be repeated', collect, [])
  act<CreateOptions>(create, io, async (_args, { id, name, kind, in: memberships, factor }) => {
    const body = {
      kind: kind as 'human',
      in: Object.fromEntries(memberships.map(membership)),
      ...(id !== undefined && { id }),
      ...(name !== undefined && { name }),
      ...(factor.length > 0 && { factors: [...factor] }),
    }
    const made = await answer(connect(io).POST('/v1/identities', { body, headers: oneTime() }))
    return { data: made, text: `${io.paint.green('✓')} created ${made.id}` }
  })

  const list = identity
    .command('list')
    .description('list identities')
    .option('-o, --organization <id>', 'only its members')
    .option('--kind <kind>', 'only this kind')
    .option('--status <status>', 'active, suspended or revoked')
  act<{ organization?: string; kind?: string; status?: string }>(list, io, async (_args, { organization, kind, status }) => {
    const client = connect(io)
    const filter = {
      ...(organization && { organization }),
      ...(kind && { kind: kind as 'human' }),
      ...(status && { status: status as 'active' }),
    }
    const { items, more } = await listed((after) =>
      answer(client.GET('/v1/identities', { params: { query: { ...pageAfter(after), ...filter } } })),
    )
    const rows = items.map((each) => [each.id, each.kind, each.status, memberships(each.in), each.name])
    return { data: { items, more }, text: table(['ID', 'KIND', 'STATUS', 'IN', 'NAME'], rows, io.paint) }
  })

  act(identity.command('show').description('show an identity').argument('<id>'), io, async ([id = '']) => {
    const found = await answer(connect(io).GET('/v1/identities/{id}', { params: { path: { id } } }))
    return { data: found, text: identityCard(found, io) }
  })

  const verbs = [
    ['suspend', 'suspend an identity: everything is refused until it is resumed, and its seats are freed', true],
    ['resume', 'resume a suspended identity', false],
    ['revoke', 'revoke an identity, for good', true],
  ] as const
  for (const [verb, description, takes] of verbs) {
    const command = identity.command(verb).description(description).argument('<id>')
    if (takes) command.option('--dry-run', 'say what would come of it, and do nothing')
    if (verb === 'revoke') command.option('-y, --yes', 'do not ask')
    act<TakingOptions>(command, io, async ([id = ''], { dryRun, yes }) => {
      const client = connect(io)
      if (verb === 'revoke' && dryRun !== true) await confirmed(io, `Revoke ${id} for good?`, yes)
      const params = { path: { id }, ...(dryRun === true && { query: { dry_run: true } }) }
      const now = await answer(client.POST(`/v1/identities/{id}/${verb}`, { params, headers: oneTime() }))
      const text = `${io.paint.green('✓')} ${now.id} ${dryRun === true ? 'would be' : 'is'} ${now.status}`
      return { data: now, text }
    })
  }

  const add = identity
    .command('add-to')
    .description('make an identity a member of an organization, or give it other roles there')
    .argument('<id>')
    .argument('<organization>')
    .argument('<role...>', 'all the roles that it has there from now on')
  act(add, io, async ([id = '', organization = '', ...roles]) => {
    const params = { path: { id, organization } }
    const now = await answer(
      connect(io).PUT('/v1/identities/{id}/memberships/{organization}', { params, body: { roles }, headers: oneTime() }),
    )
    return { data: now, text: `${io.paint.green('✓')} ${id} is in ${organization}: ${roles.join(', ')}` }
  })

  const remove = identity
    .command('remove-from')
    .description("take an identity out of an organization; its seats in that organization's licences are freed")
    .argument('<id>')
    .argument('<organization>')
    .option('--dry-run', 'say what would come of it, and do nothing')
  act<TakingOptions>(remove, io, async ([id = '', organization = ''], { dryRun }) => {
    const params = { path: { id, organization }, query: dryRun === true ? { dry_run: true } : {} }
    const now = await answer(connect(io).DELETE('/v1/identities/{id}/memberships/{organization}', { params, headers: oneTime() }))
    const text = `${io.paint.green('✓')} ${id} ${dryRun === true ? 'would be' : 'is'} out of ${organization}`
    return { data: now ?? { id, organization, removed: dryRun !== true }, text }
  })
}

function membership(text: string): [string, string[]] {
  const [organization = '', roles = ''] = text.split(':', 2)
  if (organization === '' || roles === '') throw new CliError('USAGE', '--in takes organization:role,role.')
  return [organization, roles.split(',')]
}

function memberships(all: Readonly<Record<string, readonly string[]>>): string {
  return Object.entries(all)
    .map(([organization, roles]) => `${organization}:${roles.join(',')}`)
    .join(' ')
}

interface Identity {
  readonly id: string
  readonly kind: string
  readonly status: string
  readonly name?: string | undefined
  readonly in: Readonly<Record<string, readonly string[]>>
  readonly factors?: readonly string[] | undefined
  readonly created_at: string
  readonly version: number
}

function identityCard({ id, kind, status, name, in: all, factors, created_at, version }: Identity, { paint }: Io): string {
  const hue = status === 'active' ? paint.green : paint.red
  return card(
    id,
    [
      ['name', name],
      ['kind', kind],
      ['status', hue(status)],
      ...Object.entries(all).map(([organization, roles]) => [`in ${organization}`, roles.join(', ')] as const),
      ['can prove', factors?.join(', ') ?? 'any level'],
      ['created', created_at],
      ['version', version],
    ],
    paint,
  )
}
