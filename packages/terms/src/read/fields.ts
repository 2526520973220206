import { BOUNDS } from '../bounds.ts'
import { type Place, quoted, type Report } from '../report.ts'
import type { Dict, Leaf, Member, Tree } from '../source/tree.ts'
import { didYouMean, didYouMeanOrOneOf } from '../suggest.ts'

/** Words that the language keeps for later. They are refused, so that nobody believes they work. */
export const RESERVED_KEYS: ReadonlySet<string> = new Set([
  'staleness',
  'check_in',
  'assign',
  'requires_mark',
  'retention',
  'unrecorded',
  'break_glass',
  'schedules',
])

const KINDS = { leaf: 'a single value', list: 'a list', dict: 'a map of keys' } as const
const INSTEAD = {
  leaf: 'Write one value.',
  list: 'Write [a, b], or one "- " a line.',
  dict: 'Write "key: value" lines, or {} for an empty one.',
} as const
const FILL_IN = 'Fill it in, or leave the key out.'

/** The members of a map with a closed set of keys. */
export interface Fields {
  get(key: string): Tree | undefined
  /** Place of the key itself. */
  keyPlace(key: string): Place
  /** Reports a key that is not there. */
  require(key: string): Tree | undefined
}

/** Opens a map of the language: a key that it does not know is a fault, and one it keeps for later says so. */
export function fields(tree: Tree, what: string, keys: readonly string[], report: Report): Fields | undefined {
  if (report.full) return undefined
  const dict = dictOf(tree, what, report)
  if (dict === undefined) return undefined
  for (const [key, { place }] of dict.entries) {
    if (keys.includes(key)) continue
    if (report.full) break
    if (RESERVED_KEYS.has(key)) report.add(place, 'NOT_SUPPORTED_YET', `${quoted(key)} is not supported yet.`, 'Leave it out.')
    else report.add(place, 'UNKNOWN_KEY', `There is no key ${quoted(key)} in ${what}.`, () => didYouMeanOrOneOf(key, keys))
  }
  return {
    get: (key) => dict.entries.get(key)?.value,
    keyPlace: (key) => dict.entries.get(key)?.place ?? dict.place,
    require(key) {
      const member = dict.entries.get(key)
      if (member === undefined) report.add(dict.place, 'MISSING_KEY', `${quoted(key)} is missing from ${what}.`, `Add "${key}:".`)
      return member?.value
    },
  }
}

/** Opens a map whose keys are names that the author chose. */
export function named(
  tree: Tree | undefined,
  what: string,
  most: number,
  report: Report,
  naming: Naming = NAMING,
): readonly (readonly [string, Member])[] {
  if (tree === undefined || report.full) return []
  const dict = dictOf(tree, what, report)
  if (dict === undefined) return []
  if (dict.entries.size > most) {
    tooMany(dict.place, what, dict.entries.size, most, report)
    return []
  }
  return [...dict.entries].filter(
    ([name, { place }]) => naming.valid(name) || report.add(place, 'BAD_NAME', `${quoted(name)} is not a name.`, naming.rule),
  )
}

/** What may be a name at one place of the file. */
export interface Naming {
  valid(name: string): boolean
  /** Said to who wrote another. */
  readonly rule: string
}

const NAME = /^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$/i
const NAMING: Naming = {
  valid: isName,
  rule: `A name starts with a letter and holds letters, digits and "_", in parts joined by ".", at most ${BOUNDS.name} characters.`,
}

export function tooMany(place: Place, what: string, found: number, most: number, report: Report): undefined {
  report.add(place, 'TOO_MANY', `${capital(what)}: at most ${most} are allowed.`, `Leave ${found - most} out.`)
}

export function isName(text: string): boolean {
  return text.length <= BOUNDS.name && NAME.test(text)
}

function dictOf(tree: Tree, what: string, report: Report): Dict | undefined {
  return tree.kind === 'dict' ? tree : wrongKind(tree, what, 'dict', report)
}

export function listOf(tree: Tree, what: string, report: Report, most: number = BOUNDS.listItems): readonly Tree[] | undefined {
  if (tree.kind !== 'list') return wrongKind(tree, what, 'list', report)
  return tree.items.length <= most ? tree.items : tooMany(tree.place, what, tree.items.length, most, report)
}

function wrongKind(tree: Tree, what: string, want: 'leaf' | 'list' | 'dict', report: Report): undefined {
  if (tree.kind === 'broken') return
  const empty = tree.kind === 'leaf' && tree.value === null
  report.add(
    tree.place,
    'WRONG_TYPE',
    `${capital(what)} must be ${KINDS[want]}, not ${empty ? 'nothing' : KINDS[tree.kind]}.`,
    want === 'list' && tree.kind === 'leaf' && !empty ? `Write [${String(tree.value).slice(0, 60)}].` : INSTEAD[want],
  )
}

