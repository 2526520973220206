import { createHash } from 'node:crypto'
import type { Decision } from '@writ/engine'

/** What may be different in the answer to one question. */
export const DIFFERENCE_KINDS = {
  refused: 'What is allowed would be refused.',
  allowed: 'What is refused would be allowed.',
  reason: 'It is refused, and would be for another reason.',
  level: 'Another proof would be asked for.',
  obligations: 'It is allowed, with other obligations.',
  value: 'It is allowed, with another value or amount.',
  notices: 'It is allowed, with other notices: `overage`, `would_refuse`.',
} as const

export type DifferenceKind = keyof typeof DIFFERENCE_KINDS

/** `before` and `after` are codes: `allowed`, a reason, levels, obligations, a value, kinds of notices. */
export interface Difference {
  readonly kind: DifferenceKind
  readonly before: string
  readonly after: string
}

/** How two answers to one question differ for whoever asked. What plan or entry they come by is no difference. */
export function differencesBetween(before: Decision, after: Decision): Difference[] {
  if (before.allowed !== after.allowed) {
    return [{ kind: after.allowed ? 'allowed' : 'refused', before: codeOf(before), after: codeOf(after) }]
  }
  const found: Difference[] = []
  const look = (kind: DifferenceKind, of: (decision: Decision) => string): void => {
    const [was, is] = [of(before), of(after)]
    if (was !== is) found.push({ kind, before: short(was), after: short(is) })
  }
  if (!before.allowed) {
    look('reason', codeOf)
    if (found.length === 0) look('level', levelsOf)
    return found
  }
  look('obligations', ({ obligations }) =>
    list(obligations.map((each) => (each.type === 'mask' ? `mask:${[...each.fields].sort().join('+')}` : each.type))),
  )
  look('value', ({ value, admitted }) => list([value, admitted].filter((each) => each !== undefined).map(String)))
  look('notices', ({ notices }) => list(notices.map((each) => (each.type === 'would_refuse' ? `would_refuse:${each.reason}` : each.type))))
  return found
}

/** The same for the same difference, at whichever node it was seen. */
export function differenceId({
  license,
  feature,
  kind,
  before,
  after,
}: Difference & { readonly license: string; readonly feature: string }): string {
  return createHash('sha256')
    .update(JSON.stringify([license, feature, kind, before, after]))
    .digest('base64url')
    .slice(0, 22)
}

function codeOf({ allowed, reason }: Decision): string {
  return allowed ? 'allowed' : String(reason)
}

function levelsOf({ remedies }: Decision): string {
  return list(remedies.flatMap((each) => (each.type === 'step_up' ? [`${each.acr_values.join('|')}`] : [])))
}

function list(words: readonly string[]): string {
  return words.length === 0 ? 'none' : [...words].sort().join(' ')
}

const MOST = 200
function short(text: string): string {
  return text.length > MOST ? `${text.slice(0, MOST - 1)}…` : text
}
