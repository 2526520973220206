import { writeDays, writeTime } from '../forms/week.ts'
import type { Ends, FactType, Terms } from '../model.ts'
import { json, type Written } from '../write/document.ts'
import { writeEnds, writeMeter } from '../write/terms.ts'
import type { ConsequenceType, Tell } from './consequence.ts'

/** What is declared for the rest to use. By itself it gives nothing; a change of what it is may take. */
export function declarations(before: Terms, after: Terms, tell: Tell): void {
  named('meter', 'meter', before.meters, after.meters, writeMeter, 'neutral', tell)
  named('fact', 'fact of the context', before.context, after.context, ({ type, from }) => `${type} from ${from}`, 'narrows', tell)
  named('fact', 'attribute', before.attributes, after.attributes, (type: FactType) => type, 'narrows', tell)
  for (const whose of ['subject', 'resource', 'action'] as const)
    named('fact', `property of the ${whose}`, before.properties[whose], after.properties[whose], (type: FactType) => type, 'narrows', tell)
  named(
    'federation',
    'other authority',
    before.federation,
    after.federation,
    ({ authority, product }) => `${product} at ${authority}`,
    'narrows',
    tell,
  )
  ends(before.ends, after.ends, tell)
  signOffs(before, after, tell)
}

function named<T>(
  type: ConsequenceType,
  what: string,
  before: ReadonlyMap<string, T>,
  after: ReadonlyMap<string, T>,
  write: (value: T) => Written,
  changed: 'narrows' | 'neutral',
  tell: Tell,
): void {
  for (const name of new Set([...before.keys(), ...after.keys()])) {
    const [old, now] = [before.get(name), after.get(name)].map((each) => (each === undefined ? undefined : write(each)))
    if (old === undefined && now !== undefined)
      tell({ type, direction: 'neutral', where: { name }, after: now, sentence: `there is a new ${what}, ${name}` })
    else if (old !== undefined && now === undefined)
      tell({ type, direction: 'neutral', where: { name }, before: old, sentence: `the ${what} ${name} is gone` })
    else if (old !== undefined && now !== undefined && json(old) !== json(now))
      tell({
        type,
        direction: changed,
        where: { name },
        before: old,
        after: now,
        sentence: `the ${what} ${name} is ${inWords(now)} instead of ${inWords(old)}`,
      })
  }
}

function inWords(value: Written): string {
  if (!(value instanceof Map)) return String(value)
  return [...value.values()].map((each) => (Array.isArray(each) ? `alerts at ${each.join(' and ')}` : String(each))).join(' with ')
}

/** A date that is set is never moved: what changes is the date of licences that are issued or renewed. */
function ends(was: Ends | undefined, now: Ends | undefined, tell: Tell): void {
  const [old, fresh] = [was && writeEnds(was), now && writeEnds(now)]
  if ((old && json(old)) === (fresh && json(fresh))) return
  const when = (ends: Ends | undefined) =>
    ends === undefined ? 'at any time' : `on ${writeDays(ends.days)} at ${writeTime(ends.minuteOfDay)} in ${ends.zone}`
  tell({
    type: 'ends',
    direction: 'neutral',
    before: old,
    after: fresh,
    sentence: `licences that are issued or renewed end ${when(now)} instead of ${when(was)}`,
  })
}

function signOffs(was: Terms, now: Terms, tell: Tell): void {
  const [old, fresh] = [was, now].map(({ signedOffBy = [] }) => [...signedOffBy].sort()) as [string[], string[]]
  if (json(old) === json(fresh)) return
  const who = (names: readonly string[]) => (names.length === 0 ? 'nobody' : names.join(', '))
  tell({
    type: 'publish',
    direction: 'neutral',
    before: old,
    after: fresh,
    sentence: `an edition is signed off by ${who(fresh)} instead of ${who(old)}`,
  })
}
