import { answer } from '@writ/client'
import type { Command } from 'commander'
import { act } from '../act.ts'
import { connect } from '../connection.ts'
import type { Io } from '../io.ts'
import { listed, newest, pageAfter } from '../lists.ts'
import { instant } from '../question.ts'
import { card, table } from '../table.ts'

interface RangeOptions {
  readonly from?: string
  readonly to?: string
}
interface AuditOptions extends RangeOptions {
  readonly actor?: string
  readonly action?: string
  readonly subject?: string
  readonly organization?: string
  readonly refused?: true
  readonly text?: string
  readonly limit: string
}
interface DecisionOptions extends RangeOptions {
  readonly identity?: string
  readonly feature?: string
  readonly reason?: string
  readonly organization?: string
  readonly license?: string
  readonly key?: string
  readonly limit: string
}

const LIMIT = ['-n, --limit <number>', 'how many, the newest', '50'] as const

export function auditCommands(program: Command, io: Io): void {
  const audit = program.command('audit').description('who did what, and what was refused to whom')

  const list = within(audit.command('list').description('search the audit, newest first'))
    .option('--actor <actor>', 'key:ID, identity:ID or operator')
    .option('--action <action>', 'for example license.issue')
    .option('--subject <subject>', 'kind and id, for example license:L-1')
    .option('-o, --organization <id>', 'only what concerns this customer')
    .option('--refused', 'only what was refused')
    .option('-t, --text <text>', 'what stands somewhere in it')
    .option(...LIMIT)
  act<AuditOptions>(list, io, async (_args, { actor, action, subject, organization, text, refused, limit, ...options }) => {
    const words = given({ actor, action, subject, organization, text })
    const query = { ...words, ...(refused === true && { result: 'refused' as const }), ...range(options) }
    const client = connect(io)
    const { items, more } = await listed(
      (after) => answer(client.GET('/v1/audit', { params: { query: { ...pageAfter(after), ...query } } })),
      newest(limit),
    )
    const rows = items.map(({ id, at, actor, action, subject, result }) => [id, at, result, actor, action, subject])
    return { data: { items, more }, text: table(['ROW', 'AT', 'RESULT', 'ACTOR', 'ACTION', 'SUBJECT'], rows, io.paint) }
  })

  act(audit.command('show').description('show one row whole').argument('<row>'), io, async ([row = '']) => {
    const found = await answer(connect(io).GET('/v1/audit/{id}', { params: { path: { id: row as never } } }))
    const { id, detail, ...members } = found
    const lines = Object.entries(members).map(([name, value]) => [name, value as string] as const)
    const details = Object.entries(detail).map(([name, value]) => [`detail ${name}`, JSON.stringify(value)] as const)
    return { data: found, text: card(`audit ${id}`, [...lines, ...details], io.paint) }
  })

  const decision = program.command('decision').description('what was decided: who was refused, and why')

  const decided = within(decision.command('list').description('search what was decided, newest first'))
    .option('-i, --identity <id>', 'about whom')
    .option('-f, --feature <feature>', 'in full, atlas:report.export')
    .option('-r, --reason <reason>', 'only refusals with this reason')
    .option('-o, --organization <id>', 'only what concerns this customer')
    .option('-l, --license <id>', 'only by this licence')
    .option('-k, --key <id>', 'only what this API key asked')
    .option(...LIMIT)
  act<DecisionOptions>(decided, io, async (_args, { identity, feature, reason, organization, license, key, limit, ...options }) => {
    const query = { ...given({ identity, feature, reason, organization, license, credential: key }), ...range(options) }
    const client = connect(io)
    const { items, more } = await listed(
      (after) => answer(client.GET('/v1/decisions', { params: { query: { ...pageAfter(after), ...query } } })),
      newest(limit),
    )
    const rows = items.map(({ at, allowed, reason, identity, organization, feature }) => [
      at,
      allowed ? 'allowed' : (reason ?? 'refused'),
      identity,
      organization,
      feature,
    ])
    return { data: { items, more }, text: table(['AT', 'ANSWER', 'IDENTITY', 'ORGANIZATION', 'FEATURE'], rows, io.paint) }
  })

  const summary = within(decision.command('summary').description('count refusals by reason; without a range, of the last 24 hours'))
  act<RangeOptions>(summary, io, async (_args, options) => {
    const found = await answer(connect(io).GET('/v1/decisions/summary', { params: { query: range(options) } }))
    const rows = found.reasons.map(({ reason, refused }) => [refused, reason])
    return { data: found, text: `${found.refused} refused, ${found.from} to ${found.to}\n${table(['REFUSED', 'REASON'], rows, io.paint)}` }
  })
}

function within(command: Command): Command {
  return command.option('--from <time>', 'from this instant on').option('--to <time>', 'before this instant')
}

function range({ from, to }: RangeOptions) {
  return given({ from: from && instant('--from', from), to: to && instant('--to', to) })
}

/** Without the options that were not given. */
function given<T extends Readonly<Record<string, string | undefined>>>(options: T): { [Name in keyof T]?: string } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as { [Name in keyof T]?: string }
}
