import { attempt } from '../app/savepoint.ts'
import { Draft } from '../changes/draft.ts'
import type { Outcome, Putting } from './kinds.ts'

/** Puts rows each by itself: one that is refused leaves nothing behind, and the others stand. */
export function oneByOne<Row>(put: (putting: Putting, row: Row) => Promise<Outcome>) {
  return async (putting: Putting, rows: readonly Row[]): Promise<Outcome[]> => {
    const outcomes: Outcome[] = []
    for (const row of rows) outcomes.push(await putOne(putting, (own) => put(own, row)))
    return outcomes
  }
}

/** What a row states is stated only when it was put whole; what it notes would be noted of the batch, and is not. */
export async function putOne(putting: Putting, put: (own: Putting) => Promise<Outcome>): Promise<Outcome> {
  const own = new Draft()
  const outcome = await attempt(putting.tx, () => put({ ...putting, change: own }))
  if (outcome instanceof Error || own.isUnchanged) return outcome instanceof Error ? outcome : 'unchanged'
  putting.change.state(...own.facts)
  for (const { kind, id } of own.touched) putting.change.touch(kind, id)
  return outcome
}
