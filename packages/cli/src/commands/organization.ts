import { answer, oneTime } from '@writ/client'
import type { Command } from 'commander'
import { act } from '../act.ts'
import { CliError } from '../cli-error.ts'
import { connect, readText } from '../connection.ts'
import type { Io } from '../io.ts'
import { listed, pageAfter } from '../lists.ts'
import { card, table } from '../table.ts'

export function organizationCommands(program: Command, io: Io): void {
  const org = program.command('org').description('customers: organizations that hold licences')

  const create = org
    .command('create')
    .description('create an organization')
    .argument('<title>', 'its name, for people')
    .option('--id <id>', 'its id (default: made up)')
  act<{ id?: string }>(create, io, async ([title = ''], { id }) => {
    const body = { title, ...(id !== undefined && { id }) }
    const made = await answer(connect(io).POST('/v1/organizations', { body, headers: oneTime() }))
    return { data: made, text: `${io.paint.green('✓')} created ${made.id}` }
  })

  act(org.command('list').description('list organizations'), io, async () => {
    const client = connect(io)
    const { items, more } = await listed((after) => answer(client.GET('/v1/organizations', { params: { query: pageAfter(after) } })))
    const rows = items.map(({ id, title, roles }) => [id, Object.keys(roles).join(', ') || '-', title])
    return { data: { items, more }, text: table(['ID', 'OWN ROLES', 'TITLE'], rows, io.paint) }
  })

  act(org.command('show').description('show an organization').argument('<id>'), io, async ([id = '']) => {
    const found = await answer(connect(io).GET('/v1/organizations/{id}', { params: { path: { id } } }))
    const roles = Object.entries(found.roles).map(([name, role]) => [`role ${name}`, roleInWords(role)] as const)
    return {
      data: found,
      text: card(found.id, [['title', found.title], ...roles, ['created', found.created_at], ['version', found.version]], io.paint),
    }
  })

  const roles = org
    .command('roles')
    .description("show a customer's own roles, or replace them")
    .argument('<id>')
    .option('--set <file>', 'a JSON file: role to features, or to { from, features }; - is standard input')
    .option('--dry-run', 'say what would come of it, and do nothing')
  act<{ set?: string; dryRun?: true }>(roles, io, async ([id = ''], { set, dryRun }) => {
    const client = connect(io)
    const path = { id }
    const now =
      set === undefined
        ? await answer(client.GET('/v1/organizations/{id}/roles', { params: { path } }))
        : await answer(
            client.PUT('/v1/organizations/{id}/roles', {
              params: { path, query: dryRun === true ? { dry_run: true } : {} },
              body: parsed(set),
              headers: oneTime(),
            }),
          )
    const rows = Object.entries(now).map(([name, role]) => [name, roleInWords(role)])
    return { data: now, text: table(['ROLE', 'PERMITS'], rows, io.paint) }
  })
}

type Role = string[] | { from: string[]; features: string[] }

function roleInWords(role: Role): string {
  return Array.isArray(role) ? role.join(', ') : `${role.features.join(', ')} (of ${role.from.join(', ')})`
}

function parsed(file: string): Record<string, Role> {
  try {
    return JSON.parse(readText(file)) as Record<string, Role>
  } catch (error) {
    if (error instanceof CliError) throw error
    throw new CliError('FILE_UNREADABLE', `${file} is not JSON.`, 'For example { "analyst": ["report.*"] }')
  }
}
