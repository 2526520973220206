export { canonical, hash } from './canonical.ts'
export { check } from './check.ts'
export type { FindingCode } from './codes.ts'
export { CODES } from './codes.ts'
export type {
  CompiledConditions,
  CompiledEntry,
  CompiledFeature,
  CompiledLimit,
  CompiledPlan,
  CompiledTerms,
  Need,
} from './compile.ts'
export { compile, featuresMatching, sameWindow, selects } from './compile.ts'
export type { ContractDocument, ContractReference } from './contract/contract.ts'
export { contract, contractDocument } from './contract/contract.ts'
export type { Consequence, ConsequenceType, Json } from './diff/consequence.ts'
export { CONSEQUENCE_TYPES } from './diff/consequence.ts'
export { diff } from './diff/diff.ts'
export { applyEnds } from './ends.ts'
export type { Declared, Expression, ExpressionFault, FactValue, Scope } from './expression.ts'
export { checkExpression, compileExpression, hasType } from './expression.ts'
export type { Finding } from './finding.ts'
export type { OpeningHours } from './hours.ts'
export { compileHours, isOpen, nextChange } from './hours.ts'
export type * from './model.ts'
export type { Groups, Network } from './network.ts'
export { contains, isNetwork, parseAddress, parseNetwork } from './network.ts'
export type { OverridesFinding, ReadOverrides } from './overrides/overrides.ts'
export { MAX_OVERRIDES_LENGTH, overriddenPlan, readOverrides } from './overrides/overrides.ts'
export type { Parsed } from './parse.ts'
export { parse, parseValue } from './parse.ts'
export { countriesOf, isRegion, REGION_NAMES } from './region.ts'
export { termsSchema } from './schema/schema.ts'
export { show } from './show.ts'
export { warnings } from './warn/warnings.ts'
export type { Zone } from './zone.ts'
export { instantOf, isZone, offsetAt, zoneTable } from './zone.ts'
