import { writeSpeed } from '../forms/number.ts'
import type { Signal, SignalEffect, Terms } from '../model.ts'
import type { Tell } from './consequence.ts'
import { rankOf } from './levels.ts'

/** A stricter effect holds at once for everybody; a milder one only where the milder edition is also the one that was sold. */
export function signals(before: Terms, after: Terms, tell: Tell): void {
  const names = new Set([...before.signals.keys(), ...after.signals.keys()])
  for (const name of names) {
    const [was, now] = [before.signals.get(name), after.signals.get(name)]
    compareEffects(name, `the signal ${name}`, was?.effect, now?.effect, before, after, tell)
    if (was !== undefined && now !== undefined) compareSpeeds(name, was, now, tell)
  }
  compareEffects('failed', 'a signal that cannot be computed', before.onSignalFailure, after.onSignalFailure, before, after, tell)
}

function compareEffects(
  name: string,
  what: string,
  was: SignalEffect | undefined,
  now: SignalEffect | undefined,
  before: Terms,
  after: Terms,
  tell: Tell,
): void {
  const same = was?.kind === now?.kind && levelOf(was) === levelOf(now)
  if (same) return
  const strength = (effect: SignalEffect | undefined) =>
    effect?.kind === 'refuse' ? Number.POSITIVE_INFINITY : effect?.kind === 'require' ? rankOf(effect.level, before, after) : -1
  const [old, fresh] = [strength(was), strength(now)]
  const gone = [levelOf(was), levelOf(now)].some((level) => level !== undefined && !after.levels.some((each) => each.name === level))
  const stricter = fresh > old || (gone && now?.kind === 'require')
  const direction = stricter ? 'narrows' : fresh < old ? 'widens' : 'neutral'
  tell({
    type: 'signal',
    direction,
    effect: stricter ? 'at_once' : 'sold_or_moved',
    where: { name },
    before: was && inWords(was),
    after: now && inWords(now),
    sentence: `${what} ${doing(now)}, where it ${did(was)}`,
  })
}

function compareSpeeds(name: string, { overKmPerHour: was }: Signal, { overKmPerHour: now }: Signal, tell: Tell): void {
  if (was === now) return
  const eased = was !== undefined && now !== undefined && now > was
  const speed = (kmPerHour: number | undefined) => (kmPerHour === undefined ? 'no speed of its own' : `over ${writeSpeed(kmPerHour)}`)
  tell({
    type: 'signal',
    direction: eased ? 'widens' : 'narrows',
    effect: eased ? 'sold_or_moved' : 'at_once',
    where: { name },
    before: was === undefined ? undefined : writeSpeed(was),
    after: now === undefined ? undefined : writeSpeed(now),
    sentence: `the signal ${name} is raised by ${speed(now)} instead of ${speed(was)}`,
  })
}

function levelOf(effect: SignalEffect | undefined): string | undefined {
  return effect?.kind === 'require' ? effect.level : undefined
}

function inWords(effect: SignalEffect): string {
  return effect.kind === 'require' ? `require ${effect.level}` : effect.kind
}

function doing(effect: SignalEffect | undefined): string {
  if (effect === undefined) return 'is no longer known'
  if (effect.kind === 'allow') return 'raises nothing'
  return effect.kind === 'refuse' ? 'refuses everything' : `asks for a new proof of ${effect.level}`
}

function did(effect: SignalEffect | undefined): string {
  if (effect === undefined) return 'was not known'
  if (effect.kind === 'allow') return 'raised nothing'
  return effect.kind === 'refuse' ? 'refused everything' : `asked for ${effect.level}`
}
