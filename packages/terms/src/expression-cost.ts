/** A node of a checked expression, as the CEL library has it. */
interface Node {
  readonly op: string
  readonly args: unknown
  readonly checkedType?: unknown
}

/** The most that a value can be: characters of a text, items of a list or map with the largest of them, nothing of anything else. */
interface Size {
  readonly length: number
  readonly item?: Size
}

interface Estimate {
  readonly cost: number
  readonly size: Size
}

/** Longer texts and lists are taken as missing: `hasType`. */
export const MAX_TEXT = 4096
export const MAX_LIST = 100
const SMALL: Size = { length: 0 }
const SIZES: Readonly<Record<string, Size>> = {
  string: { length: MAX_TEXT },
  'list<string>': { length: MAX_LIST, item: { length: MAX_TEXT } },
  'map<string, string>': { length: MAX_LIST, item: { length: MAX_TEXT } },
}
const MACROS = new Set(['all', 'exists', 'exists_one', 'filter', 'map'])
const SAME_LENGTH = new Set(['lowerAscii', 'upperAscii', 'trim', 'string'])
const SEARCHES = new Set(['contains', 'startsWith', 'endsWith'])
/** Characters that are walked through, searched or only compared in the time that one step takes. */
const WALKED = 4
const SEARCHED = 64
const COMPARED = 1024

/**
 * The most steps, of some 50 ns, that an expression can take on the largest facts that it will be given. One decision waits for all
 * of them, and `a + a` in a list of lists grows faster than any limit on nesting or length would notice.
 * @param node checked, so that it knows its types
 */
export function costOf(node: object): number {
  return estimate(node as Node, new Map()).cost
}

function estimate(node: Node, bound: ReadonlyMap<string, Size>): Estimate {
  const { op, args } = node
  const declared = SIZES[String(node.checkedType)] ?? SMALL
  if (op === 'value') return { cost: 1, size: { length: typeof args === 'string' ? args.length : 0 } }
  if (op === 'id') return { cost: 1, size: bound.get(String(args)) ?? declared }
  if (op === 'rcall' && MACROS.has(String((args as [string])[0]))) return macro(args as [string, Node, [Node, ...Node[]]], bound)

  const parts = nodesIn(args).map((each) => estimate(each, bound))
  const sizes = parts.map(({ size }) => size)
  const cost = parts.reduce((sum, part) => sum + part.cost, 1)
  const [first = SMALL] = sizes
  switch (op) {
    case 'list':
    case 'map':
      return { cost, size: { length: sizes.length, item: largest(sizes) } }
    case '+': {
      const length = sizes.reduce((sum, size) => sum + size.length, 0)
      const items = sizes.flatMap(({ item }) => item ?? [])
      // Texts are joined by reference; lists are copied.
      return items.length === 0 ? { cost, size: { length } } : { cost: cost + length, size: { length, item: largest(items) } }
    }
    case '?:':
      return { cost, size: largest(sizes.slice(1)) }
    case '[]':
      return { cost, size: first.item ?? declared }
    case '.':
      return { cost, size: declared }
    case 'call':
    case 'rcall': {
      const name = String((args as [string])[0])
      const speed = SEARCHES.has(name) ? SEARCHED : WALKED
      const size = SAME_LENGTH.has(name) ? { length: Math.max(first.length, 32) } : declared
      // Of a list they take the length alone.
      return { cost: cost + sizes.reduce((sum, { length, item }) => sum + (item === undefined ? length / speed : 0), 0), size }
    }
    default:
      return { cost: cost + sizes.reduce((sum, size) => sum + weight(size), 0), size: declared }
  }
}

function macro([name, over, [variable, ...body]]: [string, Node, [Node, ...Node[]]], bound: ReadonlyMap<string, Size>): Estimate {
  const list = estimate(over, bound)
  const inner = new Map(bound).set(String(variable.args), list.size.item ?? SMALL)
  const parts = body.map((each) => estimate(each, inner))
  const each = parts.reduce((sum, part) => sum + part.cost, 1)
  const item = parts.at(-1)?.size ?? SMALL
  const size = name === 'map' ? { length: list.size.length, item } : name === 'filter' ? list.size : SMALL
  return { cost: list.cost + Math.max(1, list.size.length) * each, size }
}

/** Of comparing a value with one like it. */
function weight({ length, item }: Size): number {
  return item === undefined ? length / COMPARED : length * (1 + weight(item))
}

/** Member by member, so that it is no smaller than any of them. */
function largest(sizes: readonly Size[]): Size {
  const items = sizes.flatMap(({ item }) => item ?? [])
  return { length: Math.max(0, ...sizes.map(({ length }) => length)), ...(items.length > 0 && { item: largest(items) }) }
}

function nodesIn(args: unknown): Node[] {
  if (Array.isArray(args)) return args.flatMap(nodesIn)
  return typeof args === 'object' && args !== null && 'op' in args ? [args as Node] : []
}
