import type { Finding } from '@writ/terms'
import type { Paint } from '../io.ts'

/** `file:line:column code sentence`, the line itself with a caret, and the suggestion. */
export function findingsInWords(file: string, source: string, findings: readonly Finding[], paint: Paint): string[] {
  const lines = source.split(/\r\n|\n|\r/)
  return findings.flatMap(({ severity, code, line, column, message, suggestion }) => {
    const hue = severity === 'error' ? paint.red : paint.yellow
    const text = lines[line - 1]
    return [
      `${paint.bold(`${file}:${line}:${column}`)} ${hue(`${severity} ${code}`)} ${message}`,
      ...(text === undefined ? [] : excerpt(text, column, hue)),
      ...(suggestion === undefined ? [] : [`  ${paint.cyan('help:')} ${suggestion}`]),
      '',
    ]
  })
}

const WIDTH = 110

/** A long line is cut around the place; a tab stays a tab above and below, so that the caret stands where it should. */
function excerpt(text: string, column: number, hue: (text: string) => string): string[] {
  const from = column <= WIDTH ? 0 : column - Math.floor(WIDTH / 2)
  const shown = text.slice(from, from + WIDTH)
  const before = shown.slice(0, Math.max(0, column - 1 - from)).replace(/[^\t]/g, ' ')
  return [`  ${shown}`, `  ${before}${hue('^')}`]
}

export function summary(checked: readonly { readonly findings: readonly Finding[] }[], paint: Paint): string {
  const all = checked.flatMap(({ findings }) => findings)
  const errors = all.filter(({ severity }) => severity === 'error').length
  const warnings = all.length - errors
  const files = `${checked.length} file${checked.length === 1 ? '' : 's'}`
  const counts = `${files}: ${errors} error${errors === 1 ? '' : 's'}, ${warnings} warning${warnings === 1 ? '' : 's'}`
  return errors > 0 ? paint.red(`✗ ${counts}`) : `${paint.green('✓')} ${counts}`
}
