import { Environment, type TypeCheckResult } from '@marcbachmann/cel-js'
import { costOf, MAX_LIST, MAX_TEXT } from './expression-cost.ts'
import type { FactType, Terms } from './model.ts'
import { didYouMean } from './suggest.ts'
import { listed } from './words.ts'

export type Declared = Pick<Terms, 'context' | 'attributes' | 'properties'>
export type FactValue = string | boolean | number | readonly string[]
type Facts = Readonly<Record<string, FactValue | null | undefined>>

/** What a `when` can see. A fact that is absent, null or of another type than declared is missing. */
export interface Scope {
  readonly context: Facts
  readonly subject: {
    readonly id: string
    readonly kind: string
    readonly roles: readonly string[]
    readonly attributes?: Facts
    readonly properties?: Facts
  }
  readonly action: { readonly name: string; readonly properties?: Facts }
  readonly resource?: {
    readonly id: string
    readonly kind: string
    readonly environment?: string
    readonly region?: string
    readonly labels?: Readonly<Record<string, string>>
    readonly properties?: Facts
  }
}

export interface Expression {
  readonly source: string
  /** Uses a fact that only an access request brings, so it is judged with the grant. */
  readonly needsRequest: boolean
  /** `missing`: a fact it needs was not there. `failed`: it could not be computed, e.g. a division by zero. */
  evaluate(scope: Scope): boolean | 'missing' | 'failed'
}

export interface ExpressionFault {
  readonly message: string
  /** Characters from the start of the expression, 0-based. */
  readonly offset: number
  /** What to do; a function, since it is searched for. */
  readonly suggestion?: () => string
}

const MAX_LENGTH = 2000
/** Steps on the largest facts, some 100 ms: in practice facts are small, and so is the time. */
const MAX_COST = 2_000_000
const MAX_MACRO_DEPTH = 2
const MACROS = new Set(['all', 'exists', 'exists_one', 'filter', 'map'])
/** `matches` is left out: the library runs it as a JavaScript regular expression, and one pattern can take seconds. */
const FUNCTIONS = new Set([
  ...MACROS,
  'has',
  'size',
  'startsWith',
  'endsWith',
  'contains',
  'lowerAscii',
  'upperAscii',
  'trim',
  'double',
  'int',
  'string',
])
const ROOTS = ['context', 'subject', 'action', 'resource'] as const
const CEL: Readonly<Record<FactType, string>> = { string: 'string', boolean: 'bool', number: 'double', 'list of string': 'list<string>' }

interface Node {
  readonly op: string
  readonly args: unknown
  readonly start: number
}

/** Every fault of an expression against what the terms declare; empty when it can be compiled. */
export function checkExpression(source: string, declared: Declared): ExpressionFault[] {
  if (source.length > MAX_LENGTH) return [{ message: `an expression has at most ${MAX_LENGTH} characters`, offset: MAX_LENGTH }]
  const { environment, paths } = environmentOf(declared)
  const parsed = parse(environment, source)
  if ('fault' in parsed) return [parsed.fault]
  const faults: ExpressionFault[] = []
  walk(parsed.ast, 0, {
    name: (path, node) => {
      if (!paths.has(path)) faults.push({ ...undeclared(path, paths), offset: node.start })
    },
    fault: (message, node) => faults.push({ message, offset: node.start }),
  })
  if (faults.length > 0) return faults
  const checked = parsed.check()
  if (!checked.valid) return [faultOf(checked.error)]
  if (checked.type !== 'bool') return [{ message: `an expression must be true or false, this one is of type ${checked.type}`, offset: 0 }]
  if (costOf(parsed.ast) > MAX_COST)
    return [{ message: 'an expression must not take long even on long lists and texts: compare fewer things with one another', offset: 0 }]
  return []
}

/** @throws {RangeError} when {@link checkExpression} finds a fault; terms that were checked never do. */
export function compileExpression(source: string, declared: Declared): Expression {
  const fault = checkExpression(source, declared)[0]
  if (fault !== undefined) throw new RangeError(`the expression was not checked: ${fault.message}`)
  const { environment, classes } = environmentOf(declared)
  const run = environment.parse(source)
  const used = new Set<string>()
  walk(run.ast as Node, 0, { name: (path) => used.add(path), fault: () => undefined })
  const builders = classes.map(({ root, make }) => ({
    root,
    build: [...used].some((path) => path.startsWith(`${root}.`)) ? make(used) : () => undefined,
  }))
  const needsRequest = [...used].some(
    (path) => path.startsWith('context.') && declared.context.get(path.slice(8))?.from === 'access_request',
  )
  return {
    source,
    needsRequest,
    evaluate(scope) {
      const values: Record<string, unknown> = {}
      for (const { root, build } of builders) values[root] = build(scope)
      try {
        return run(values) === true
      } catch (error) {
        return (error as { code?: string }).code === 'no_such_key' ? 'missing' : 'failed'
      }
    },
  }
}

