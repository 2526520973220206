import type { Readable } from 'node:stream'
import { type Options, parse } from 'csv-parse'
import { unguarded } from './cells.ts'
import type { Kind } from './kinds.ts'

export type Format = 'csv' | 'jsonl'

/** Why a row is not taken. */
export class RowFault {
  readonly code: string
  readonly detail: string
  readonly column: string | undefined
  constructor(code: string, detail: string, column?: string) {
    this.code = code
    this.detail = detail
    this.column = column?.slice(0, 100)
  }
}
export interface Line {
  /** On which line of the text it begins, from 1. */
  readonly line: number
  /** The row as it was sent: what a later sending of it is compared with. */
  readonly raw: string
  /** The same with all blanks, and what it is to be sent after to be read alike: of a CSV the header, with the line break of that text. */
  readonly text: string
  readonly head?: string
  readonly row: Readonly<Record<string, unknown>> | RowFault
}

/** What makes the text as a whole unreadable: nothing after it can be told apart. */
export class Unreadable extends Error {
  readonly line: number
  readonly fault: RowFault
  constructor(line: number, fault: RowFault) {
    super(fault.detail)
    this.line = line
    this.fault = fault
  }
}

const LONGEST_LINE = 1 << 20
const NO_UTF8 = '\ufffd'

/**
 * Reads rows as their bytes come, and asks for more only as fast as rows are taken.
 * @throws {Unreadable}
 */
export async function* readLines(body: Readable, format: Format, kind: Kind): AsyncGenerator<Line> {
  const lines = format === 'csv' ? csvLines(body, kind) : jsonLines(body)
  try {
    for await (const line of lines) yield line.row instanceof RowFault ? line : { ...line, row: checked(line, kind) }
  } finally {
    // Whoever still sends hears the answer only when nothing is left to send.
    body.resume()
  }
}

function checked({ raw, row }: Line, { isRow }: Kind): Line['row'] {
  if (raw.includes(NO_UTF8)) return new RowFault('ROW_ENCODING', 'is not UTF-8')
  if (isRow.Check(row)) return row
  const error = isRow.Errors(row).find(({ keyword }) => keyword !== 'additionalProperties')
  const column = error?.instancePath.split('/')[1]
  const detail = error?.keyword === 'boolean' ? 'is not expected here' : (error?.message ?? 'does not have the expected form')
  return new RowFault('ROW_INVALID', detail, column)
}

async function* csvLines(body: Readable, { columns }: Kind): AsyncGenerator<Line> {
  // What stops the reading is heard in its turn: an error of the stream would overtake the rows before it.
  let stop: string | undefined
  const options: Options = {
    bom: true,
    raw: true,
    relax_column_count: true,
    relax_quotes: true, // `5" pipe` is what it looks like
    max_record_size: LONGEST_LINE,
    skip_records_with_error: true,
    on_skip: (error) => {
      stop ??= error?.code ?? ''
    },
    on_record: (record) => (stop === undefined ? record : null),
  }
  const parser = parse(options)
  body.on('error', (error) => parser.destroy(error))
  body.pipe(parser)
  let header: string[] | undefined
  let head = ''
  let line = 1
  try {
    for await (const { record, raw } of parser as AsyncIterable<{ record: string[]; raw: string }>) {
      const at = line
      line += raw.match(/\r\n|\r|\n/g)?.length ?? 0
      if (record.length === 1 && record[0]?.trim() === '') continue
      if (header !== undefined) yield { line: at, raw: raw.trimEnd(), text: withoutBreak(raw), head, row: rowOf(record, header, columns) }
      else {
        header = headerOf(record, columns, at)
        head = `${header.join(',')}${BREAK.exec(raw)?.[0] ?? '\n'}`
      }
    }
  } finally {
    body.unpipe(parser)
  }
  if (stop === 'CSV_MAX_RECORD_SIZE')
    throw new Unreadable(line, new RowFault('ROW_TOO_LARGE', 'is longer than 1 MiB, or a quote in it is not closed'))
  if (stop !== undefined) throw new Unreadable(line, new RowFault('ROW_MALFORMED', 'has a quote that is not closed'))
}

/** At the end of a row. Which one it is in a text its first row says. */
const BREAK = /(?:\r\n|\n|\r)$/

function withoutBreak(raw: string): string {
  return raw.replace(BREAK, '')
}

function headerOf(record: readonly string[], columns: Kind['columns'], line: number): string[] {
  const header = record.map((cell) => cell.trim())
  for (const [i, name] of header.entries()) {
    const detail = !Object.hasOwn(columns, name)
      ? `is not one of ${Object.keys(columns).join(', ')}`
      : header.indexOf(name) < i
        ? 'is there twice'
        : undefined
    if (detail !== undefined) throw new Unreadable(line, new RowFault('COLUMN_UNKNOWN', detail, name))
  }
  return header
}

function rowOf(record: readonly string[], header: readonly string[], columns: Kind['columns']): Line['row'] {
  if (record.length !== header.length) return new RowFault('ROW_INVALID', `has ${record.length} cells instead of ${header.length}`)
  const row: Record<string, unknown> = {}
  for (const [i, name] of header.entries()) {
    const cell = record[i] ?? ''
    if (cell === '') continue
    const value = columns[name]?.read(unguarded(cell))
    if (value === undefined) return new RowFault('ROW_INVALID', 'does not have the expected form', name)
    row[name] = value
  }
  return row
}

/** JSON lines, each bounded while it is read: what is too long is passed over up to its end. */
async function* jsonLines(body: Readable): AsyncGenerator<Line> {
  let line = 0
  for await (const text of textLines(body)) {
    line++
    if (text === undefined) yield { line, raw: '', text: '', row: new RowFault('ROW_TOO_LARGE', 'is longer than 1 MiB') }
    else if (text.trim() !== '') yield { line, raw: text.trimEnd(), text, row: parsed(text) }
  }
}

function parsed(text: string): Line['row'] {
  try {
    const row: unknown = JSON.parse(text)
    if (typeof row === 'object' && row !== null && !Array.isArray(row)) return row as Line['row']
  } catch {
    // told below
  }
  return new RowFault('ROW_MALFORMED', 'is not a JSON object')
}

/** @returns `undefined` for a line that is too long */
async function* textLines(body: Readable): AsyncGenerator<string | undefined> {
  const decoder = new TextDecoder()
  let rest = ''
  let isLong = false
  // To end it here would end the connection, and with it the answer.
  for await (const chunk of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = parts.pop() ?? ''
    for (const part of parts) {
      yield isLong || part.length > LONGEST_LINE ? undefined : part
      isLong = false
    }
    if (rest.length > LONGEST_LINE) {
      isLong = true
      rest = ''
    }
  }
  rest += decoder.decode()
  if (isLong || rest !== '') yield isLong ? undefined : rest
}
