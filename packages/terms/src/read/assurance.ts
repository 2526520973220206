import { BOUNDS } from '../bounds.ts'
import { DURATION_EXAMPLES, readDuration } from '../forms/duration.ts'
import { readSpeed } from '../forms/number.ts'
import type { Assurance, Level, Signal, SignalEffect } from '../model.ts'
import { quoted, type Report } from '../report.ts'
import { didYouMean } from '../suggest.ts'
import { capital, declared, distinct, fields, flag, listOf, named, type Tree, text, words } from './fields.ts'
import type { Scope } from './scope.ts'

/** A duration, at least `least` seconds long. */
export function duration(tree: Tree, what: string, report: Report, least = 0): number | undefined {
  const word = words(tree, what, report)
  if (word === undefined) return undefined
  const seconds = readDuration(word)
  if (seconds === undefined)
    return report.add(
      tree.place,
      'BAD_DURATION',
      `${capital(what)}: ${quoted(word)} is not a duration.`,
      /^\d+$/.test(word) ? `Add a unit: "${word.slice(0, 12)} days".` : DURATION_EXAMPLES,
    )
  return seconds >= least
    ? seconds
    : report.add(tree.place, 'BAD_DURATION', `${capital(what)} must be longer than nothing.`, 'Write a longer one, or leave the key out.')
}

/** `otp` or `otp within 10 minutes`. */
export function assurance(tree: Tree, { report, names }: Pick<Scope, 'report' | 'names'>): Assurance | undefined {
  const word = words(tree, 'assurance', report)
  if (word === undefined) return undefined
  const [, level, age] = /^(\S+)(?: within (.+))?$/.exec(word) ?? []
  if (level === undefined)
    return report.add(tree.place, 'BAD_ASSURANCE', `${quoted(word)} is not an assurance.`, 'Write a level, or "otp within 10 minutes".')
  if (!declared(level, tree.place, 'level', names.levels, 'UNKNOWN_LEVEL', report)) return undefined
  if (age === undefined) return { level }
  const withinSeconds = readDuration(age)
  if (withinSeconds === undefined || withinSeconds === 0)
    return report.add(tree.place, 'BAD_DURATION', `Assurance: ${quoted(age)} is not a duration.`, DURATION_EXAMPLES)
  return { level, withinSeconds }
}

export function readLevels(tree: Tree | undefined, { report, places }: Scope): Level[] {
  const byAcr = new Map<string, string>()
  return named(tree, 'assurance', BOUNDS.smallMap, report).flatMap(([name, { value, place }]) => {
    const its = fields(value, `level ${name}`, ['acr', 'any_of', 'attested'], report)
    const acr = its?.require('acr')
    const anyOf = its?.require('any_of')
    const attested = its?.get('attested')
    if (its === undefined || acr === undefined || anyOf === undefined) return []
    const level: Level = {
      name,
      acr: acrValue(acr, report) ?? '',
      anyOf: alternatives(anyOf, report) ?? [],
      attested: (attested && flag(attested, 'attested', report)) ?? false,
    }
    const other = byAcr.get(level.acr)
    if (other !== undefined && level.acr !== '')
      report.add(acr.place, 'DUPLICATE_ACR', `Level ${other} has this acr already.`, 'Give each level an acr of its own.')
    else byAcr.set(level.acr, name)
    places.set(level, place)
    return [level]
  })
}

/** Travels in `acr_values`, a list separated by blanks (OpenID Connect Core 1.0 section 3.1.2.1), so it holds none. */
function acrValue(tree: Tree, report: Report): string | undefined {
  const acr = text(tree, 'acr', report)
  return acr === undefined || !/\s/.test(acr)
    ? acr
    : report.add(tree.place, 'BAD_TEXT', 'An acr holds no blanks.', 'Write one word, such as "urn:example:otp".')
}

