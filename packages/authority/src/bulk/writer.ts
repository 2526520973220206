import { stringify } from 'csv-stringify/sync'
import { guarded } from './cells.ts'
import type { Kind } from './kinds.ts'
import type { Format } from './reader.ts'

type Row = Readonly<Record<string, unknown>>

/** The first text of an export. */
export function headOf(format: Format, { columns }: Kind): string {
  return format === 'csv' ? stringify([Object.keys(columns)]) : ''
}

export function textOf(format: Format, { columns }: Kind, rows: readonly Row[]): string {
  if (format === 'jsonl') return rows.map((row) => `${JSON.stringify(row)}\n`).join('')
  return stringify(
    rows.map((row) => Object.entries(columns).map(([name, cell]) => cellOf(row[name], (value) => cell.write(value as never)))),
  )
}

function cellOf(value: unknown, write: (value: unknown) => string): string {
  // Nothing in a list or an object is as good as none, and reads better.
  const isEmpty = typeof value === 'object' && value !== null && Object.keys(value).length === 0
  return value === undefined || isEmpty ? '' : guarded(write(value))
}
