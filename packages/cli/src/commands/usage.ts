import { answer, oneTime } from '@writ/client'
import type { WireDecision } from '@writ/engine'
import { type Command, Option } from 'commander'
import { act } from '../act.ts'
import { CliError } from '../cli-error.ts'
import { connect } from '../connection.ts'
import { EXIT } from '../exit-code.ts'
import type { Io } from '../io.ts'
import { askedBy, instant, type QuestionOptions, questionOf } from '../question.ts'
import { sparkline } from '../sparkline.ts'
import { table } from '../table.ts'
import { decisionInWords } from '../words/decision.ts'
import { usageReceiptCommands } from './usage-receipt.ts'
import { usageReportCommands } from './usage-report.ts'

const PERIODS = { 1: 'second', 60: 'minute', 3600: 'hour' } as const

interface HistoryOptions {
  readonly by: 'hour' | 'day' | 'month'
  readonly from?: string
  readonly to?: string
  readonly zone?: string
}

interface Reservation {
  readonly id: string
  readonly amount: number
  readonly settled: number
  readonly state: string
  readonly until: string
}

export function usageCommands(program: Command, io: Io): void {
  const usage = program.command('usage').description('what is used of quotas, units held back for work under way, reports and receipts')
  usageReportCommands(usage, io)
  usageReceiptCommands(usage, io)

  act(
    usage.command('show').description('show what a licence has used, in the windows open now').argument('<license>'),
    io,
    async ([license = '']) => {
      const client = connect(io)
      const { meters } = await answer(client.GET('/v1/usage', { params: { query: { license } } }))
      const { items: reservations } = await answer(client.GET('/v1/reservations', { params: { query: { license } } }))
      const rows = meters.map(({ meter, used, reserved, leased, limit, until }) => [meter, used, reserved, leased, limit, until])
      const held = reservations.map(({ id, amount, settled, until, source }) => [id, amount - settled, until, source])
      const text = [table(['METER', 'USED', 'RESERVED', 'LEASED', 'LIMIT', 'UNTIL'], rows, io.paint)]
      if (held.length > 0) text.push(table(['RESERVATION', 'HOLDS', 'UNTIL', 'KEY'], held, io.paint))
      return { data: { license, meters, reservations }, text: text.join('\n\n') }
    },
  )

  act(
    usage
      .command('counts')
      .description('show what an enforcer is told of licences: what is counted now, with what is held back and leased')
      .argument('<license...>', 'up to 500'),
    io,
    async (licenses) => {
      const data = await answer(connect(io).POST('/v1/usage/counts', { body: { licenses: [...licenses] } }))
      const rows = data.counts.map(({ license, meter, used, from, until }) => [license, meter, used, from, until])
      return { data, text: table(['LICENCE', 'METER', 'USED', 'FROM', 'UNTIL'], rows, io.paint) }
    },
  )

  const limits = usage
    .command('limits')
    .description('show the limits that are nearest to full, across licences')
    .option('-o, --organization <id>', 'only of this organization')
    .option('-p, --product <id>', 'only of this product')
    .option('--at-least <percent>', 'only those as full as this, e.g. 80')
  act<{ organization?: string; product?: string; atLeast?: string }>(limits, io, async (_args, { organization, product, atLeast }) => {
    const query = {
      limit: 50,
      ...(organization !== undefined && { organization }),
      ...(product !== undefined && { product }),
      ...(atLeast !== undefined && { at_least: percent(atLeast) }),
    }
    const data = await answer(connect(io).GET('/v1/usage/limits', { params: { query } }))
    const rows = data.items.map(({ fill, used, reserved, leased, limit, kind, meter, license, organization: of, holder }) => [
      `${Math.round(fill * 100)}%`,
      `${used} of ${limit}`,
      reserved,
      leased,
      meter ?? kind,
      license,
      of ?? holder,
    ])
    return { data, text: table(['FULL', 'USED', 'RESERVED', 'LEASED', 'OF', 'LICENCE', 'HOLDER'], rows, io.paint) }
  })

  const leases = usage
    .command('leases')
    .description('list the slices of quotas and parts of rates that enforcers have at hand, and the slices that nobody returned')
    .argument('[license]')
    .option('-o, --organization <id>', 'only in its licences')
    .option('-p, --product <id>', 'only of this product')
  act<{ organization?: string; product?: string }>(leases, io, async ([license], { organization, product }) => {
    const query = {
      ...(license !== undefined && { license }),
      ...(organization !== undefined && { organization }),
      ...(product !== undefined && { product }),
    }
    const { items } = await answer(connect(io).GET('/v1/leases', { params: { query } }))
    const { items: rates } = await answer(connect(io).GET('/v1/rate-leases', { params: { query } }))
    const slices = items.map((each) => [
      each.state,
      `${each.spent} of ${each.granted}`,
      each.until,
      each.feature,
      each.license,
      each.source,
      each.id,
    ])
    const parts = rates.map(({ count, rate, until, feature, license: of, source, id }) => [
      'open',
      `${count} of ${rate.count} per ${PERIODS[rate.period_seconds]}`,
      ...[until, feature, of, source, id],
    ])
    const rows = [...slices, ...parts]
    return { data: { items, rates }, text: table(['STATE', 'SPENT', 'UNTIL', 'FEATURE', 'LICENCE', 'KEY', 'LEASE'], rows, io.paint) }
  })

  const endLease = usage
    .command('end-lease')
    .description('end a lease by force; of one that is over and was not returned, say what was spent')
    .argument('<key>', 'the API key that leased, as `writ usage leases` shows it')
    .argument('<lease>')
    .option('--spent <n>', 'units spent in all: the rest is free again, for good')
    .option('--dry-run', 'say what would come of it, and do nothing')
  act<{ spent?: string; dryRun?: true }>(endLease, io, async ([source = '', id = ''], { spent, dryRun }) => {
    const params = { path: { id }, query: dryRun === true ? { dry_run: true } : {} }
    const body = { source, ...(spent !== undefined && { spent: whole('--spent', spent) }) }
    const data = await answer(connect(io).POST('/v1/leases/{id}/end', { params, body, headers: oneTime() }))
    const mark = dryRun === true ? 'would be' : 'is'
    return { data, text: `${io.paint.green('✓')} lease ${id} ${mark} ${data.state}: ${data.spent} of ${data.granted} spent` }
  })

  const history = usage
    .command('history')
    .description('show what a licence consumed of a meter over time')
    .argument('<license>')
    .argument('<meter>')
    .addOption(new Option('--by <step>', 'the steps').choices(['hour', 'day', 'month']).default('day'))
    .option('--from <time>', 'from when (default: two days back by hour, 30 days by day, a year by month)')
    .option('--to <time>', 'until when (default: now)')
    .option('--zone <name>', 'whose days and months (default: the zone in which the plan counts the meter)')
  act<HistoryOptions>(history, io, async ([license = '', meter = ''], { by: step, from, to, zone }) => {
    const query = {
      license,
      meter,
      step,
      ...(from !== undefined && { from: instant('--from', from) }),
      ...(to !== undefined && { to: instant('--to', to) }),
      ...(zone !== undefined && { zone }),
    }
    const data = await answer(connect(io).GET('/v1/usage/history', { params: { query } }))
    const amounts = data.steps.map(({ units }) => units)
    const rows = data.steps.filter(({ times }) => times > 0).map(({ from, units, times }) => [from, units, times])
    const title = `${meter} of ${license} by ${step} in ${data.zone}: ${data.units}${data.unit === undefined ? '' : ` × ${data.unit}`}`
    const text = [io.paint.bold(title), sparkline(amounts), table(['FROM', 'CONSUMED', 'TIMES'], rows, io.paint)].join('\n')
    return { data, text }
  })

  const reserve = askedBy(usage.command('reserve').description('ask as check does, and hold the units of --consume back')).option(
    '--seconds <n>',
    'how long (default: 900)',
  )
  act<QuestionOptions & { seconds?: string }>(reserve, io, async (_args, { seconds, ...options }) => {
    const { consume, ...question } = questionOf(options, new Date())
    if (consume === undefined) throw new CliError('USAGE', 'Nothing is named to hold back.', 'Say how much with --consume.')
    const body = { ...question, ...consume, ...(seconds !== undefined && { seconds: whole('--seconds', seconds) }) }
    const data = (await answer(connect(io).POST('/v1/reservations', { body: body as never }))) as unknown as WireDecision & {
      reservation?: Reservation
    }
    const { reservation, ...decision } = data
    const held = reservation === undefined ? [] : [reservationInWords(reservation, io)]
    const text = [decisionInWords(decision as WireDecision, io.paint), ...held].join('\n')
    return { data, text, exitCode: decision.allowed ? EXIT.OK : EXIT.NO }
  })

  const settle = usage
    .command('settle')
    .description('count what was used of a reservation in all, and give the rest back')
    .argument('<id>')
    .argument('<amount>')
    .option('--keep', 'the work goes on: hold the rest')
  act<{ keep?: true }>(settle, io, async ([id = '', amount = ''], { keep }) => {
    const body = { amount: whole('<amount>', amount), ...(keep === true && { keep }) }
    const data = await answer(connect(io).POST('/v1/reservations/{id}/settle', { params: { path: { id } }, body }))
    return { data, text: reservationInWords(data, io) }
  })

  act(usage.command('release').description('give back what is not settled of a reservation').argument('<id>'), io, async ([id = '']) => {
    const data = await answer(connect(io).POST('/v1/reservations/{id}/release', { params: { path: { id } }, body: {} }))
    return { data, text: reservationInWords(data, io) }
  })
}

function reservationInWords({ id, amount, settled, state, until }: Reservation, { paint }: Io): string {
  const end = state === 'open' ? `, open until ${until}` : `, ${state}`
  return `${paint.green('✓')} reservation ${id}: ${settled} of ${amount} settled${end}`
}

function whole(option: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new CliError('USAGE', `${option} takes a whole number.`)
  return Number(text)
}

function percent(text: string): number {
  const share = /^(\d{1,3})%?$/.exec(text)?.[1]
  if (share === undefined || Number(share) > 100) throw new CliError('USAGE', '--at-least takes a percentage like 80.')
  return Number(share) / 100
}
