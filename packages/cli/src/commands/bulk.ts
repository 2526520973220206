import { randomBytes } from 'node:crypto'
import { createWriteStream, renameSync, rmSync, statSync } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { progress } from '@clack/prompts'
import { ApiProblem, answer, type Client, oneTime } from '@writ/client'
import { Argument, type Command, Option } from 'commander'
import { act } from '../act.ts'
import { CliError } from '../cli-error.ts'
import { connect } from '../connection.ts'
import { EXIT } from '../exit-code.ts'
import type { Io } from '../io.ts'
import { listed, pageAfter } from '../lists.ts'
import { type Format, type Part, partsOf } from '../rows.ts'
import { table } from '../table.ts'
import { impactInWords } from '../words/impact.ts'

const KINDS = ['organizations', 'identities', 'resources', 'licenses', 'seats'] as const
type Kind = (typeof KINDS)[number]
/** A whole export may take minutes to come. */
const LONG = { timeoutMilliseconds: 3_600_000 }

interface ImportOptions {
  readonly format?: Format
  readonly id?: string
  readonly dryRun?: true
  readonly json?: true
}
interface ExportOptions {
  readonly format?: Format
  readonly organization?: string
}

export function bulkCommands(program: Command, io: Io): void {
  const kind = () => new Argument('<kind>', 'what the rows are').choices(KINDS)
  const format = () => new Option('--format <format>', 'default: by the name of the file, else csv').choices(['csv', 'jsonl'])

  const bring = program
    .command('import')
    .description('import rows from a file; one that broke off goes on where it stopped')
    .addArgument(kind())
    .argument('<file>', 'CSV or JSON lines; - is what is piped in')
    .addOption(format())
    .option('--id <id>', 'of the import: the same again goes on with it (default: made up)')
    .option('--dry-run', 'say what would become of each row, and do nothing')
  act<ImportOptions>(bring, io, async ([kind = '', file = ''], options) => {
    const id = options.id ?? `imp_${randomBytes(12).toString('hex')}`
    const client = connect(io)
    const format = options.format ?? formatOf(file)
    const body = { id, kind: kind as Kind, format, dry_run: options.dryRun === true }
    const begun = await answer(client.POST('/v1/imports', { body, headers: oneTime() }))
    if (options.json !== true) io.err(io.paint.dim(`import ${id}${begun.rows > 0 ? `, going on after ${begun.rows} rows` : ''}`))
    const bar = io.interactive && options.json !== true ? barOf(file, kind) : undefined
    const job = await sendAll(client, file, format, id, begun.rows, (part, rows) => bar?.to(part.bytes, rows)).catch((error: unknown) => {
      bar?.stop('stopped')
      throw error
    })
    bar?.stop(`${job.rows} rows`)
    const { items, more } = await listed((after) =>
      answer(client.GET('/v1/imports/{id}/faults', { params: { path: { id }, query: pageAfter(after) } })),
    )
    const would = job.dry_run ? ' (nothing was done)' : ''
    const counts = `${job.created} created, ${job.changed} changed, ${job.unchanged} as they were, ${job.refused} refused${would}`
    const report = items.slice(0, 50).map((each) => [String(each.line), each.column ?? '', each.code, each.detail])
    const rest = job.refused > report.length ? `\n… and ${job.refused - report.length} more; --json has them` : ''
    const impact = job.impact === undefined ? '' : `\n${impactInWords(job.impact, io.paint)}`
    return {
      data: { ...job, faults: items, more_faults: more },
      text:
        job.refused === 0
          ? `${io.paint.green('✓')} ${counts}${impact}`
          : `${table(['LINE', 'COLUMN', 'CODE', 'WHY'], report, io.paint)}${rest}\n${io.paint.red('✗')} ${counts}${impact}`,
      exitCode: job.refused === 0 ? EXIT.OK : EXIT.NO,
    }
  })

  const take = program
    .command('export')
    .description('export all of a kind to a file that import takes')
    .addArgument(kind())
    .argument('[file]', 'default: what is piped on', '-')
    .addOption(format())
    .option('-o, --organization <id>', 'only its members or licences')
  act<ExportOptions>(take, io, async ([kind = '', file = '-'], { format, organization }) => {
    const query = { format: format ?? formatOf(file), ...(organization !== undefined && { organization }) }
    const params = { path: { kind: kind as Kind }, query }
    const { data } = await connect(io, LONG).GET('/v1/exports/{kind}', { params, parseAs: 'stream' })
    const text = Readable.fromWeb(data as never)
    if (file === '-') {
      await pipeline(text, process.stdout, { end: false })
      return { data: undefined, text: '' }
    }
    await written(text, file)
    return { data: { file, bytes: statSync(file).size }, text: `${io.paint.green('✓')} ${kind} are in ${file}` }
  })
}

/** Sends a file part by part, each after what is done. */
async function sendAll(client: Client, file: string, format: Format, id: string, done: number, told: (part: Part, rows: number) => void) {
  let after = done
  for await (const part of partsOf(file, format, done)) {
    const from = after
    const job = await send(client, format, id, from, part.text, true).catch(async (error: unknown) => {
      // The answer was lost and the part sent again: it may be done.
      if (!(error instanceof ApiProblem) || error.code !== 'IMPORT_PLACE_WRONG') throw error
      const now = await answer(client.GET('/v1/imports/{id}', { params: { path: { id } } }))
      if (now.rows !== from + part.rows) throw error
      return now
    })
    after = job.rows
    told(part, after)
  }
  return send(client, format, id, after, '', false)
}

function send(client: Client, format: Format, id: string, after: number, text: string, more: boolean) {
  const params = { path: { id }, query: { after, more } }
  const type = format === 'csv' ? 'text/csv' : 'application/x-ndjson'
  const headers = { ...oneTime(), 'content-type': type }
  return answer(
    client.POST('/v1/imports/{id}/rows', { params, headers, body: text as never, bodySerializer: (body: unknown) => body as never }),
  )
}

/** A whole file or none: what breaks off leaves the one that was there. */
async function written(text: Readable, file: string): Promise<void> {
  const draft = `${file}.${process.pid}.part`
  try {
    await pipeline(text, createWriteStream(draft, { flags: 'wx', mode: 0o600 }))
    renameSync(draft, file)
  } catch (error) {
    rmSync(draft, { force: true })
    const { code, syscall } = error as NodeJS.ErrnoException
    if (syscall === 'open') throw new CliError('FILE_UNWRITABLE', `${file} cannot be written (${code}).`)
    throw error
  }
}

function barOf(file: string, kind: string) {
  const size = file === '-' ? 0 : (statSync(file, { throwIfNoEntry: false })?.size ?? 0)
  const bar = progress({ max: 100 })
  let shown = 0
  bar.start(`importing ${kind}`)
  return {
    to(bytes: number, rows: number): void {
      const percent = size === 0 ? shown : Math.min(100, Math.floor((bytes / size) * 100))
      bar.advance(percent - shown, `${rows} rows`)
      shown = percent
    },
    stop: (text: string) => bar.stop(text),
  }
}

function formatOf(file: string): Format {
  return /\.(jsonl|ndjson)$/i.test(file) ? 'jsonl' : 'csv'
}
