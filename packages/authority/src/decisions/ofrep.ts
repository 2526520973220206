import type { WireDecision, WireRequest } from '@writ/engine'
import { toRequest } from './authzen.ts'

/** One flag as OFREP 0.3 answers it. */
export interface Flag {
  readonly key: string
  /** Absent: the application goes on with the default in its code. */
  readonly value?: boolean | number | string
  readonly reason: 'TARGETING_MATCH' | 'DISABLED'
  readonly variant?: string
  readonly metadata: Metadata
}
export type Metadata = Readonly<Record<string, Scalar>>
type Scalar = boolean | number | string

/** How a flag context reads as one of our questions. The result still has to match `CheckRequest`. */
export function flagQuestion(key: string, { targetingKey, resource, commands, ...context }: Record<string, unknown>): WireRequest {
  const question = toRequest({
    subject: { type: 'user', id: targetingKey as string },
    action: { name: key },
    resource: { type: 'product', id: '' },
    context,
  })
  const { context: facts, ...rest } = question
  return {
    ...rest,
    ...(facts !== undefined && { context: Object.fromEntries(Object.entries(facts).filter(([, value]) => isFact(value))) }),
    ...(resource !== undefined && { resource: resource as NonNullable<WireRequest['resource']> }),
    ...(commands !== undefined && { commands: commands as readonly string[] }),
  }
}

/** An application sends one context to all its flags, with structures in it too: no terms can declare those, so nothing sees them. */
function isFact(value: unknown): boolean {
  if (Array.isArray(value)) return value.every((item) => typeof item === 'string')
  return value === null || typeof value !== 'object'
}

/**
 * A decision as a flag. A refused limit is 0; a refused choice has no value that would be less than all others, so it has none.
 * @param type of the feature
 */
export function toFlag(key: string, type: 'switch' | 'limit' | 'choice', decision: WireDecision): Flag {
  const { allowed } = decision
  const value = type === 'switch' ? allowed : allowed ? decision.value : type === 'limit' ? 0 : undefined
  const variant = type === 'switch' ? (allowed ? 'on' : 'off') : type === 'choice' ? value : undefined
  return {
    key,
    ...(value !== undefined && { value }),
    reason: allowed ? 'TARGETING_MATCH' : 'DISABLED',
    ...(typeof variant === 'string' && { variant }),
    metadata: flat(decision),
  }
}

/** The answer's other members without a level below them, which is all that OpenFeature carries; lists are words between spaces. */
function flat({ reason, remedies, notices, obligations, admitted, license, entry, grant, edition, expires }: WireDecision): Metadata {
  const metadata: Record<string, Scalar> = {}
  const plain = { reason, admitted, license, entry, grant, edition, expires }
  for (const [name, value] of Object.entries(plain)) if (value !== undefined) metadata[name] = value
  for (const [name, items] of Object.entries({ remedies, notices, obligations })) {
    if (items.length === 0) continue
    metadata[name] = [...new Set(items.map(({ type }) => type))].join(' ')
    for (const { type, ...members } of items) {
      for (const [member, value] of Object.entries(members)) {
        metadata[`${type}_${member}`] ??= Array.isArray(value) ? value.join(' ') : (value as Scalar)
      }
    }
  }
  return metadata
}

/** Metadata that moves with the clock alone: flags that differ only in these are the same to whoever polls them. */
const MOVING: ReadonlySet<string> = new Set(['wait_seconds', 'step_up_max_age'])

/** What stays the same as long as nothing that matters changes: the text that an ETag is made of. */
export function unmoved(flags: readonly Flag[]): string {
  return JSON.stringify(flags, (name, value: unknown) => (MOVING.has(name) ? undefined : value))
}
