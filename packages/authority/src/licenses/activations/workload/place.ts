import { ApiError } from '../../../app/api-error.ts'
import type { Authority } from '../../../app/authority.ts'
import type { Rules } from '../activation.ts'
import type { ActivationRow } from '../store.ts'
import { refused, verifyWorkload, type Workload } from './verify.ts'

/** Whether the rules of a licence let a workload in. @throws {ApiError} WORKLOAD_TOKEN_MISSING, WORKLOAD_NOT_ALLOWED */
export function mayActivate({ workloads }: Rules, workload: Workload | undefined): void {
  if (workloads === undefined) return
  if (workload === undefined) throw new ApiError('WORKLOAD_TOKEN_MISSING')
  const isNamed = workloads.some(({ issuer, subject }) => issuer === workload.issuer && matches(subject, workload.subject))
  if (!isNamed) throw new ApiError('WORKLOAD_NOT_ALLOWED')
}

/** Whoever comes again for the place of a workload is that workload still. @throws {ApiError} WORKLOAD_TOKEN_MISSING, WORKLOAD_TOKEN_REFUSED */
export function isStill({ workload_issuer, workload_subject }: ActivationRow, workload: Workload | undefined): void {
  if (workload_subject === null) return
  if (workload === undefined) throw new ApiError('WORKLOAD_TOKEN_MISSING')
  if (workload.issuer !== workload_issuer || workload.subject !== workload_subject) throw refused('other_workload')
}

/** Of a contact. To give a place back its key is enough. */
export async function provenStill(
  authority: Authority,
  row: ActivationRow,
  { workload, releases }: { readonly workload?: string; readonly releases?: 'yes' },
): Promise<void> {
  if (row.workload_subject === null || releases !== undefined) return
  isStill(row, workload === undefined ? undefined : await verifyWorkload(authority, workload))
}

/** `prefix*` or exactly. */
function matches(pattern: string, subject: string): boolean {
  return pattern.endsWith('*') ? subject.startsWith(pattern.slice(0, -1)) : subject === pattern
}
