import type { Decision, WireDecision } from '@writ/engine'
import type { Reach } from '../enforcers/scope.ts'

/**
 * The answer as a credential is told it. One that is told no reasons learns what it must do, and how long that holds, and nothing of the
 * contract behind it: `revision` and `expires` stay, since without them an answer would be kept longer than it holds.
 */
export function told<D extends Decision | WireDecision>(decision: D, { reasons }: Reach): D {
  if (reasons !== false) return decision
  const { allowed, obligations, value, admitted, revision, expires, simulated } = decision
  return {
    allowed,
    remedies: [],
    obligations,
    notices: [],
    ...(value !== undefined && { value }),
    ...(admitted !== undefined && { admitted }),
    revision,
    ...(expires !== undefined && { expires }),
    ...(simulated !== undefined && { simulated }),
  } as unknown as D
}
