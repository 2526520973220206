import { BOUNDS } from '../bounds.ts'
import { readDuration } from '../forms/duration.ts'
import { LIMIT_EXAMPLES, RATE_EXAMPLES, readLimit, readRate } from '../forms/limit.ts'
import type { Approval, Entry, Feature, Limit, Obligations, Rate, ResourceSelector } from '../model.ts'
import { quoted, type Report } from '../report.ts'
import { didYouMean, didYouMeanOrOneOf } from '../suggest.ts'
import { assurance } from './assurance.ts'
import { readConditions, zone } from './conditions.ts'
import { count, declared, distinct, type Fields, fields, flag, type Naming, named, type Tree, text, words } from './fields.ts'
import { expression, type Scope } from './scope.ts'

const ENTRY_KEYS = [
  'limit',
  'then',
  'rate',
  'burst',
  'value',
  'resources',
  'commands',
  'assurance',
  'approval',
  'obligations',
  'when',
  'needs',
  'conditions',
]

/** One entry of a plan. `feature` is undefined where the feature itself could not be read, and is then not asked. */
export function readEntry(id: string, feature: Feature | undefined, tree: Tree, scope: Scope): Entry | undefined {
  const { report, places } = scope
  const its = fields(tree, `an entry of ${id}`, ENTRY_KEYS, report)
  if (its === undefined) return undefined
  const read = <T>(key: string, how: (tree: Tree) => T | undefined) => {
    const value = its.get(key)
    return value === undefined ? undefined : how(value)
  }
  fitsFeature(id, feature, its, report)
  const limit = read('limit', (value) => readLimitOf(value, report))
  const rate = read('rate', (value) => rateWithBurst(value, its, report))
  const value = read('value', (tree) => readValue(id, feature, tree, report))
  const resources = read('resources', (value) => readResources(value, report))
  const commands = read('commands', (value) => readCommands(id, feature, value, report))
  const proof = read('assurance', (value) => assurance(value, scope))
  const approval = read('approval', (value) => readApproval(value, scope))
  const when = read('when', (value) => expression(value, 'when', scope))
  const needs = read('needs', (value) => readNeeds(value, scope))
  if (its.get('burst') && !its.get('rate'))
    report.add(its.keyPlace('burst'), 'KEY_NEEDS_ANOTHER', 'A burst belongs to a rate.', 'Add "rate: 10 per second".')
  if (its.get('then') && (!its.get('limit') || limit === 'none'))
    report.add(
      its.keyPlace('then'),
      'KEY_NEEDS_ANOTHER',
      '"then" says what follows a limit, and there is none.',
      'Add "limit: 1000 per month".',
    )
  const entry: Entry = {
    ...(limit !== undefined && limit !== 'none' && { limit }),
    then: read('then', (value) => readThen(value, report)) ?? { kind: 'refuse' },
    ...(rate !== undefined && { rate }),
    ...(value !== undefined && { value }),
    ...(resources !== undefined && { resources }),
    ...(commands !== undefined && { commands }),
    ...(proof !== undefined && { assurance: proof }),
    ...(approval !== undefined && { approval }),
    obligations: read('obligations', (value) => readObligations(value, report)) ?? { record: false, mask: [] },
    ...(when !== undefined && { when }),
    ...(needs !== undefined && { needs }),
    conditions: readConditions(its.get('conditions'), scope),
  }
  places.set(entry, tree.place)
  return entry
}

