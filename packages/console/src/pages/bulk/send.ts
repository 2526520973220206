import { ApiProblem, answer, each, oneTime } from '@writ/client'
import { type Answered, api } from '../../api/client.ts'
import { from } from '../../api/pages.ts'
import { type Format, partsOf } from './parts.ts'

export type Job = Answered<'sendRows'>
export type Fault = Answered<'listImportFaults'>['items'][number]
export type Kind = Job['kind']

interface Sending {
  /** The same again goes on where it stopped. */
  readonly id: string
  readonly kind: Kind
  readonly file: File
  readonly dryRun: boolean
  /** How far it is: a share of the file, and how the import stands. */
  readonly told: (share: number, job: Job) => void
}

/** Sends a file part by part, each after what is done. */
export async function sendFile({ id, kind, file, dryRun, told }: Sending): Promise<Job> {
  const format = formatOf(file)
  let job = await answer(api.POST('/v1/imports', { body: { id, kind, format, dry_run: dryRun }, headers: oneTime() }))
  const chunks = chunksOf(file.stream().pipeThrough(new TextDecoderStream()))
  for await (const { text: part, read } of partsOf(chunks, format, job.rows)) {
    job = await send(id, format, job.rows, part, true)
    told(Math.min(1, read / Math.max(1, file.size)), job)
  }
  job = await send(id, format, job.rows, '', false)
  told(1, job)
  return job
}

async function send(id: string, format: Format, after: number, text: string, more: boolean): Promise<Job> {
  const params = { path: { id }, query: { after, more } }
  const headers = { ...oneTime(), 'content-type': format === 'csv' ? 'text/csv' : 'application/x-ndjson' }
  try {
    return await answer(
      api.POST('/v1/imports/{id}/rows', { params, headers, body: text as never, bodySerializer: (body: unknown) => body as never }),
    )
  } catch (error) {
    // The answer was lost and the part sent again: it is done.
    if (!(error instanceof ApiProblem) || error.code !== 'IMPORT_PLACE_WRONG') throw error
    const now = await answer(api.GET('/v1/imports/{id}', { params: { path: { id } } }))
    if (now.rows <= after) throw error
    return now
  }
}

/** Every row that was refused, and why. */
export async function faultsOf(id: string): Promise<Fault[]> {
  const faults: Fault[] = []
  const page = (after: string | undefined) => answer(api.GET('/v1/imports/{id}/faults', { params: { path: { id }, query: from(after) } }))
  for await (const fault of each(page)) faults.push(fault)
  return faults
}

/** The report as a table that a spreadsheet opens; a cell that it would run is shown as text. */
export function reportOf(faults: readonly Fault[]): string {
  const cell = (value: string | number | undefined) => {
    const text = String(value ?? '')
    const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
  }
  const rows = faults.map(({ line, row, column, code, detail }) => [line, row, column, code, detail].map(cell).join(','))
  return `${['line,row,column,code,why', ...rows].join('\r\n')}\r\n`
}

function formatOf({ name }: File): Format {
  return /\.(jsonl|ndjson)$/i.test(name) ? 'jsonl' : 'csv'
}

/** Not every browser iterates over a stream. */
async function* chunksOf(stream: ReadableStream<string>): AsyncGenerator<string> {
  const reader = stream.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    yield value
  }
}
