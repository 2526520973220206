import type { Assurance, Level, Terms } from '../model.ts'
import { listed, without } from '../words.ts'
import type { Tell } from './consequence.ts'

/** Levels are read in the newest edition, for every licence (`decision.md` section 4, Editions). */
export function levels(before: Terms, after: Terms, tell: Tell): void {
  const names = (terms: Terms) => terms.levels.map(({ name }) => name)
  const [old, now] = [names(before), names(after)]
  for (const name of without(old, now))
    tell({
      type: 'level',
      // Who has only the old levels goes on by their order.
      direction: now.length === 0 ? 'neutral' : 'narrows',
      effect: 'at_once',
      where: { name },
      before: name,
      sentence: `the level ${name} is gone; its place among the others is no longer sure`,
    })
  for (const name of without(now, old))
    tell({
      type: 'level',
      direction: 'neutral',
      effect: 'at_once',
      where: { name },
      after: name,
      sentence: `there is a new level ${name}, ${placeOf(name, now)}`,
    })
  const kept = [old.filter((name) => now.includes(name)), now.filter((name) => old.includes(name))] as const
  if (kept[0].join('\n') !== kept[1].join('\n'))
    tell({
      type: 'level',
      direction: 'narrows',
      effect: 'at_once',
      before: kept[0],
      after: kept[1],
      sentence: `levels are ordered ${listed(kept[1])} instead of ${listed(kept[0])}, weakest first: a proof that was enough may no longer be`,
    })
  for (const level of after.levels) {
    const was = before.levels.find(({ name }) => name === level.name)
    if (was !== undefined) oneLevel(was, level, tell)
  }
}

function placeOf(name: string, ladder: readonly string[]): string {
  const weaker = ladder[ladder.indexOf(name) - 1]
  return weaker === undefined ? 'the weakest' : `stronger than ${weaker}`
}

function oneLevel(was: Level, level: Level, tell: Tell): void {
  const where = { name: level.name }
  const effect = 'at_once'
  if (was.acr !== level.acr)
    tell({
      type: 'level',
      direction: 'neutral',
      effect,
      where,
      before: was.acr,
      after: level.acr,
      sentence: `${level.name} is asked for as ${level.acr} instead of ${was.acr}`,
    })
  const ways = (of: Level) => of.anyOf.map((all) => all.toSorted().join(' and '))
  const [old, now] = [ways(was), ways(level)]
  const [lost, gained] = [without(old, now), without(now, old)]
  if (lost.length > 0)
    tell({
      type: 'level',
      direction: 'narrows',
      effect,
      where,
      before: was.anyOf,
      after: level.anyOf,
      sentence: `${level.name} is no longer proven by ${listed(lost, 'or')}`,
    })
  if (gained.length > 0)
    tell({
      type: 'level',
      direction: 'widens',
      effect,
      where,
      before: was.anyOf,
      after: level.anyOf,
      sentence: `${level.name} is also proven by ${listed(gained, 'or')}`,
    })
  if (was.attested !== level.attested)
    tell({
      type: 'level',
      direction: level.attested ? 'narrows' : 'widens',
      effect,
      where,
      before: was.attested,
      after: level.attested,
      sentence: `${level.name} ${level.attested ? 'needs an attested authenticator' : 'no longer needs an attested authenticator'}`,
    })
}

/** The place of a level in the newest ladder, or in the old one where it is gone; absent: weaker than every level. */
export function rankOf(level: string | undefined, before: Terms, after: Terms): number {
  if (level === undefined) return -1
  const rank = after.levels.findIndex(({ name }) => name === level)
  return rank >= 0 ? rank : before.levels.findIndex(({ name }) => name === level)
}

/** Whether `now` asks for more than `was`: a stronger level, or a fresher proof. */
export function isStricter(was: Assurance | undefined, now: Assurance | undefined, before: Terms, after: Terms): boolean {
  if (now === undefined) return false
  const ages = [was?.withinSeconds ?? Number.POSITIVE_INFINITY, now.withinSeconds ?? Number.POSITIVE_INFINITY] as const
  const isKnown = (level: string | undefined) => level === undefined || after.levels.some(({ name }) => name === level)
  // Where a level is gone, nothing is sure.
  if (was?.level !== now.level && !(isKnown(was?.level) && isKnown(now.level))) return true
  return rankOf(now.level, before, after) > rankOf(was?.level, before, after) || ages[1] < ages[0]
}
