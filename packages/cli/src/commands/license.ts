import { answer, oneTime } from '@writ/client'
import type { Command } from 'commander'
import { parse } from 'yaml'
import { act } from '../act.ts'
import { CliError } from '../cli-error.ts'
import { confirmed } from '../confirm.ts'
import { connect, readText } from '../connection.ts'
import type { Io } from '../io.ts'
import { listed, pageAfter } from '../lists.ts'
import { instant } from '../question.ts'
import { card, table } from '../table.ts'
import { editionMoveCommand } from './edition-move.ts'
import { licenseFileCommands } from './license-file.ts'

interface IssueOptions {
  readonly product: string
  readonly plan: string
  readonly edition?: string
  readonly organization?: string
  readonly holder?: string
  readonly starts?: string
  readonly ends?: string
  readonly trial?: true
  readonly override?: string
}
interface TakingOptions {
  readonly dryRun?: true
  readonly yes?: true
}

/** As the authority shows it; the CLI reads no more than this. */
interface License {
  readonly id: string
  readonly product: string
  readonly plan: string
  readonly edition: number
  readonly organization?: string | undefined
  readonly holder?: string | undefined
  readonly starts: string
  readonly ends?: string | undefined
  readonly trial_ends?: string | undefined
  readonly past_due_since?: string | undefined
  readonly revoked_at?: string | undefined
  readonly overrides?: Record<string, unknown> | undefined
  readonly state: string
  readonly version: number
}