function parse(environment: Environment, source: string): { ast: Node; check(): TypeCheckResult } | { fault: ExpressionFault } {
  try {
    const parsed = environment.parse(source)
    return { ast: parsed.ast as Node, check: () => parsed.check() }
  } catch (error) {
    return { fault: faultOf(error) }
  }
}

function faultOf(error: unknown): ExpressionFault {
  const { message, node } = error as { message: string; node?: { pos?: number } }
  return { message: message.split('\n')[0] as string, offset: node?.pos ?? 0 }
}

function undeclared(path: string, paths: ReadonlySet<string>): Pick<ExpressionFault, 'message' | 'suggestion'> {
  if (!path.includes('.')) return { message: `name one member of ${path}, such as ${path}.${MEMBERS[path]}` }
  const declare = DECLARED_IN.find(([prefix]) => path.startsWith(prefix))?.[1]
  const root = path.slice(0, path.indexOf('.') + 1)
  const otherwise =
    declare === undefined
      ? `Use ${listed(
          [...paths].filter((each) => each.startsWith(root)),
          'or',
        )}.`
      : `Declare it under "${declare}".`
  return { message: `${path} is not declared`, suggestion: () => didYouMean(path, paths) ?? otherwise }
}

/** An example of each root, and the part of the file that adds to it. */
const MEMBERS: Readonly<Record<string, string>> = { context: 'country', subject: 'id', action: 'name', resource: 'id' }
const DECLARED_IN = [
  ['context.', 'context'],
  ['subject.attributes.', 'attributes'],
  ['subject.properties.', 'properties'],
  ['action.properties.', 'properties'],
  ['resource.properties.', 'properties'],
] as const

/** Members whose own members are facts. */
const RECORDS = new Set(['subject.attributes', 'subject.properties', 'action.properties', 'resource.properties'])

interface Visitor {
  name(path: string, node: Node): void
  fault(message: string, node: Node): void
}

function walk(node: Node, depth: number, visitor: Visitor): void {
  const path = pathOf(node)
  if (path !== undefined) {
    visitor.name(path, node)
    return
  }
  const { op, args } = node
  if (op === 'call' || op === 'rcall') {
    const name = (args as [string])[0]
    if (!FUNCTIONS.has(name)) visitor.fault(`${name}() is not available here`, node)
    const inner = MACROS.has(name) ? depth + 1 : depth
    if (inner > MAX_MACRO_DEPTH) visitor.fault(`at most ${MAX_MACRO_DEPTH} nested ${name}()`, node)
    for (const child of nodesIn(args)) walk(child, inner, visitor)
    return
  }
  for (const child of nodesIn(args)) walk(child, depth, visitor)
}

function nodesIn(args: unknown): Node[] {
  if (Array.isArray(args)) return args.flatMap(nodesIn)
  return typeof args === 'object' && args !== null && 'op' in args ? [args as Node] : []
}

/** `context.ticket` for the member chain that starts at a root; labels end the chain, their keys are anybody's. */
function pathOf(node: Node): string | undefined {
  if (node.op === 'id') return ROOTS.includes(node.args as (typeof ROOTS)[number]) ? String(node.args) : undefined
  if (node.op !== '.') return undefined
  const [object, member] = node.args as [Node, string]
  const parent = pathOf(object)
  if (parent === undefined) return undefined
  return parent.includes('.') && !RECORDS.has(parent) ? undefined : `${parent}.${member}`
}

interface Prepared {
  readonly environment: Environment
  /** Every path an expression may name. */
  readonly paths: ReadonlySet<string>
  readonly classes: readonly { readonly root: (typeof ROOTS)[number]; make(used: ReadonlySet<string>): (scope: Scope) => unknown }[]
}

const prepared = new WeakMap<object, Prepared>()
const STANDARD_CONTEXT: readonly (readonly [string, FactType])[] = [
  ['ip', 'string'],
  ['country', 'string'],
  ['device', 'string'],
  ['session', 'string'],
]

const STANDARD_PATHS: readonly string[] = [
  'subject.id',
  'subject.kind',
  'subject.roles',
  'action.name',
  'resource.id',
  'resource.kind',
  'resource.environment',
  'resource.region',
  'resource.labels',
]

