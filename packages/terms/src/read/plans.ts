import { BOUNDS } from '../bounds.ts'
import { readPercent } from '../forms/number.ts'
import type { Entry, Grace, IdentityKind, Plan, Seats } from '../model.ts'
import { quoted, type Report } from '../report.ts'
import { didYouMeanOrOneOf } from '../suggest.ts'
import { duration } from './assurance.ts'
import { readConditions } from './conditions.ts'
import { readEntry } from './entry.ts'
import { count, declared, distinct, fields, named, oneOf, type Tree, text, tooMany, words } from './fields.ts'
import type { Scope } from './scope.ts'

const PLAN_KEYS = ['extends', 'title', 'price', 'trial', 'seats', 'grace', 'enforcement', 'includes', 'conditions']
const SEAT_KEYS = ['named', 'floating', 'overage', 'for', 'take', 'hold', 'lease', 'outage']
const KINDS = ['human', 'service', 'machine', 'agent'] as const satisfies readonly IdentityKind[]
export const DEFAULT_GRACE: Grace = { expirySeconds: 0, paymentSeconds: 0, offlineSeconds: 86_400 }

/** What a plan says itself, before it inherits. */
export interface OwnPlan {
  readonly tree: Tree
  readonly base?: { readonly name: string; readonly tree: Tree }
  readonly own: Partial<Plan>
}

export function readPlans(tree: Tree | undefined, scope: Scope): Map<string, OwnPlan> {
  const found = new Map<string, OwnPlan>()
  for (const [id, { value }] of named(tree, 'plans', BOUNDS.plans, scope.report)) {
    const plan = readPlan(id, value, scope)
    if (plan !== undefined) found.set(id, plan)
  }
  return found
}

export function readPlan(id: string, tree: Tree, scope: Scope): OwnPlan | undefined {
  const { report, names } = scope
  const its = fields(tree, `plan ${id}`, PLAN_KEYS, report)
  if (its === undefined) return undefined
  const read = <T>(key: string, how: (tree: Tree) => T | undefined) => {
    const value = its.get(key)
    return value === undefined ? undefined : how(value)
  }
  const base = read('extends', (value) => {
    const name = text(value, 'extends', report)
    return name !== undefined && declared(name, value.place, 'plan', names.plans, 'UNKNOWN_PLAN', report)
      ? { name, tree: value }
      : undefined
  })
  const own: Partial<{ -readonly [Key in keyof Plan]: Plan[Key] }> = {}
  const title = read('title', (value) => text(value, 'title', report))
  const price = read('price', (value) => readPrice(value, report))
  const trial = read('trial', (value) => duration(value, 'trial', report, 1))
  const seats = read('seats', (value) => readSeats(value, report))
  const grace = read('grace', (value) => readGrace(value, scope))
  const enforcement = read('enforcement', (value) => oneOf(value, 'enforcement', ['enforce', 'advise'], report))
  const includes = read('includes', (value) => readIncludes(value, its.get('extends') !== undefined, scope))
  if (title !== undefined) own.title = title
  if (price !== undefined) own.price = price
  if (trial !== undefined) own.trialSeconds = trial
  if (seats !== undefined) own.seats = seats
  if (grace !== undefined) own.grace = grace
  if (enforcement !== undefined) own.enforcement = enforcement
  if (includes !== undefined) own.includes = includes
  if (its.get('conditions') !== undefined) own.conditions = readConditions(its.get('conditions'), scope)
  return { tree, ...(base !== undefined && { base }), own }
}

function readPrice(tree: Tree, report: Report): Map<string, string> {
  const found = new Map<string, string>()
  for (const [provider, { value }] of named(tree, 'price', BOUNDS.smallMap, report)) {
    const price = text(value, `the price at ${provider}`, report)
    if (price !== undefined) found.set(provider, price)
  }
  return found
}

