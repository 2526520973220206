import { type Ask, Horizon } from './ask.ts'
import { type Candidate, candidatesOf } from './candidate.ts'
import { decide } from './decide.ts'
import type { CandidateTrace, Decision, GateTrace, Request } from './decision.ts'
import type { Instant } from './facts.ts'
import { GATES } from './gates.ts'
import { ADVISED, advises } from './judge.ts'
import { prepare } from './prepare.ts'
import type { Usage } from './usage.ts'
import type { Findings } from './verdict.ts'
import type { World } from './world.ts'

/**
 * {@link decide}, with every gate of every candidate: a checklist for whoever asks why. Consumes nothing.
 * Gates after a refusal are judged as well, so that one look shows all that would have to change.
 */
export function explain(world: World, usage: Usage, request: Request, now: Instant): Decision {
  const decision = decide(world, usage, request, now)
  const ask = prepare(world, usage, request, now, new Horizon(now))
  if ('reason' in ask) return { ...decision, trace: [] }
  return { ...decision, trace: candidatesOf(ask).map((candidate) => trace(candidate, ask)) }
}

function trace(candidate: Candidate, ask: Ask): CandidateTrace {
  const { license, parts } = candidate
  const findings: Findings = { soft: advises(candidate), notices: [], obligations: [] }
  const gates = GATES.map(({ name, judge }): GateTrace => {
    const refusal = judge(candidate, ask, findings)
    if (refusal === undefined) return { gate: name, outcome: 'passed' }
    const softened = advises(candidate) && ADVISED.includes(refusal.reason)
    return { gate: name, outcome: softened ? 'softened' : 'refused', reason: refusal.reason }
  })
  const { entry } = parts[0]
  const overrides = overriddenIn(license.fact.overrides, ask.featureName)
  return {
    license: license.fact.id,
    plan: license.fact.plan,
    ...(overrides.length > 0 && { overrides }),
    ...(entry && { entry: entry.index }),
    gates,
  }
}

function overriddenIn(text: string | undefined, feature: string): string[] {
  if (text === undefined) return []
  const { includes = {}, ...rest } = JSON.parse(text) as { includes?: object }
  return [...Object.keys(rest), ...(Object.hasOwn(includes, feature) ? [`includes.${feature}`] : [])]
}
