import { EXIT, type ExitCode } from './exit-code.ts'

const CODES = {
  USAGE: EXIT.USAGE,
  FILE_UNREADABLE: EXIT.USAGE,
  FILE_UNWRITABLE: EXIT.USAGE,
  KEY_MISSING: EXIT.NO_ACCESS,
  KEY_MALFORMED: EXIT.NO_ACCESS,
  NOT_CONFIRMED: EXIT.USAGE,
  PLAN_FILE_INVALID: EXIT.USAGE,
  PUBLICATION_PLAN_OUTDATED: EXIT.CONFLICT,
} satisfies Record<string, ExitCode>
type CliErrorCode = keyof typeof CODES

/** What this command found wrong by itself. `next` is the step that most often mends it. */
export class CliError extends Error {
  override readonly name = 'CliError'
  readonly code: CliErrorCode
  readonly next: string | undefined
  constructor(code: CliErrorCode, message: string, next?: string) {
    super(message)
    this.code = code
    this.next = next
  }
  get exitCode(): ExitCode {
    return CODES[this.code]
  }
}