function environmentOf(declared: Declared): Prepared {
  const known = prepared.get(declared)
  if (known !== undefined) return known
  const context = new Map<string, FactType>(STANDARD_CONTEXT)
  for (const [name, { type }] of declared.context) context.set(name, type)
  const { attributes, properties } = declared
  const environment = new Environment({
    limits: { maxAstNodes: 500, maxDepth: 32, maxListElements: 100, maxMapEntries: 1, maxCallArguments: 4 },
  })
  const attributesType = recordType(environment, 'Attributes', attributes)
  const contextType = recordType(environment, 'Context', context)
  const subjectProperties = recordType(environment, 'SubjectProperties', properties.subject)
  const actionProperties = recordType(environment, 'ActionProperties', properties.action)
  const resourceProperties = recordType(environment, 'ResourceProperties', properties.resource)
  const subjectFields = { id: 'string', kind: 'string', roles: 'list<string>', attributes: 'Attributes', properties: 'SubjectProperties' }
  const resourceFields = {
    id: 'string',
    kind: 'string',
    environment: 'string',
    region: 'string',
    labels: 'map<string, string>',
    properties: 'ResourceProperties',
  }
  const Subject = structType(environment, 'Subject', subjectFields)
  const Action = structType(environment, 'Action', { name: 'string', properties: 'ActionProperties' })
  const Resource = structType(environment, 'Resource', resourceFields)
  for (const root of ROOTS) environment.registerVariable(root, root.charAt(0).toUpperCase() + root.slice(1))

  const paths = new Set(STANDARD_PATHS)
  const groups: [string, ReadonlyMap<string, FactType>][] = [
    ['context', context],
    ['subject.attributes', attributes],
    ['subject.properties', properties.subject],
    ['action.properties', properties.action],
    ['resource.properties', properties.resource],
  ]
  for (const [prefix, facts] of groups) for (const name of facts.keys()) paths.add(`${prefix}.${name}`)

  const classes: Prepared['classes'] = [
    { root: 'context', make: (used) => reader(contextType, 'context', context, used, (scope) => scope.context) },
    {
      root: 'subject',
      make: (used) => {
        const readAttributes = reader(attributesType, 'subject.attributes', attributes, used, (scope) => scope.subject.attributes)
        const readProperties = reader(
          subjectProperties,
          'subject.properties',
          properties.subject,
          used,
          (scope) => scope.subject.properties,
        )
        return (scope) => {
          const { id, kind, roles } = scope.subject
          return Object.assign(new Subject(), { id, kind, roles, attributes: readAttributes(scope), properties: readProperties(scope) })
        }
      },
    },
    {
      root: 'action',
      make: (used) => {
        const read = reader(actionProperties, 'action.properties', properties.action, used, (scope) => scope.action.properties)
        return (scope) => Object.assign(new Action(), { name: scope.action.name, properties: read(scope) })
      },
    },
    {
      root: 'resource',
      make: (used) => {
        const read = reader(resourceProperties, 'resource.properties', properties.resource, used, (scope) => scope.resource?.properties)
        return (scope) => {
          const { id, kind, environment, region, labels } = scope.resource ?? {}
          // A member that is undefined is missing to the library as well.
          const value = Object.assign(new Resource(), { id, kind, environment, region, properties: read(scope) })
          const all = Object.entries(labels ?? {})
          return all.length > MAX_LIST ? value : Object.assign(value, { labels: new Map(all) })
        }
      },
    },
  ]
  const made = { environment, paths, classes }
  prepared.set(declared, made)
  return made
}

type Class = new () => object

function recordType(environment: Environment, name: string, facts: ReadonlyMap<string, FactType>): Class {
  return structType(environment, name, Object.fromEntries([...facts].map(([fact, type]) => [fact, CEL[type]])))
}

function structType(environment: Environment, name: string, fields: Record<string, string>): Class {
  const Struct = class {}
  environment.registerType(name, { ctor: Struct, fields })
  return Struct
}

/** Copies just the facts that the expression names and that have the declared type; all others stay missing. */
function reader(
  Record: Class,
  prefix: string,
  facts: ReadonlyMap<string, FactType>,
  used: ReadonlySet<string>,
  from: (scope: Scope) => Facts | undefined,
) {
  const wanted = [...facts].filter(([name]) => used.has(`${prefix}.${name}`))
  return (scope: Scope): object => {
    const source = from(scope)
    const target = new Record()
    if (source === undefined) return target
    for (const [name, type] of wanted) {
      if (!Object.hasOwn(source, name)) continue
      const value = source[name]
      if (hasType(value, type)) (target as { [name: string]: unknown })[name] = value
    }
    return target
  }
}

/**
 * Whether a fact is of the type that it is declared with. A text of more than 4096 characters and a list of more than 100 are none: they
 * come from outside, and an expression that looks through them again and again would make one decision slow.
 */
export function hasType(value: FactValue | null | undefined, type: FactType): value is FactValue {
  if (type === 'list of string') return Array.isArray(value) && value.length <= MAX_LIST && value.every(isText)
  return type === 'string' ? isText(value) : typeof value === type
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_TEXT
}
