import { ApiProblem } from '@writ/client'
import { CommanderError } from 'commander'
import pc from 'picocolors'
import { CliError } from './cli-error.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { heldInWords } from './held.ts'

/** What went wrong, for a person and for a script. */
export interface Failure {
  readonly exitCode: ExitCode
  readonly code: string
  readonly detail: string
  /** One line each. */
  readonly more: readonly string[]
  readonly next?: string
  readonly requestId?: string
}

/** @returns `undefined` when commander has said all there is to say */
export function failureOf(error: unknown): Failure | undefined {
  if (error instanceof CommanderError) return undefined
  if (error instanceof CliError) {
    return { exitCode: error.exitCode, code: error.code, detail: error.message, more: [], ...(error.next && { next: error.next }) }
  }
  if (error instanceof ApiProblem) return fromProblem(error)
  if (isStartError(error)) {
    const { details } = error
    const where = [
      details?.file,
      details?.folder,
      details?.url,
      details?.status && `it answers ${details.status}`,
      details?.needed && `needed: ${details.needed}`,
      details?.pid && `pid ${details.pid} of ${details.host}`,
    ].filter((word) => typeof word === 'string')
    return { exitCode: EXIT.USAGE, code: error.code, detail: error.message, more: [...(details?.problems ?? []), ...where] }
  }
  if (error instanceof Error && error.name === 'BackupError') return fromBackup(error as BackupFault)
  const { code, syscall } = (error ?? {}) as { code?: unknown; syscall?: unknown }
  if (code === 'EADDRINUSE') {
    return {
      exitCode: EXIT.USAGE,
      code,
      detail: 'Something else listens on that address.',
      more: [],
      next: 'Stop it, or name another one: --listen 127.0.0.1:7071',
    }
  }
  const detail = error instanceof Error ? error.message : String(error)
  return { exitCode: EXIT.FAILED, code: typeof code === 'string' && typeof syscall === 'string' ? code : 'FAILED', detail, more: [] }
}

interface StartFault extends Error {
  readonly code: string
  readonly details?: {
    readonly problems?: readonly string[]
    readonly file?: string
    readonly folder?: string
    readonly pid?: number
    readonly host?: string
    readonly url?: string
    readonly status?: number
    readonly needed?: string
  }
}

/** By name: its class would bring the whole server along into every command. */
function isStartError(error: unknown): error is StartFault {
  return error instanceof Error && error.name === 'StartError'
}

interface BackupFault extends Error {
  readonly code: string
}

const OF_BACKUPS: Readonly<Record<string, readonly [ExitCode, string]>> = {
  BACKUP_LOCKED: [EXIT.USAGE, 'Give the passphrase it was taken with, or an identity of one of its recipients (--identity FILE).'],
  BACKUP_DAMAGED: [EXIT.NO, 'Fetch it again from where it is kept, or use the one before it.'],
  BACKUP_UNKNOWN_FORM: [EXIT.NO, 'Is it the right file? `writ backup` takes one.'],
  BACKUP_NEWER: [EXIT.CONFLICT, 'Install the version that took it, or a newer one.'],
  STORE_NOT_EMPTY: [EXIT.CONFLICT, 'Name another: --database ./restored, or an empty database.'],
  IDENTITY_MALFORMED: [EXIT.USAGE, '`age-keygen -o FILE` makes one; a backup opens with the identity whose recipient it was locked to.'],
}

function fromBackup({ code, message }: BackupFault): Failure {
  const [exitCode, next] = OF_BACKUPS[code] ?? [EXIT.FAILED, '']
  return { exitCode, code, detail: message, more: [], next }
}

