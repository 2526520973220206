import { BOUNDS } from '../bounds.ts'
import { PERCENT_EXAMPLES, readFraction } from '../forms/number.ts'
import type { Feature, Meter } from '../model.ts'
import { quoted, type Report } from '../report.ts'
import { isWhole } from '../source/tree.ts'
import { assurance } from './assurance.ts'
import { capital, declared, distinct, fields, flag, isName, name, named, oneOf, type Tree, text, words } from './fields.ts'
import type { Scope } from './scope.ts'

const FEATURE_KEYS = ['title', 'type', 'unit', 'values', 'meter', 'resource', 'commands', 'assurance', 'repair', 'unreachable']
const METER_KEYS = ['unit', 'aggregate', 'alert_at']

export function readFeatures(tree: Tree | undefined, scope: Scope): Map<string, Feature> {
  const found = new Map<string, Feature>()
  for (const [id, { value, place }] of named(tree, 'features', BOUNDS.features, scope.report)) {
    const before = scope.report.errors
    const feature = readFeature(id, value, scope)
    // A feature with a fault is left out, so that its entries are not blamed for what it failed to say.
    if (feature === undefined || scope.report.errors > before || !isWhole(value)) continue
    scope.places.set(feature, place)
    found.set(id, feature)
  }
  return found
}

function readFeature(id: string, tree: Tree, scope: Scope): Feature | undefined {
  const { report, names } = scope
  const its = fields(tree, `feature ${id}`, FEATURE_KEYS, report)
  if (its === undefined) return undefined
  const read = <T>(key: string, how: (tree: Tree) => T | undefined) => {
    const value = its.get(key)
    return value === undefined ? undefined : how(value)
  }
  const type = read('type', (value) => oneOf(value, 'type', ['switch', 'limit', 'choice'], report)) ?? 'switch'
  const unit = read('unit', (value) => text(value, 'unit', report))
  const values = read('values', (value) => distinct(value, 'values', report, (item) => text(item, 'a value', report)))
  const meter = read('meter', (value) => {
    const word = name(value, 'meter', report)
    return word !== undefined && declared(word, value.place, 'meter', names.meters, 'UNKNOWN_METER', report) ? word : undefined
  })
  const resource = read('resource', (value) => name(value, 'resource', report))
  const commands = read('commands', (value) => distinct(value, 'commands', report, (item) => name(item, 'a command', report)))
  const minimum = read('assurance', (value) => assurance(value, scope))
  if (type !== 'limit' && its.get('unit'))
    report.add(its.keyPlace('unit'), 'NOT_FOR_THIS_TYPE', 'Only a feature of type limit has a unit.', 'Add "type: limit".')
  if (type !== 'choice' && its.get('values'))
    report.add(its.keyPlace('values'), 'NOT_FOR_THIS_TYPE', 'Only a feature of type choice has values.', 'Add "type: choice".')
  if (type === 'choice') its.require('values')
  return {
    title: read('title', (value) => text(value, 'title', report)) ?? id,
    type,
    ...(unit !== undefined && { unit }),
    ...(values !== undefined && { values }),
    ...(meter !== undefined && { meter }),
    ...(resource !== undefined && { resource }),
    ...(commands !== undefined && { commands }),
    ...(minimum !== undefined && { assurance: minimum }),
    repair: read('repair', (value) => flag(value, 'repair', report)) ?? false,
    unreachable: read('unreachable', (value) => oneOf(value, 'unreachable', ['closed', 'open'], report)) ?? 'closed',
  }
}

export function readMeters(tree: Tree | undefined, scope: Scope): Map<string, Meter> {
  const { report } = scope
  const found = new Map<string, Meter>()
  for (const [id, { value, place }] of named(tree, 'meters', BOUNDS.features, report)) {
    const its = fields(value, `meter ${id}`, METER_KEYS, report)
    if (its === undefined) continue
    const unit = its.require('unit')
    const aggregate = its.get('aggregate')
    const alerts = its.get('alert_at')
    if (aggregate !== undefined) oneOf(aggregate, 'aggregate', ['sum'], report)
    const meter: Meter = {
      unit: (unit && text(unit, 'unit', report)) ?? '',
      aggregate: 'sum',
      alertAt: (alerts && distinct(alerts, 'alert_at', report, (item) => fraction(item, report), 0)) ?? [],
    }
    scope.places.set(meter, place)
    found.set(id, meter)
  }
  return found
}

function fraction(tree: Tree, report: Report): number | undefined {
  const word = words(tree, 'a share of the limit', report)
  if (word === undefined) return undefined
  return (
    readFraction(word) ??
    report.add(tree.place, 'BAD_PERCENT', `${capital('a share of the limit')} must be a percentage.`, PERCENT_EXAMPLES)
  )
}

/** Roles: what a member of a customer may do, by exact name, `job.*` or `*`. */
export function readRoles(tree: Tree | undefined, scope: Scope): Map<string, readonly string[]> {
  const { report, names } = scope
  const found = new Map<string, readonly string[]>()
  for (const [role, { value, place }] of named(tree, 'roles', BOUNDS.features, report)) {
    const patterns = distinct(value, `role ${role}`, report, (item) => pattern(item, names.features, report), 0)
    if (patterns === undefined) continue
    scope.places.set(patterns, place)
    found.set(role, patterns)
  }
  return found
}

function pattern(tree: Tree, features: ReadonlySet<string> | undefined, report: Report): string | undefined {
  const word = text(tree, 'a feature', report)
  if (word === undefined || word === '*') return word
  // A pattern that fits no feature yet is a warning, not a fault: see warnings/.
  if (word.endsWith('.*'))
    return isName(word.slice(0, -2))
      ? word
      : report.add(tree.place, 'BAD_NAME', `${quoted(word)} is no pattern.`, 'Write "*", or the start of a name and ".*".')
  return declared(word, tree.place, 'feature', features, 'UNKNOWN_FEATURE', report) ? word : undefined
}