/** `[otp, [hwk, user]]`: one of these; a nested list means all of it. */
function alternatives(tree: Tree, report: Report): string[][] | undefined {
  return listOf(tree, 'any_of', report)?.flatMap((item) => {
    const all = item.kind === 'list' ? distinct(item, 'a nested list', report, (each) => method(each, report)) : [method(item, report)]
    return all === undefined || all.includes(undefined) ? [] : [all as string[]]
  })
}

function method(tree: Tree, report: Report): string | undefined {
  return text(tree, 'a method', report)
}

export function readSignals(tree: Tree | undefined, scope: Scope): { signals: Map<string, Signal>; onFailure: SignalEffect } {
  const { report } = scope
  const signals = new Map<string, Signal>()
  let onFailure: SignalEffect = { kind: 'allow' }
  for (const [name, { value, place }] of named(tree, 'signals', BOUNDS.smallMap, report)) {
    if (name === 'on_failure') onFailure = failureEffect(value, scope) ?? onFailure
    else if (name === 'failed')
      report.add(place, 'BAD_NAME', '"failed" is what a signal that cannot be computed is called.', 'Use on_failure to say what it does.')
    else {
      const signal = readSignal(name, value, scope)
      if (signal !== undefined) signals.set(name, signal)
    }
  }
  return { signals, onFailure }
}

function readSignal(name: string, tree: Tree, scope: Scope): Signal | undefined {
  const { report } = scope
  const its = fields(tree, `signal ${name}`, ['require', 'refuse', 'allow', 'over'], report)
  if (its === undefined) return undefined
  const said = (['require', 'refuse', 'allow'] as const).filter((key) => its.get(key) !== undefined)
  if (said.length > 1)
    return report.add(
      its.keyPlace(said[1] as string),
      'CONFLICTING_KEYS',
      `Signal ${name} can have one effect only.`,
      'Keep one of require, refuse, allow.',
    )
  const [kind] = said
  const value = kind && its.get(kind)
  if (kind === undefined || value === undefined)
    return report.add(tree.place, 'MISSING_KEY', `Signal ${name} has no effect.`, 'Add "require: LEVEL" or "refuse: true".')
  const effect = kind === 'require' ? requireLevel(value, words(value, 'require', report), scope) : flagged(kind, value, report)
  const over = its.get('over')
  const overKmPerHour = over && speed(over, report)
  return effect && { effect, ...(overKmPerHour !== undefined && { overKmPerHour }) }
}

function flagged(kind: 'refuse' | 'allow', tree: Tree, report: Report): SignalEffect | undefined {
  const value = flag(tree, kind, report)
  if (value === false) return report.add(tree.place, 'BAD_WORD', `"${kind}: false" says nothing.`, 'Leave the key out.')
  return value === undefined ? undefined : { kind }
}

/** `allow`, `refuse` or `require LEVEL`. */
function failureEffect(tree: Tree, scope: Scope): SignalEffect | undefined {
  const word = words(tree, 'on_failure', scope.report)
  if (word === undefined) return undefined
  if (word === 'allow' || word === 'refuse') return { kind: word }
  const [, level] = /^require (\S+)$/.exec(word) ?? []
  if (level !== undefined) return requireLevel(tree, level, scope)
  return scope.report.add(
    tree.place,
    'BAD_WORD',
    `on_failure cannot be ${quoted(word)}.`,
    () => didYouMean(word, ['allow', 'refuse']) ?? 'Write "allow", "refuse" or "require LEVEL".',
  )
}

function requireLevel(tree: Tree, level: string | undefined, { report, names }: Scope): SignalEffect | undefined {
  if (level === undefined || !declared(level, tree.place, 'level', names.levels, 'UNKNOWN_LEVEL', report)) return undefined
  return { kind: 'require', level }
}

function speed(tree: Tree, report: Report): number | undefined {
  const word = words(tree, 'over', report)
  if (word === undefined) return undefined
  return readSpeed(word) ?? report.add(tree.place, 'BAD_SPEED', `${quoted(word)} is not a speed.`, 'Write "1000 km/h".')
}
