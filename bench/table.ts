import type { Row } from './row.ts'

const HEAD = ['what', 'beside', 'measured', 'compared', 'ratio (min–max)', 'target', 'met', ''] as const

/** Markdown that also reads well in a terminal, so that the page in `docs` is the output as it came. */
export function table(rows: readonly Row[]): string {
  const cells = [HEAD.map(String), ...rows.map(cellsOf)]
  const widths = HEAD.map((_, column) => Math.max(3, ...cells.map((row) => row[column]?.length ?? 0)))
  const line = (row: readonly string[]) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  const [head = [], ...body] = cells
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...body.map(line)].join('\n')
}

function cellsOf({ what, beside, measured, compared, ratio, target, met, detail = '' }: Row): string[] {
  const of = ratio === undefined ? '' : `${ratio.median.toFixed(2)} (${ratio.low.toFixed(2)}–${ratio.high.toFixed(2)})`
  return [what, beside, measured, compared, of, target, met === undefined ? '' : met ? 'yes' : 'no', detail]
}
