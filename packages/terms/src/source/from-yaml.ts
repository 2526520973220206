import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type Scalar } from 'yaml'
import { BOUNDS } from '../bounds.ts'
import { NOWHERE, type Place, quoted, type Report } from '../report.ts'
import { composeFirst } from './compose.ts'
import { isForbiddenName } from './names.ts'
import { preflight, tooComplex, tooDeep } from './preflight.ts'
import type { Leaf, Member, Tree } from './tree.ts'

/** Reads YAML 1.2 (core schema) with places; undefined when nothing could be read. Never throws. */
export function treeOfYaml(source: string, report: Report): Tree | undefined {
  if (!preflight(source, report)) return undefined
  const lines = new LineCounter()
  const document = compose(source, lines, report)
  if (document === undefined) return undefined
  if (document.contents === null) return report.add({ line: 1, column: 1 }, 'WRONG_TYPE', 'The file is empty.', 'Start with "terms: 1".')
  const reader = new Reader(report, lines, source)
  const tree = reader.read(document.contents)
  // Half of a file that is too large says nothing about the other half.
  return reader.overflowed ? undefined : tree
}

/** A node that somebody else parsed; places need the line counter of that parse. */
export function treeOfNode(node: Node, report: Report, lines?: LineCounter): Tree | undefined {
  return new Reader(report, lines).read(node)
}

function compose(source: string, lines: LineCounter, report: Report): Document | undefined {
  const { document, faults, several, stopped } = composeFirst(source, lines)
  const before = report.errors
  for (const { message, pos } of faults) {
    if (report.full) break
    report.add(placeAt(lines, pos[0]), 'YAML_SYNTAX', `This is not YAML: ${firstLine(message)}.`)
  }
  if (several !== undefined)
    report.add(
      placeAt(lines, several),
      'SEVERAL_DOCUMENTS',
      'The file holds more than one YAML document.',
      'Keep one product in one file, without "---" between.',
    )
  if (document === undefined) return stopped ? undefined : report.add(NOWHERE, 'YAML_SYNTAX', 'The file cannot be read as YAML.')
  const { yaml } = document.directives ?? {}
  if (yaml?.explicit === true && yaml.version !== '1.2')
    report.add({ line: 1, column: 1 }, 'YAML_SYNTAX', 'Terms are YAML 1.2.', 'Leave the %YAML line out.')
  return report.errors === before ? document : undefined
}

class Reader {
  readonly #report: Report
  readonly #lines: LineCounter | undefined
  readonly #source: string | undefined
  readonly #anchors = new Map<string, Node>()
  readonly #done = new Map<Node, { readonly tree: Tree; readonly size: number } | undefined>()
  readonly #open = new Set<Node>()
  #size = 0

  constructor(report: Report, lines?: LineCounter, source?: string) {
    this.#report = report
    this.#lines = lines
    this.#source = source
  }

  get overflowed(): boolean {
    return this.#size > BOUNDS.nodes
  }

  read(node: unknown, depth = 0): Tree {
    const place = this.#placeOf(node)
    return this.#read(node, place, depth) ?? { kind: 'broken', place }
  }

  #read(node: unknown, place: Place, depth: number): Tree | undefined {
    if (this.overflowed) return undefined
    if (depth > BOUNDS.depth) return void tooDeep(place, this.#report)
    if (isAlias(node)) return this.#alias(node.source, place)
    if (!this.#grow(1, place)) return undefined
    if (node === null || node === undefined) return { kind: 'leaf', place, value: null }
    const real = node as Node
    if ('anchor' in real && real.anchor) this.#anchors.set(real.anchor, real)
    const before = this.#size
    this.#open.add(real)
    const tree = this.#whole(real, place, depth)
    this.#open.delete(real)
    this.#done.set(real, tree && { tree, size: this.#size - before + 1 })
    return tree
  }

  #whole(node: Node, place: Place, depth: number): Tree | undefined {
    if (isScalar(node)) return this.#leaf(node, place)
    if (isSeq(node)) {
      return { kind: 'list', place, items: node.items.map((item) => this.read(item, depth + 1)) }
    }
    if (!isMap(node)) return this.#report.add(place, 'WRONG_TYPE', 'This cannot stand in terms.')
    const entries = new Map<string, Member>()
    for (const { key, value } of node.items) {
      const name = this.#key(key)
      const at = this.#placeOf(key, place)
      const tree = this.read(value ?? null, depth + 1)
      if (name === undefined) continue
      if (entries.has(name)) this.#report.add(at, 'DUPLICATE_KEY', `${quoted(name)} stands here twice.`, 'Keep one of the two.')
      else entries.set(name, { place: at, value: isNothing(value) ? { ...tree, place: at } : tree })
    }
    return { kind: 'dict', place, entries }
  }

