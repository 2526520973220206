import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { type Options, parse } from 'csv-parse'
import { CliError } from './cli-error.ts'

export type Format = 'csv' | 'jsonl'

/** A part of a file that can be sent by itself. */
export interface Part {
  /** With the header, of a CSV. */
  readonly text: string
  readonly rows: number
  /** Of the file, read so far. */
  readonly bytes: number
}

const ROWS_A_PART = 500
const LONGEST_PART = 4 << 20

/** Cuts a file between its rows, and reads on as parts are taken. @param skip rows that are passed over @throws {CliError} FILE_UNREADABLE */
export async function* partsOf(file: string, format: Format, skip: number): AsyncGenerator<Part> {
  const stream = file === '-' ? process.stdin : createReadStream(file)
  const failed = new Promise<never>((_, reject) =>
    stream.on('error', (error: NodeJS.ErrnoException) => reject(unreadable(file, error.code))),
  )
  failed.catch(() => {})
  const texts = format === 'csv' ? records(stream, file) : lines(stream)
  let header = ''
  let part = ''
  let rows = 0
  let bytes = 0
  let passed = 0
  for (;;) {
    const next = await Promise.race([texts.next(), failed])
    if (next.done === true) break
    const { text, isRow } = next.value
    bytes += Buffer.byteLength(text)
    if (format === 'csv' && header === '') {
      header = isRow ? text : ''
      continue
    }
    if (passed < skip) {
      if (isRow) passed++
      continue
    }
    part += text
    if (isRow) rows++
    if (rows < ROWS_A_PART && part.length < LONGEST_PART) continue
    yield { text: header + part, rows, bytes }
    part = ''
    rows = 0
  }
  if (rows > 0) yield { text: header + part, rows, bytes }
}

interface Text {
  readonly text: string
  /** Of an empty line: no. */
  readonly isRow: boolean
}

async function* lines(stream: Readable): AsyncGenerator<Text> {
  for await (const line of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })) {
    yield { text: `${line}\n`, isRow: line.trim() !== '' }
  }
}

/** Records as they stand in the file: a quoted cell may have lines. The rules are those by which the authority reads them. */
async function* records(stream: Readable, file: string): AsyncGenerator<Text> {
  let stopped = false
  const options: Options = {
    bom: true,
    raw: true,
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: 1 << 20,
    skip_records_with_error: true,
    on_skip: () => {
      stopped = true
    },
    on_record: (record) => (stopped ? null : record),
  }
  let line = 1
  for await (const { record, raw } of stream.pipe(parse(options)) as AsyncIterable<{ record: string[]; raw: string }>) {
    line += raw.match(/\r\n|\r|\n/g)?.length ?? 0
    yield { text: /[\r\n]$/.test(raw) ? raw : `${raw}\n`, isRow: record.length > 1 || record[0]?.trim() !== '' }
  }
  if (stopped) throw new CliError('FILE_UNREADABLE', `${file} cannot be read from line ${line} on: a quote is not closed.`)
}

function unreadable(file: string, code: string | undefined): CliError {
  return new CliError('FILE_UNREADABLE', `${file} cannot be read (${code}).`)
}