export function licenseCommands(program: Command, io: Io): void {
  const license = program.command('license').description('licences: who holds which plan, from when to when')
  const done = (now: License, dryRun: true | undefined) => ({
    data: now,
    text: `${io.paint.green('✓')} ${now.id} ${dryRun === true ? 'would be' : 'is'} ${inWords(now, io)}, ${now.plan} edition ${now.edition}, ${until(now)}`,
  })

  const issue = license
    .command('issue')
    .description('issue a licence to an organization or to one identity')
    .requiredOption('-p, --product <id>', 'the product')
    .requiredOption('--plan <name>', 'the plan')
    .option('-e, --edition <n>', 'the edition of the terms (default: the newest)')
    .option('-o, --organization <id>', 'who holds it: an organization')
    .option('--holder <identity>', 'who holds it: one identity')
    .option('--starts <time>', 'default: now')
    .option('--ends <time>', 'default: open; the terms may move it later')
    .option('--trial', 'a trial, as long as the plan says; once for each organization and product')
    .option('--override <file>', 'a YAML or JSON file of what this licence has of its own beside the plan; - is standard input')
  act<IssueOptions>(issue, io, async (_args, { product, plan, edition, organization, holder, starts, ends, trial, override }) => {
    if ((organization === undefined) === (holder === undefined)) {
      throw new CliError('USAGE', 'A licence has one holder.', 'Say either --organization or --holder.')
    }
    const body = {
      product,
      plan,
      ...(edition !== undefined && { edition: Number(edition) }),
      ...(organization !== undefined && { organization }),
      ...(holder !== undefined && { holder }),
      ...(starts !== undefined && { starts: instant('--starts', starts) }),
      ...(ends !== undefined && { ends: instant('--ends', ends) }),
      ...(trial === true && { trial }),
      ...(override !== undefined && { overrides: overridesIn(override) }),
    }
    return done(await answer(connect(io).POST('/v1/licenses', { body: body as never, headers: oneTime() })), undefined)
  })

  const list = license
    .command('list')
    .description('list licences')
    .option('-o, --organization <id>', 'only those of this organization')
    .option('--holder <identity>', 'only those that this identity holds itself')
    .option('-p, --product <id>', 'only those for this product')
    .option('--plan <name>', 'only those on this plan')
  act<{ organization?: string; holder?: string; product?: string; plan?: string }>(list, io, async (_args, options) => {
    const client = connect(io)
    const { organization, holder, product, plan } = options
    const filter = { ...(organization && { organization }), ...(holder && { holder }), ...(product && { product }), ...(plan && { plan }) }
    const { items, more } = await listed((after) =>
      answer(client.GET('/v1/licenses', { params: { query: { ...pageAfter(after), ...filter } } })),
    )
    const rows = items.map((each) => [each.id, each.organization ?? each.holder, `${each.product}/${each.plan}`, each.state, until(each)])
    return { data: { items, more }, text: table(['ID', 'HOLDER', 'PLAN', 'STATE', 'UNTIL'], rows, io.paint) }
  })

  act(license.command('show').description('show a licence').argument('<id>'), io, async ([id = '']) => {
    const found = await answer(connect(io).GET('/v1/licenses/{id}', { params: { path: { id } } }))
    return { data: found, text: licenseCard(found, io) }
  })

  const verbs = [
    ['suspend', 'suspend a licence: everything under it is refused, without grace, until it is resumed'],
    ['resume', 'resume a suspended licence'],
    ['revoke', 'revoke a licence, for good'],
  ] as const
  for (const [verb, description] of verbs) {
    const command = license.command(verb).description(description).argument('<id>')
    if (verb !== 'resume') command.option('--dry-run', 'say what would come of it, and do nothing')
    if (verb === 'revoke') command.option('-y, --yes', 'do not ask')
    act<TakingOptions>(command, io, async ([id = ''], { dryRun, yes }) => {
      const client = connect(io)
      if (verb === 'revoke' && dryRun !== true) await confirmed(io, `Revoke ${id} for good?`, yes)
      const params = { path: { id }, ...(dryRun === true && { query: { dry_run: true } }) }
      return done(await answer(client.POST(`/v1/licenses/{id}/${verb}`, { params, headers: oneTime() })), dryRun)
    })
  }

  const renew = license
    .command('renew')
    .description('give a licence a later end; a trial becomes a paid licence')
    .argument('<id>')
    .requiredOption('--ends <time>', 'the terms may move it later')
  act<{ ends: string }>(renew, io, async ([id = ''], { ends }) => {
    const body = { ends: instant('--ends', ends) }
    return done(
      await answer(connect(io).POST('/v1/licenses/{id}/renew', { params: { path: { id } }, body, headers: oneTime() })),
      undefined,
    )
  })

  const change = license
    .command('change-plan')
    .description('move a licence to another plan, or to another edition of its plan')
    .argument('<id>')
    .argument('<plan>')
    .option('-e, --edition <n>', 'the edition of the terms (default: the newest)')
    .option('--dry-run', 'say what would come of it, and do nothing')
  act<{ edition?: string; dryRun?: true }>(change, io, async ([id = '', plan = ''], { edition, dryRun }) => {
    const params = { path: { id }, query: dryRun === true ? { dry_run: true } : {} }
    const body = { plan, ...(edition !== undefined && { edition: Number(edition) }) }
    return done(await answer(connect(io).POST('/v1/licenses/{id}/change-plan', { params, body, headers: oneTime() })), dryRun)
  })

  const override = license
    .command('override')
    .description('show what a licence has of its own beside its plan, or replace it')
    .argument('<id>')
    .option('--set <file>', 'a YAML or JSON file: seats, grace, includes; - is standard input')
    .option('--clear', 'nothing of its own any more')
    .option('--dry-run', 'say what would come of it, and do nothing')
  act<{ set?: string; clear?: true; dryRun?: true }>(override, io, async ([id = ''], { set, clear, dryRun }) => {
    if (set !== undefined && clear === true) throw new CliError('USAGE', 'Say either --set or --clear.')
    const client = connect(io)
    const path = { id }
    if (set === undefined && clear !== true) {
      const found = await answer(client.GET('/v1/licenses/{id}', { params: { path } }))
      return { data: found.overrides ?? null, text: overridesInWords(found) || io.paint.dim('(nothing of its own)') }
    }
    const params = { path, query: dryRun === true ? { dry_run: true } : {} }
    const body = { overrides: set === undefined ? null : overridesIn(set) }
    const now = await answer(client.PATCH('/v1/licenses/{id}', { params, body, headers: oneTime() }))
    const { data, text } = done(now, dryRun)
    return { data, text: [text, overridesInWords(now)].filter((line) => line !== '').join('\n') }
  })

  const transfer = license
    .command('transfer')
    .description('give a licence to another holder: seats are freed and license keys revoked, what was used stays used')
    .argument('<id>')
    .option('-o, --organization <id>', 'to an organization')
    .option('--holder <identity>', 'to one identity')
    .option('--dry-run', 'say what would be lost, and do nothing')
    .option('-y, --yes', 'do not ask')
  act<TakingOptions & { organization?: string; holder?: string }>(
    transfer,
    io,
    async ([id = ''], { organization, holder, dryRun, yes }) => {
      if ((organization === undefined) === (holder === undefined)) {
        throw new CliError('USAGE', 'A licence has one holder.', 'Say either --organization or --holder.')
      }
      if (dryRun !== true) await confirmed(io, `Transfer ${id} to ${organization ?? holder}?`, yes)
      const params = { path: { id }, query: dryRun === true ? { dry_run: true } : {} }
      const body = { ...(organization !== undefined && { organization }), ...(holder !== undefined && { holder }) }
      const data = await answer(connect(io).POST('/v1/licenses/{id}/transfer', { params, body, headers: oneTime() }))
      const { lost, license_files: files } = data
      const text = [
        `${io.paint.green('✓')} ${id} ${dryRun === true ? 'would be' : 'is'} held by ${organization ?? holder}`,
        `  lost: ${lost.seats} seats freed, ${lost.license_keys} license keys revoked, ${lost.grants} grants without use`,
        ...(files > 0 ? [`  ${files} license files were signed for the old holder, and are good until their own end`] : []),
      ]
      return { data, text: text.join('\n') }
    },
  )

  editionMoveCommand(license, io)
  licenseFileCommands(license, io)
}

