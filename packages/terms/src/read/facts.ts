import { BOUNDS } from '../bounds.ts'
import type { ContextFact, FactType, OtherAuthority, Terms } from '../model.ts'
import type { Report } from '../report.ts'
import { fields, type Naming, name, named, oneOf, type Tree, text } from './fields.ts'
import type { Scope } from './scope.ts'

const TYPES = ['string', 'boolean', 'number', 'list of string'] as const satisfies readonly FactType[]
const SOURCES = ['enforcer', 'token', 'access_request', 'world'] as const

/** Expressions reach a fact as `context.ticket`, so it is named like a variable, not like a feature. */
const IDENTIFIER: Naming = {
  valid: (word) => word.length <= BOUNDS.name && /^[a-z][a-z0-9_]*$/i.test(word),
  rule: `The name of a fact starts with a letter and holds letters, digits and "_", at most ${BOUNDS.name} characters.`,
}

export function readContext(tree: Tree | undefined, report: Report): Map<string, ContextFact> {
  const found = new Map<string, ContextFact>()
  for (const [id, { value }] of named(tree, 'context', BOUNDS.smallMap, report, IDENTIFIER)) {
    const its = fields(value, `fact ${id}`, ['type', 'from'], report)
    const type = its?.require('type')
    const from = its?.require('from')
    if (type === undefined || from === undefined) continue
    found.set(id, { type: oneOf(type, 'type', TYPES, report) ?? 'string', from: oneOf(from, 'from', SOURCES, report) ?? 'enforcer' })
  }
  return found
}

export function readTypes(tree: Tree | undefined, what: string, report: Report): Map<string, FactType> {
  const found = new Map<string, FactType>()
  for (const [id, { value }] of named(tree, what, BOUNDS.smallMap, report, IDENTIFIER)) {
    const type = oneOf(value, `the type of ${id}`, TYPES, report)
    if (type !== undefined) found.set(id, type)
  }
  return found
}

export function readProperties(tree: Tree | undefined, report: Report): Terms['properties'] {
  const its = tree && fields(tree, 'properties', ['subject', 'resource', 'action'], report)
  const read = (key: string) => readTypes(its?.get(key), `properties of the ${key}`, report)
  return { subject: read('subject'), resource: read('resource'), action: read('action') }
}

export function readFederation(tree: Tree | undefined, { report, places }: Scope): Map<string, OtherAuthority> {
  const found = new Map<string, OtherAuthority>()
  for (const [alias, { value, place }] of named(tree, 'federation', BOUNDS.smallMap, report)) {
    const its = fields(value, `authority ${alias}`, ['authority', 'product'], report)
    const authority = its?.require('authority')
    const product = its?.require('product')
    if (authority === undefined || product === undefined) continue
    const other = { authority: url(alias, authority, report) ?? '', product: name(product, 'product', report) ?? '' }
    places.set(other, place)
    found.set(alias, other)
  }
  return found
}

/** The identifier of an authority: an https URL without query or fragment (OpenID Federation 1.0 section 1.2); http on loopback, for trying out. */
function url(alias: string, tree: Tree, report: Report): string | undefined {
  const word = text(tree, 'authority', report)
  if (word === undefined) return undefined
  const at = URL.canParse(word) ? new URL(word) : undefined
  const loopback = at?.protocol === 'http:' && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(at.hostname)
  const fine =
    at !== undefined && (at.protocol === 'https:' || loopback) && !/[?#\s]/.test(word) && at.username === '' && at.password === ''
  if (fine) return word
  // Not quoted: it may hold a password.
  return report.add(
    tree.place,
    'BAD_URL',
    `Authority ${alias} cannot be asked at this address.`,
    'Write an https address without user, password, query or fragment.',
  )
}
