import { type Approval, type CompiledEntry, selects } from '@writ/terms'
import type { Ask } from './ask.ts'
import type { Candidate } from './candidate.ts'
import type { GrantFact } from './facts.ts'

/**
 * The grants that cover one identity for the question now, approved as an entry asks (gate 9); where it asks for none, by one other identity.
 * Longest first, so that the answer holds as long as it can.
 */
export function coveringGrants(row: number, candidate: Candidate, entry: CompiledEntry | undefined, ask: Ask): GrantFact[] {
  const found: GrantFact[] = []
  for (const grant of ask.world.grantsOf(row)) {
    if (!concerns(grant, candidate, ask) || !approved(grant, entry?.entry.approval, ask)) continue
    ask.horizon.touch(grant.from)
    ask.horizon.touch(grant.until)
    if (grant.from <= ask.now && ask.now < grant.until) found.push(grant)
  }
  return found.sort((a, b) => b.until - a.until || (a.id < b.id ? -1 : 1))
}

function concerns(grant: GrantFact, { license }: Candidate, ask: Ask): boolean {
  if (grant.organization !== license.fact.organization) return false
  // A bare name that a second product learns would open that one's feature too.
  const isBare = grant.feature === ask.featureName
  if (isBare ? ask.world.feature(grant.feature)?.product !== ask.product : grant.feature !== `${ask.product.name}:${ask.featureName}`)
    return false
  if (grant.commands !== undefined && !ask.commands?.every((command) => grant.commands?.includes(command))) return false
  const { resource } = grant
  if (resource === undefined || ask.anyResource) return true
  if (ask.resource === undefined) return false
  if (typeof resource === 'string') return resource === ask.resource.id
  return selects({ ...resource, labels: new Map(Object.entries(resource.labels ?? {})) }, ask.resource)
}

/** Nobody approves their own, neither as the one asked about nor as the one who acts; the same approver twice is one. */
function approved(grant: GrantFact, approval: Approval | undefined, ask: Ask): boolean {
  const actor = ask.actor === undefined ? undefined : ask.world.identities.id(ask.actor)
  const approvers = new Set<string>()
  for (const { identity, roles } of grant.approved_by) {
    if (identity === ask.identityId || identity === actor) continue
    if (approval === undefined || roles.includes(approval.by)) approvers.add(identity)
  }
  return approvers.size >= (approval?.count ?? 1)
}