/** What the feature's own declaration makes possible. */
function fitsFeature(id: string, feature: Feature | undefined, its: Fields, report: Report): void {
  if (feature === undefined) return
  const limit = its.get('limit')
  const unlimited = limit?.kind === 'leaf' && limit.value === 'none'
  if (limit && !unlimited && feature.meter === undefined)
    report.add(
      its.keyPlace('limit'),
      'LIMIT_WITHOUT_METER',
      `${quoted(id)} has a limit, but the feature names no meter.`,
      `Add "meter:" to the feature ${id}, or use "rate" or "value".`,
    )
  if (its.get('value') && feature.type === 'switch')
    report.add(
      its.keyPlace('value'),
      'VALUE_ON_SWITCH',
      `${quoted(id)} is a switch and has no value.`,
      'Give the feature "type: limit" or "type: choice".',
    )
  if (its.get('resources') && feature.resource === undefined)
    report.add(
      its.keyPlace('resources'),
      'RESOURCES_WITHOUT_KIND',
      `${quoted(id)} is not asked about a resource.`,
      `Add "resource: KIND" to the feature ${id}.`,
    )
  if (its.get('commands') && feature.commands === undefined)
    report.add(
      its.keyPlace('commands'),
      'COMMANDS_NOT_DECLARED',
      `${quoted(id)} declares no commands.`,
      `Add "commands: […]" to the feature ${id}.`,
    )
}

function readLimitOf(tree: Tree, report: Report): Limit | 'none' | undefined {
  const word = words(tree, 'limit', report)
  if (word === undefined || word === 'none') return word
  const limit = readLimit(word)
  if (typeof limit === 'string')
    return report.add(
      tree.place,
      'BAD_LIMIT',
      `${quoted(word)} ${limit}.`,
      /^\d+$/.test(word) ? `Add a period: "${word.slice(0, 16)} per month".` : LIMIT_EXAMPLES,
    )
  if (limit.calendarZone !== undefined && zone(limit.calendarZone, tree, report) === undefined) return undefined
  return limit
}

function readRateOf(tree: Tree, word: string, report: Report): Omit<Rate, 'burst'> | undefined {
  return readRate(word) ?? report.add(tree.place, 'BAD_RATE', `${quoted(word)} is not a rate.`, RATE_EXAMPLES)
}

function rateWithBurst(tree: Tree, its: Fields, report: Report): Rate | undefined {
  const word = words(tree, 'rate', report)
  const rate = word === undefined ? undefined : readRateOf(tree, word, report)
  const burst = its.get('burst')
  const most = burst && count(burst, 'burst', report)
  return rate && { ...rate, burst: most ?? rate.count }
}

function readThen(tree: Tree, report: Report): Entry['then'] | undefined {
  const word = words(tree, 'then', report)
  if (word === undefined) return undefined
  if (word === 'refuse' || word === 'bill') return { kind: word }
  const [, slow] = /^throttle (.+)$/.exec(word) ?? []
  if (slow === undefined)
    return report.add(
      tree.place,
      'BAD_WORD',
      `"then" cannot be ${quoted(word)}.`,
      () => didYouMean(word, ['refuse', 'bill']) ?? 'Write "bill", "refuse" or "throttle 5 per second".',
    )
  const rate = readRateOf(tree, slow, report)
  return rate && { kind: 'throttle', rate: { ...rate, burst: rate.count } }
}

function readValue(id: string, feature: Feature | undefined, tree: Tree, report: Report): number | string | undefined {
  if (tree.kind === 'broken' || feature?.type === 'switch') return undefined
  if (tree.kind !== 'leaf' || (typeof tree.value !== 'number' && typeof tree.value !== 'string'))
    return report.add(tree.place, 'WRONG_TYPE', `The value of ${id} must be a number or a word.`)
  const { value } = tree
  if (feature?.type === 'choice') {
    if (typeof value === 'string' && feature.values?.includes(value)) return value
    return report.add(tree.place, 'UNKNOWN_VALUE', `${quoted(id)} has no value ${quoted(String(value))}.`, () =>
      didYouMeanOrOneOf(String(value), feature.values ?? []),
    )
  }
  if (feature === undefined) return value
  // A negative zero would be written as 0 and read back as another number.
  if (typeof value === 'number' && value >= 0 && value <= Number.MAX_SAFE_INTEGER) return value + 0
  return report.add(tree.place, 'BAD_NUMBER', `The value of ${id} must be a number from 0 to ${Number.MAX_SAFE_INTEGER}.`)
}

