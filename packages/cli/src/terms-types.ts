import { type FactType, type Feature, hash, type Terms } from '@writ/terms'

/**
 * A TypeScript module that an application embeds: the names in the terms as a value that types its questions, and what the SDK has to
 * know when nobody answers. Without imports, so that it compiles anywhere.
 * @param name of the exported constant; default: made of the product's name
 */
export async function termsTypes(terms: Terms, name = identifier(terms.product)): Promise<string> {
  const product = {
    product: terms.product,
    hash: await hash(terms),
    features: Object.fromEntries(byName(terms.features).map(([feature, one]) => [feature, shape(one, isOpen(terms, feature, one))])),
    levels: terms.levels.map((level) => level.name),
    // What comes from a request's approval or from the record is nothing that an application says.
    context: facts(
      new Map([...terms.context].filter(([, { from }]) => from === 'enforcer' || from === 'token').map(([n, f]) => [n, f.type])),
    ),
    properties: {
      subject: facts(terms.properties.subject),
      resource: facts(terms.properties.resource),
      action: facts(terms.properties.action),
    },
  }
  return [
    `// Written by \`writ terms types\` from the terms of ${terms.product}. Do not edit: publish, then write it again.`,
    '',
    '/** Give it to the SDK as `product`: a feature, command or value that the terms do not have then does not compile. */',
    `export const ${name} = ${literal(product, '')} as const`,
    '',
  ].join('\n')
}

function shape({ type, values, resource, commands }: Feature, open: boolean): object {
  return {
    type,
    ...(values !== undefined && { values }),
    ...(resource !== undefined && { resource }),
    ...(commands !== undefined && { commands }),
    ...(open && { open }),
  }
}

/** A rate could not be counted while the authority is out of reach, so a feature that has one anywhere is not left open. */
function isOpen({ plans }: Terms, feature: string, { unreachable }: Feature): boolean {
  const entries = [...plans.values()].flatMap(({ includes }) => includes.get(feature) ?? [])
  return unreachable === 'open' && !entries.some(({ rate, then }) => rate !== undefined || then.kind === 'throttle')
}

function facts(declared: ReadonlyMap<string, FactType>): Record<string, FactType> {
  return Object.fromEntries(byName(declared))
}

/** The canonical form sorts names, so a file and the edition published from it give the same module. */
function byName<T>(map: ReadonlyMap<string, T>): [string, T][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1))
}

/** `atlas_pro.eu` is `atlasProEu`; a word that the language keeps gets a tail. */
function identifier(product: string): string {
  const name = product.replace(/[^A-Za-z0-9]+([A-Za-z0-9])?/g, (_, letter: string | undefined) => letter?.toUpperCase() ?? '')
  return RESERVED.has(name) ? `${name}Product` : name
}

const RESERVED = new Set(
  'arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof undefined var void while with yield'.split(
    ' ',
  ),
)

/** As a formatter would leave it: single quotes, two spaces, short lists and maps on one line. Strings are JSON's, which cannot be left. */
function literal(value: unknown, indent: string): string {
  if (typeof value === 'string') return quoted(value)
  if (typeof value !== 'object' || value === null) return String(value)
  if (Array.isArray(value)) return `[${value.map((item) => literal(item, indent)).join(', ')}]`
  const members = Object.entries(value).map(([name, member]) => ({ name: key(name), member }))
  if (members.length === 0) return '{}'
  const isFlat = members.every(({ member }) => typeof member !== 'object' || Array.isArray(member))
  const flat = `{ ${members.map(({ name, member }) => `${name}: ${literal(member, indent)}`).join(', ')} }`
  if (isFlat && flat.length <= 100) return flat
  const inner = `${indent}  `
  return `{\n${members.map(({ name, member }) => `${inner}${name}: ${literal(member, inner)},\n`).join('')}${indent}}`
}

function key(name: string): string {
  // A plain `__proto__` key would set the prototype instead of a member.
  if (name === '__proto__') return "['__proto__']"
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name)
}

function quoted(text: string): string {
  const json = JSON.stringify(text).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')
  return text.includes("'") ? json : `'${json.slice(1, -1).replaceAll('\\"', '"')}'`
}
