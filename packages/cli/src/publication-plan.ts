import { createHash } from 'node:crypto'
import { CliError } from './cli-error.ts'
import { readText } from './connection.ts'

/** One product of a plan: its terms, and the hash that the authority gave their publication. */
export interface Planned {
  readonly file: string
  readonly product: string
  readonly plan_hash: string
  readonly terms: string
}

/** Names the whole plan: of one file its own hash, of several a hash over theirs, in whatever order they were named. */
export function hashOfPlan(planned: readonly Pick<Planned, 'plan_hash'>[]): string {
  const hashes = planned.map(({ plan_hash }) => plan_hash).toSorted()
  if (hashes.length === 1) return hashes[0] as string
  return `sha256:${createHash('sha256').update(hashes.join('\n')).digest('hex')}`
}

/** The text of a plan file: what was read, so that nothing else is published, wherever it is carried. */
export function planFile(planned: readonly Planned[]): string {
  return `${JSON.stringify({ writ_plan: 1, plan_hash: hashOfPlan(planned), items: planned }, undefined, 2)}\n`
}

/** @throws {CliError} FILE_UNREADABLE, PLAN_FILE_INVALID */
export function readPlanFile(file: string): readonly Planned[] {
  const text = readText(file)
  try {
    const { writ_plan, plan_hash, items } = JSON.parse(text) as { writ_plan?: unknown; plan_hash?: unknown; items?: unknown }
    if (writ_plan === 1 && Array.isArray(items) && items.length > 0 && items.every(isPlanned) && plan_hash === hashOfPlan(items))
      return items
  } catch {
    // No JSON: said below.
  }
  throw new CliError('PLAN_FILE_INVALID', `${file} is no plan, or was altered.`, '`writ terms plan FILE --out PLAN` writes one.')
}

function isPlanned(item: unknown): item is Planned {
  if (typeof item !== 'object' || item === null) return false
  const { file, product, plan_hash, terms } = item as Record<string, unknown>
  return [file, product, plan_hash, terms].every((member) => typeof member === 'string')
}