/** @throws {CliError} FILE_UNREADABLE */
function overridesIn(file: string): Record<string, unknown> {
  const text = readText(file)
  try {
    const value: unknown = parse(text, { maxAliasCount: 0 })
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  } catch {
    // told apart from a map below
  }
  throw new CliError('FILE_UNREADABLE', `${file} is no YAML map.`, 'For example { seats: { named: 50 } }')
}

function overridesInWords({ overrides = {} }: Pick<License, 'overrides'>): string {
  const lines = Object.entries(overrides).flatMap(([key, value]) =>
    Object.entries(value as object).map(([name, each]) => `  ${key}.${name}: ${typeof each === 'object' ? JSON.stringify(each) : each}`),
  )
  return lines.join('\n')
}

function until({ ends, trial_ends: trialEnds }: Pick<License, 'ends' | 'trial_ends'>): string {
  if (trialEnds !== undefined) return `trial until ${trialEnds}`
  return ends === undefined ? 'open end' : `until ${ends}`
}

function inWords({ state }: License, { paint }: Io): string {
  const hue = state === 'in_force' ? paint.green : state === 'in_grace' || state === 'degraded' ? paint.yellow : paint.red
  return hue(state.replace('_', ' '))
}

function licenseCard(found: License, io: Io): string {
  const { id, product, plan, edition, organization, holder, starts, past_due_since, revoked_at, overrides, version } = found
  return card(
    id,
    [
      ['state', inWords(found, io)],
      ['plan', `${product}/${plan}, edition ${edition}`],
      ['organization', organization],
      ['holder', holder],
      ['starts', starts],
      ['ends', until(found)],
      ['payment due since', past_due_since],
      ['revoked', revoked_at],
      ['of its own', overrides && Object.keys(overrides).join(', ')],
      ['version', version],
    ],
    io.paint,
  )
}