function fromProblem(problem: ApiProblem): Failure {
  const { code, status, detail, errors, members, requestId } = problem
  const findings = Array.isArray(members.findings) ? (members.findings as { line?: number; column?: number; message?: string }[]) : []
  const next = NEXT[code] ?? (code.endsWith('_UNKNOWN') ? 'The `list` command beside this one shows what there is.' : undefined)
  const scope = typeof members.scope === 'string' ? [`the missing scope: ${members.scope}`] : []
  const confirmation = members.confirmation as { token?: string } | undefined
  const plans = Array.isArray(members.plans) ? [`the edition has: ${members.plans.join(', ')}`] : []
  return {
    exitCode: exitCodeOf(status),
    code,
    detail,
    more: [
      ...errors.map((each) => `${each.in}${each.pointer === '' ? '' : ` ${each.pointer}`}: ${each.detail}`),
      ...findings.map(({ line, column, message }) => `${line}:${column} ${message}`),
      ...scope,
      ...plans,
      ...heldInWords(members, { paint: pc.createColors(false) }),
      ...(typeof members.parked_change === 'string' ? [`it waits as ${members.parked_change}`] : []),
      ...(confirmation?.token === undefined ? [] : [`confirmation: ${confirmation.token}`]),
    ],
    ...(next !== undefined && { next }),
    ...(requestId !== undefined && { requestId }),
  }
}

function exitCodeOf(status: number | undefined): ExitCode {
  if (status === undefined || status === 401 || status === 403) return EXIT.NO_ACCESS
  return status >= 500 ? EXIT.FAILED : EXIT.CONFLICT
}

const NEXT: Readonly<Record<string, string>> = {
  UNREACHABLE:
    'Is an authority running there? `npm start` starts one on this machine; WRIT_URL names another. The certificate of a private CA goes into NODE_EXTRA_CA_CERTS.',
  TIMED_OUT: 'Ask whether it is well: its /readyz says so.',
  CREDENTIAL_INVALID: 'WRIT_KEY, or the file that WRIT_KEY_FILE names, must hold a live API key of this authority.',
  SCOPE_MISSING: 'Ask an administrator for a key with that scope: `writ key create NAME --scope SCOPE`.',
  PRECONDITION_FAILED: 'Read it again, and decide anew.',
  SEATS_EXHAUSTED: 'Free a seat (`writ seat free`) or move to a larger plan (`writ license change-plan`).',
  TRIAL_USED: 'Issue a licence without --trial.',
  LICENSE_REVOKED: 'A revoked licence stays revoked: issue a new one.',
  IDENTITY_REVOKED: 'A revoked identity stays revoked: create a new one.',
  PUBLICATION_PLAN_OUTDATED: 'Plan again, read what it comes to now, and publish that.',
  ROOT_TAKEN_OUT:
    'Name its backup by --root-backup FILE, sign elsewhere (writ signing-key request), or put it back (writ root bring-back FILE).',
  DATA_KEY_IN_USE:
    '`writ data-key list` shows how many texts it still has; they are sealed anew by themselves, and an hour after the rotation it can go.',
  MASTER_KEY_UNKNOWN: '`writ master-key add` makes the next one; `writ key-state` shows which are configured.',
  MASTER_KEY_UNCLEAR: 'Name it by --to; `writ key-state` shows which are configured.',
  TERMS_INVALID: '`writ terms check FILE` shows each fault at its line.',
  CONFIRMATION_REQUIRED: 'If that is meant, say it again within ten minutes with the confirmation in WRIT_CONFIRM.',
  CHANGE_PARKED: 'Somebody else confirms it: `writ parked confirm ID`. An import goes on after that: the same again with its --id.',
  CHANGE_UNKEEPABLE: 'Take rows that are longer than 1 MiB out of the file: they are what cannot be kept.',
  PARKED_CHANGES_TOO_MANY:
    '`writ parked list` shows what waits: somebody confirms or discards it, by `writ parked confirm ID` or `discard ID`.',
  SECOND_PERSON_REQUIRED: 'Ask somebody else with a key of their own.',
  INTERNAL: "The authority's log has the request under this id.",
}