  #key(key: unknown): string | undefined {
    const place = this.#placeOf(key)
    if (!isScalar(key)) return this.#report.add(place, 'BAD_KEY', 'A key must be a plain word.', 'Write a word before the colon.')
    if (key.anchor) this.#anchors.set(key.anchor, key as Node)
    // The word as written: under YAML's own reading `null:` and `1.0:` would be other names than what stands there.
    const name = typeof key.value === 'string' ? key.value : (key.source ?? String(key.value))
    if (isForbiddenName(name)) return this.#report.add(place, 'FORBIDDEN_NAME', `${quoted(name)} cannot be a name.`, 'Choose another.')
    return name
  }

  #alias(name: string, place: Place): Tree | undefined {
    const node = this.#anchors.get(name)
    const shown = name.slice(0, 60)
    if (node === undefined)
      return this.#report.add(place, 'ALIAS_UNKNOWN', `There is no anchor &${shown} before this alias.`, 'Write out what it stands for.')
    if (this.#open.has(node))
      return this.#report.add(place, 'ALIAS_CYCLE', `*${shown} stands inside what it stands for.`, 'Write out what it stands for.')
    const made = this.#done.get(node) ?? this.#late(node)
    return made !== undefined && this.#grow(made.size, place) ? made.tree : undefined
  }

  /** An anchor on a key is read as a value only when an alias asks for it. */
  #late(node: Node): { readonly tree: Tree; readonly size: number } | undefined {
    return isScalar(node) && !this.#done.has(node) ? { tree: this.#leaf(node, this.#placeOf(node)), size: 1 } : undefined
  }

  #leaf(scalar: Scalar, place: Place): Leaf {
    const { value } = scalar
    const plain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === null
    const leaf: Leaf = { kind: 'leaf', place, value: plain ? value : String(value) }
    const placeOf = this.#inside(scalar)
    return placeOf === undefined ? leaf : { ...leaf, placeOf }
  }

  /** Only text that stands in the file character by character can be pointed into. */
  #inside({ range, value }: Scalar): Leaf['placeOf'] {
    const lines = this.#lines
    if (!range || !lines || typeof value !== 'string') return undefined
    const written = this.#source?.slice(range[0], range[1])
    if (written === value) return (offset) => placeAt(lines, range[0] + offset)
    if (written === `'${value}'` || written === `"${value}"`) return (offset) => placeAt(lines, range[0] + 1 + offset)
    return undefined
  }

  #grow(by: number, place: Place): boolean {
    this.#size += by
    return this.#size <= BOUNDS.nodes || tooComplex(place, this.#report)
  }

  #placeOf(node: unknown, otherwise: Place = NOWHERE): Place {
    const range = (node as Node | null | undefined)?.range
    return range && this.#lines ? placeAt(this.#lines, range[0]) : otherwise
  }
}

/** `key:` with nothing after it; what it lacks is best shown at the key. */
function isNothing(value: unknown): boolean {
  return value === null || value === undefined || (isScalar(value) && value.value === null && !value.source)
}

function placeAt(lines: LineCounter, offset: number): Place {
  const { line, col } = lines.linePos(offset)
  return { line: Math.max(1, line), column: Math.max(1, col) }
}

function firstLine(message: string): string {
  return (message.split('\n')[0] ?? '').slice(0, 160).replace(/\.$/, '')
}