function leafOf(tree: Tree, what: string, report: Report): Leaf | undefined {
  return tree.kind === 'leaf' ? tree : wrongKind(tree, what, 'leaf', report)
}

/** Text that people wrote: bounded, without control characters. */
export function text(tree: Tree, what: string, report: Report, most: number = BOUNDS.text): string | undefined {
  const leaf = leafOf(tree, what, report)
  if (leaf === undefined) return undefined
  const { place, value } = leaf
  if (typeof value !== 'string') {
    return report.add(
      place,
      'WRONG_TYPE',
      `${capital(what)} must be text.`,
      value === null ? FILL_IN : `Put it in quotes: '${String(value)}'.`,
    )
  }
  if (value.trim() === '') return report.add(place, 'BAD_TEXT', `${capital(what)} is empty.`, FILL_IN)
  if (value.length > most) return report.add(place, 'BAD_TEXT', `${capital(what)} is longer than ${most} characters.`, 'Shorten it.')
  if (/\p{Cc}/u.test(value) || !value.isWellFormed())
    return report.add(place, 'BAD_TEXT', `${capital(what)} holds a character that cannot be printed.`, 'Leave that one out.')
  return value
}

/** The words of a short form. A number stands for its digits, since YAML reads a bare `5` as one. */
export function words(tree: Tree, what: string, report: Report): string | undefined {
  const leaf = leafOf(tree, what, report)
  if (leaf === undefined) return undefined
  if (leaf.value === null || typeof leaf.value === 'boolean')
    return report.add(leaf.place, 'WRONG_TYPE', `${capital(what)} must be text.`, leaf.value === null ? FILL_IN : undefined)
  return String(leaf.value).trim()
}

export function name(tree: Tree, what: string, report: Report): string | undefined {
  const word = text(tree, what, report, BOUNDS.name)
  if (word === undefined || isName(word)) return word
  return report.add(tree.place, 'BAD_NAME', `${quoted(word)} is not a name.`, NAMING.rule)
}

export function oneOf<const T extends string>(tree: Tree, what: string, choice: readonly T[], report: Report): T | undefined {
  const word = words(tree, what, report)
  if (word === undefined) return undefined
  const found = choice.find((each) => each === word)
  return found ?? report.add(tree.place, 'BAD_WORD', `${capital(what)} cannot be ${quoted(word)}.`, () => didYouMeanOrOneOf(word, choice))
}

export function flag(tree: Tree, what: string, report: Report): boolean | undefined {
  if (tree.kind === 'broken') return undefined
  if (tree.kind === 'leaf' && typeof tree.value === 'boolean') return tree.value
  return report.add(tree.place, 'WRONG_TYPE', `${capital(what)} must be true or false.`)
}

/** A whole number from `least` on. */
export function count(tree: Tree, what: string, report: Report, least = 0): number | undefined {
  if (tree.kind === 'broken') return undefined
  const value = tree.kind === 'leaf' && typeof tree.value === 'number' ? tree.value : Number.NaN
  // Adding 0 turns a negative zero, which would be written as 0, into that 0.
  if (Number.isSafeInteger(value) && value >= least) return value + 0
  return report.add(tree.place, 'BAD_NUMBER', `${capital(what)} must be a whole number from ${least} to ${Number.MAX_SAFE_INTEGER}.`)
}

/** A word that must be declared elsewhere in the file. Where that part could not be read (`known` undefined), nothing is said. */
export function declared(
  word: string,
  place: Place,
  what: string,
  known: Iterable<string> | undefined,
  code: Parameters<Report['add']>[1],
  report: Report,
): boolean {
  if (known === undefined) return true
  const all = known instanceof Set ? known : new Set(known)
  if (all.has(word)) return true
  report.add(
    place,
    code,
    `There is no ${what} ${quoted(word)}.`,
    () => didYouMean(word, all) ?? 'Declare it, or name one that is declared.',
  )
  return false
}

/** A list in which nothing stands twice. */
export function distinct<T>(tree: Tree, what: string, report: Report, read: (item: Tree) => T | undefined, least = 1): T[] | undefined {
  const items = listOf(tree, what, report)
  if (items === undefined) return undefined
  if (items.length < least) return report.add(tree.place, 'EMPTY_LIST', `${capital(what)} must not be empty.`, FILL_IN)
  const seen = new Set<T>()
  for (const item of items) {
    if (report.full) break
    const value = read(item)
    if (value === undefined) continue
    if (seen.has(value))
      report.add(item.place, 'DUPLICATE_VALUE', `${capital(what)}: ${quoted(String(value))} stands here twice.`, 'Keep one of the two.')
    seen.add(value)
  }
  return [...seen]
}

export function capital(what: string): string {
  return what.charAt(0).toUpperCase() + what.slice(1)
}

export type { Tree }
