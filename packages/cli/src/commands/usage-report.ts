import { randomUUID } from 'node:crypto'
import { statSync } from 'node:fs'
import { answer, type Client } from '@writ/client'
import { openUsage } from '@writ/sdk/usage'
import { type Command, Option } from 'commander'
import { act, type Outcome } from '../act.ts'
import { CliError } from '../cli-error.ts'
import { connect, connectionOf } from '../connection.ts'
import { EXIT } from '../exit-code.ts'
import type { Io } from '../io.ts'
import { instant } from '../question.ts'
import { partsOf } from '../rows.ts'
import { table } from '../table.ts'

const BATCH = 'application/cloudevents-batch+json'
/** Below what the authority takes. */
const MOST_BYTES = 900_000

interface RecordOptions {
  readonly id?: string
  readonly source: string
  readonly time?: string
}
interface ImportOptions {
  readonly source: string
  readonly late: 'refuse' | 'book'
}
interface Line {
  readonly line: number
  readonly event: string
}
interface Refused {
  readonly line: number
  readonly code: string
  readonly detail?: string
}

export function usageReportCommands(usage: Command, io: Io): void {
  const record = usage
    .command('record')
    .description('report usage that has happened')
    .argument('<license>')
    .argument('<meter>')
    .argument('[amount]', 'in units', '1')
    .option('--id <id>', 'of the event: the same again counts once (default: a new one)')
    .option('--source <uri>', 'what reports', 'urn:writ:cli')
    .option('--time <time>', 'when it happened (default: now)')
  act<RecordOptions>(record, io, async ([license = '', meter = '', amount = ''], { id = randomUUID(), source, time }) => {
    if (!/^\d{1,10}$/.test(amount)) throw new CliError('USAGE', '<amount> takes a whole number.')
    const event = eventOf(
      { id, license, meter, amount: Number(amount), ...(time !== undefined && { time: instant('--time', time) }) },
      source,
    )
    const data = await answer(connect(io).POST('/v1/usage/events', { body: event as never }))
    const over = data.overages.map(({ used, limit, until }) => `  ${used} of ${limit} until ${until}: beyond the limit`)
    const how = data.duplicate > 0 ? 'was counted before' : 'is counted'
    return { data: { id, ...data }, text: [`${io.paint.green('✓')} ${id} ${how} for ${data.events[0]?.license}`, ...over].join('\n') }
  })

  const bring = usage
    .command('import')
    .description('report the usage of a file, or of a spool folder that an application left; the same again counts once')
    .argument(
      '<path>',
      'JSON lines: events, or { id, license or organization and product, meter, amount, time }; a spool folder; - is what is piped in',
    )
    .option('--source <uri>', 'what reported, of lines that are no whole events', 'urn:writ:import')
    .addOption(new Option('--late <how>', 'usage whose window is closed for corrections').choices(['refuse', 'book']).default('refuse'))
  act<ImportOptions>(bring, io, ([path = ''], options) =>
    statSync(path, { throwIfNoEntry: false })?.isDirectory() === true ? sendSpool(path, io) : sendFile(path, options, io),
  )
}

function eventOf({ id, time, ...data }: { id?: unknown; time?: unknown; [member: string]: unknown }, source: string): object {
  return { specversion: '1.0', type: 'writ.usage', source, id, ...(time !== undefined && { time }), data }
}

async function sendFile(path: string, { source, late }: ImportOptions, io: Io): Promise<Outcome> {
  const client = connect(io)
  const sum = { accepted: 0, duplicate: 0, refused: [] as Refused[] }
  let line = 0
  for await (const { text } of partsOf(path, 'jsonl', 0)) {
    const lines: Line[] = []
    for (const each of text.split('\n').slice(0, -1)) {
      line++
      if (each.trim() === '') continue
      const event = readLine(each, source)
      if (event === undefined) sum.refused.push({ line, code: 'LINE_MALFORMED', detail: 'It is no JSON object.' })
      else lines.push({ line, event })
    }
    for (const batch of batchesOf(lines)) await send(client, batch, late, sum)
  }
  const rows = sum.refused.slice(0, 50).map((each) => [String(each.line), each.code, each.detail ?? ''])
  const rest = sum.refused.length > rows.length ? `\n… and ${sum.refused.length - rows.length} more; --json has them` : ''
  const counts = `${sum.accepted} counted, ${sum.duplicate} counted before, ${sum.refused.length} refused`
  const isGood = sum.refused.length === 0
  return {
    data: sum,
    text: isGood
      ? `${io.paint.green('✓')} ${counts}`
      : `${table(['LINE', 'CODE', 'WHY'], rows, io.paint)}${rest}\n${io.paint.red('✗')} ${counts}`,
    exitCode: isGood ? EXIT.OK : EXIT.NO,
  }
}

/** An event as it is, or the short form made one. */
function readLine(text: string, source: string): string | undefined {
  try {
    const value = JSON.parse(text) as { specversion?: unknown } | null
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
    return value.specversion === undefined ? JSON.stringify(eventOf(value, source)) : text
  } catch {
    return undefined
  }
}

function* batchesOf(lines: readonly Line[]): Generator<readonly Line[]> {
  let batch: Line[] = []
  let size = 0
  for (const each of lines) {
    const bytes = Buffer.byteLength(each.event) + 1
    if (batch.length > 0 && size + bytes > MOST_BYTES) {
      yield batch
      batch = []
      size = 0
    }
    batch.push(each)
    size += bytes
  }
  if (batch.length > 0) yield batch
}

async function send(
  client: Client,
  lines: readonly Line[],
  late: 'refuse' | 'book',
  sum: { accepted: number; duplicate: number; refused: Refused[] },
) {
  const report = await answer(
    client.POST('/v1/usage/events', {
      params: { query: { late } },
      headers: { 'content-type': BATCH },
      body: `[${lines.map(({ event }) => event).join(',')}]` as never,
      bodySerializer: (body: unknown) => body as string,
    }),
  )
  sum.accepted += report.accepted
  sum.duplicate += report.duplicate
  for (const [place, { status, code = '', detail, errors }] of report.events.entries()) {
    if (status !== 'refused') continue
    const why = errors?.map((each) => `${each.pointer} ${each.detail}`).join('; ') ?? detail
    sum.refused.push({ line: lines[place]?.line ?? 0, code, ...(why !== undefined && { detail: why }) })
  }
}

/** As the application itself would: what is counted leaves the folder, and what is refused stays in its `refused.jsonl`. */
async function sendSpool(folder: string, io: Io): Promise<Outcome> {
  const usage = await openUsage({ ...connectionOf(io), folder, sync: 'always', uploadMilliseconds: 86_400_000 })
  try {
    await usage.flush()
  } finally {
    await usage.close()
  }
  const { accepted, duplicate, refused, damagedBytes } = usage.stats
  const counts = `${accepted} counted, ${duplicate} counted before, ${refused} refused`
  const more = [
    ...(refused > 0 ? [`  what was refused is in ${folder}/refused.jsonl`] : []),
    ...(damagedBytes > 0 ? [`  ${damagedBytes} damaged bytes are kept aside there`] : []),
  ]
  const isGood = refused === 0 && damagedBytes === 0
  return {
    data: { accepted, duplicate, refused, damaged_bytes: damagedBytes },
    text: [`${isGood ? io.paint.green('✓') : io.paint.red('✗')} ${counts}`, ...more].join('\n'),
    exitCode: isGood ? EXIT.OK : EXIT.NO,
  }
}
