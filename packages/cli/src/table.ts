import type { Paint } from './io.ts'

/** Rows under headings, as wide as need be; the last column runs free. */
export function table(headings: readonly string[], rows: readonly (readonly (string | number | undefined)[])[], paint: Paint): string {
  if (rows.length === 0) return paint.dim('(none)')
  const cells = rows.map((row) => headings.map((_, column) => String(row[column] ?? '-')))
  const widths = headings.map((heading, column) => Math.max(heading.length, ...cells.map((row) => row[column]?.length ?? 0)))
  const line = (row: readonly string[]) =>
    row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0))).join('  ')
  return [paint.dim(line(headings)), ...cells.map(line)].join('\n')
}

/** `name  value` lines; what is absent is left out. */
export function card(title: string, members: readonly (readonly [string, string | number | undefined])[], paint: Paint): string {
  const there = members.filter(([, value]) => value !== undefined && value !== '')
  const width = Math.max(0, ...there.map(([name]) => name.length))
  return [paint.bold(title), ...there.map(([name, value]) => `  ${paint.dim(name.padEnd(width))}  ${value}`)].join('\n')
}
