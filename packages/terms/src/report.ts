import { BOUNDS } from './bounds.ts'
import { CODES, type FindingCode } from './codes.ts'
import type { Finding } from './finding.ts'

/** Where something stands, 1-based; 0/0 when it never stood in a file. */
export interface Place {
  readonly line: number
  readonly column: number
}
export const NOWHERE: Place = { line: 0, column: 0 }

/** Collects findings. A file of nothing but faults must not turn into a report larger than itself, so there is a last one. */
export class Report {
  readonly #findings: Finding[] = []
  #errors = 0

  /** A suggestion that must be searched for is given as a function: after many findings nobody searches any more. */
  add(place: Place, code: FindingCode, message: string, suggestion?: string | (() => string | undefined)): undefined {
    const severity = CODES[code]
    if (severity === 'error') this.#errors++
    if (this.full) return
    const full = this.#findings.length === BOUNDS.findings
    const helped = typeof suggestion !== 'function' ? suggestion : this.#findings.length < BOUNDS.searches ? suggestion() : undefined
    this.#findings.push(
      full
        ? {
            severity: 'error',
            code: 'TOO_MANY_FINDINGS' satisfies FindingCode,
            ...at(place),
            message: `There are more than ${BOUNDS.findings} findings; the rest is left out.`,
          }
        : { severity, code, ...at(place), message, ...(helped !== undefined && { suggestion: helped }) },
    )
  }

  get errors(): number {
    return this.#errors
  }

  /** Nothing more will be kept, so nothing more need be worked out. */
  get full(): boolean {
    return this.#findings.length > BOUNDS.findings
  }

  /** In the order of the file. */
  sorted(): readonly Finding[] {
    return this.#findings.toSorted((a, b) => a.line - b.line || a.column - b.column)
  }
}

function at({ line, column }: Place): Place {
  return { line, column }
}

/** Text from the file as a message shows it: quoted, on one line, never long. */
export function quoted(text: string): string {
  const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text
  return JSON.stringify(shown)
}