function readSeats(tree: Tree, report: Report): Seats | undefined {
  const its = fields(tree, 'seats', SEAT_KEYS, report)
  if (its === undefined) return undefined
  const named = its.get('named')
  const floating = its.get('floating')
  if (named && floating)
    return report.add(its.keyPlace('floating'), 'CONFLICTING_KEYS', 'Seats are named or floating, not both.', 'Keep one of the two.')
  const many = named ?? floating
  if (many === undefined) return report.add(tree.place, 'MISSING_KEY', 'Seats need a number.', 'Add "named: 25" or "floating: 100".')
  const kind = named ? 'named' : 'floating'
  for (const key of kind === 'named' ? ['lease', 'outage'] : ['take', 'hold']) {
    if (its.get(key))
      report.add(
        its.keyPlace(key),
        'NOT_FOR_THIS_TYPE',
        `"${key}" belongs to ${kind === 'named' ? 'floating' : 'named'} seats.`,
        'Leave it out.',
      )
  }
  const read = <T>(key: string, how: (tree: Tree) => T | undefined) => {
    const value = its.get(key)
    return value === undefined ? undefined : how(value)
  }
  const leaseSeconds = read('lease', (value) => duration(value, 'lease', report, 1))
  return {
    kind,
    count: count(many, `the number of ${kind} seats`, report) ?? 0,
    overage: read('overage', (value) => readOverage(value, report)) ?? { kind: 'count', amount: 0 },
    for: read('for', (value) => distinct(value, 'for', report, (item) => identityKind(item, report))) ?? ['human'],
    take: read('take', (value) => oneOf(value, 'take', ['on use', 'by admin'], report)) ?? 'on use',
    holdSeconds: read('hold', (value) => (value.kind === 'leaf' && value.value === 'none' ? 0 : duration(value, 'hold', report))) ?? 0,
    ...(leaseSeconds !== undefined && { leaseSeconds }),
    outage: read('outage', (value) => oneOf(value, 'outage', ['keep', 'release'], report)) ?? 'release',
  }
}

function identityKind(tree: Tree, report: Report): IdentityKind | undefined {
  const word = words(tree, 'a kind of identity', report)
  if (word === undefined) return undefined
  const found = KINDS.find((each) => each === word)
  return (
    found ?? report.add(tree.place, 'UNKNOWN_KIND', `There is no kind of identity ${quoted(word)}.`, () => didYouMeanOrOneOf(word, KINDS))
  )
}

/** `10%`, a number of seats, or `none`. */
function readOverage(tree: Tree, report: Report): Seats['overage'] | undefined {
  if (tree.kind === 'leaf' && typeof tree.value === 'number') {
    const amount = count(tree, 'overage', report)
    return amount === undefined ? undefined : { kind: 'count', amount }
  }
  const word = words(tree, 'overage', report)
  if (word === undefined) return undefined
  if (word === 'none') return { kind: 'count', amount: 0 }
  const amount = readPercent(word)
  if (amount === undefined)
    return report.add(tree.place, 'BAD_PERCENT', `${quoted(word)} is neither a number of seats nor a percentage.`, 'Write "10%" or "2".')
  return { kind: 'percent', amount }
}

function readGrace(tree: Tree, { report, names, places }: Scope): Grace | undefined {
  const its = fields(tree, 'grace', ['expiry', 'payment', 'offline', 'then'], report)
  if (its === undefined) return undefined
  const read = (key: string, otherwise: number) => {
    const value = its.get(key)
    return (value && duration(value, key, report)) ?? otherwise
  }
  const then = its.get('then')
  const degradeTo = then && readDegrade(then, names.plans, report)
  const grace: Grace = {
    expirySeconds: read('expiry', DEFAULT_GRACE.expirySeconds),
    paymentSeconds: read('payment', DEFAULT_GRACE.paymentSeconds),
    offlineSeconds: read('offline', DEFAULT_GRACE.offlineSeconds),
    ...(degradeTo !== undefined && { degradeTo }),
  }
  places.set(grace, then?.place ?? tree.place)
  return grace
}

function readDegrade(tree: Tree, plans: ReadonlySet<string> | undefined, report: Report): string | undefined {
  const word = words(tree, 'then', report)
  if (word === undefined) return undefined
  const [, plan] = /^degrade to (\S+)$/.exec(word) ?? []
  if (plan === undefined) return report.add(tree.place, 'BAD_WORD', `"then" cannot be ${quoted(word)}.`, 'Write "degrade to PLAN".')
  return declared(plan, tree.place, 'plan', plans, 'UNKNOWN_PLAN', report) ? plan : undefined
}

/** A single entry, or a list of alternatives; an empty list drops what would be inherited. */
function readIncludes(tree: Tree, inherits: boolean, scope: Scope): Map<string, readonly Entry[]> {
  const { report, names, features } = scope
  const found = new Map<string, readonly Entry[]>()
  for (const [id, { value, place }] of named(tree, 'includes', BOUNDS.features, report)) {
    if (!declared(id, place, 'feature', names.features, 'UNKNOWN_FEATURE', report)) continue
    const trees = value.kind === 'list' ? value.items : [value]
    if (trees.length > BOUNDS.entries) {
      tooMany(place, `entries of ${id}`, trees.length, BOUNDS.entries, report)
      continue
    }
    if (trees.length === 0 && !inherits)
      report.add(value.place, 'EMPTY_LIST', `${quoted(id)} has no entry.`, 'Write {} to include it, or leave it out.')
    const entries = trees.map((each) => readEntry(id, features.get(id), each, scope)).filter((entry) => entry !== undefined)
    found.set(id, entries)
  }
  return found
}