function readResources(tree: Tree, report: Report): ResourceSelector | undefined {
  const its = fields(tree, 'resources', ['environment', 'region', 'labels'], report)
  if (its === undefined) return undefined
  const list = (key: string) => {
    const value = its.get(key)
    return value && distinct(value, key, report, (item) => text(item, `a ${key}`, report))
  }
  const environment = list('environment')
  const region = list('region')
  const labels = new Map<string, readonly string[]>()
  for (const [label, { value }] of named(its.get('labels'), 'labels', BOUNDS.smallMap, report, LABEL)) {
    const values = distinct(value, `label ${label}`, report, (item) => text(item, 'a label value', report))
    if (values !== undefined) labels.set(label, values)
  }
  return { ...(environment !== undefined && { environment }), ...(region !== undefined && { region }), labels }
}

/** Labels come from other systems (`team/owner`), so nearly anything printable may be one. */
const LABEL: Naming = {
  valid: (text) => text.length > 0 && text.length <= BOUNDS.name && text.isWellFormed() && !/[\p{Cc}\p{Z}]/u.test(text),
  rule: `A label is printable, without blanks, at most ${BOUNDS.name} characters.`,
}

function readCommands(id: string, feature: Feature | undefined, tree: Tree, report: Report): string[] | undefined {
  return distinct(tree, 'commands', report, (item) => {
    const word = text(item, 'a command', report)
    if (word === undefined || feature?.commands === undefined) return word
    return declared(word, item.place, `command of ${id} called`, feature.commands, 'UNKNOWN_COMMAND', report) ? word : undefined
  })
}

function readApproval(tree: Tree, { report, names }: Scope): Approval | undefined {
  const its = fields(tree, 'approval', ['by', 'count', 'for'], report)
  const by = its?.require('by')
  if (its === undefined || by === undefined) return undefined
  const role = text(by, 'by', report)
  if (role !== undefined) declared(role, by.place, 'role', names.roles, 'UNKNOWN_ROLE', report)
  const many = its.get('count')
  const time = its.get('for')
  const forSeconds = time && upTo(time, report)
  return {
    by: role ?? '',
    count: (many && count(many, 'the count of an approval', report, 1)) ?? 1,
    ...(forSeconds !== undefined && { forSeconds }),
  }
}

/** `up to 4 hours`. */
function upTo(tree: Tree, report: Report): number | undefined {
  const word = words(tree, 'for', report)
  if (word === undefined) return undefined
  const [, time = ''] = /^up to (.+)$/.exec(word) ?? []
  const seconds = readDuration(time)
  if (seconds !== undefined && seconds > 0) return seconds
  return report.add(
    tree.place,
    'BAD_DURATION',
    `${quoted(word)} does not say how long a grant may be.`,
    `Write "up to ${readDuration(word) ? word : '4 hours'}".`,
  )
}

function readObligations(tree: Tree, report: Report): Obligations | undefined {
  const its = fields(tree, 'obligations', ['record', 'mask'], report)
  if (its === undefined) return undefined
  const record = its.get('record')
  const mask = its.get('mask')
  return {
    record: (record && flag(record, 'record', report)) ?? false,
    mask: (mask && distinct(mask, 'mask', report, (item) => text(item, 'a field', report), 0)) ?? [],
  }
}

/** `alias:feature` of another authority. */
function readNeeds(tree: Tree, { report, names }: Scope): string | undefined {
  const word = text(tree, 'needs', report)
  if (word === undefined) return undefined
  const [, alias, feature] = /^([^:\s]+):([^:\s]+)$/.exec(word) ?? []
  if (alias === undefined || feature === undefined)
    return report.add(
      tree.place,
      'BAD_NEED',
      `${quoted(word)} names no feature of another authority.`,
      'Write \'vault:blob.write\', the alias from "federation" first.',
    )
  return declared(alias, tree.place, 'authority in "federation" called', names.authorities, 'UNKNOWN_AUTHORITY', report) ? word : undefined
}
