export { type Assertions, assertionsOf, withoutAssertions } from './assertions.ts'
export { answer, decide, isAllowed, type Proposal, propose } from './decide.ts'
export type {
  AskedResource,
  CandidateTrace,
  Context,
  Decision,
  GateTrace,
  Notice,
  Obligation,
  Proof,
  Reason,
  Remedy,
  Request,
} from './decision.ts'
export { hasEnded } from './ended.ts'
export { explain } from './explain.ts'
export type {
  Change,
  CustomerRole,
  EditionFact,
  ElsewhereFact,
  Entity,
  Fact,
  FactValue,
  GrantFact,
  IdentityFact,
  Instant,
  LicenseFact,
  OrganizationFact,
  RemovedFact,
  ResourceFact,
  SeatFact,
  SignalFact,
} from './facts.ts'
export { entityOf } from './facts.ts'
export { type Could, could, type Item, itemsOf, type Place } from './impact/could.ts'
export type { Effect } from './impact/effects.ts'
export {
  type Asked,
  dayOfLoss,
  type FeatureImpact,
  Impact,
  type ImpactGroup,
  type ImpactReport,
  impact,
  type Sight,
} from './impact/impact.ts'
export { formatInstant, parseInstant } from './instant.ts'
export { type Leasable, leasable, leasableRates } from './leasable.ts'
export type { LicenseRecord, Sold } from './license-record.ts'
export { endOf, type LicenseState, licenseState } from './license-state.ts'
export { AUTHORITY_PRODUCT, type ProductRecord } from './products.ts'
export { windowOf } from './quota-window.ts'
export { arrivalAfter, burstMilliseconds, joined, leastPartFor, partOf, readyAt, roomFor } from './rate.ts'
export { seatLimit } from './seats.ts'
export { asStaged, licensesWithin, newestWithin } from './staged.ts'
export type { FloatingSeat, LeasedUnits, QuotaWindow, RatePart, ReservedUnits, Spending, Usage } from './usage.ts'
export { decisionToWire, requestFromWire, type WireDecision, type WireRequest } from './wire.ts'
export { type Standing, World } from './world.ts'
