import { Composer, type Document, type LineCounter, Parser, type YAMLError } from 'yaml'
import { BOUNDS } from '../bounds.ts'

interface Composed {
  /** Absent when there were too many faults, or too much recursion, to make one. */
  readonly document?: Document.Parsed
  readonly faults: readonly YAMLError[]
  /** Where a second document begins. */
  readonly several?: number
  /** There were more faults than anybody will be told. */
  readonly stopped: boolean
}

/** What the library keeps to itself and this reader must reach: where a fault goes, and those found before any document was whole. */
interface Inside {
  onError(...fault: unknown[]): void
  readonly errors: YAMLError[]
  /** A document that is whole, kept back until what follows it is. */
  readonly doc: Document.Parsed | null
}

/**
 * The first document of a source, as `parseDocument` of the library makes it, but stopped at the last fault that a report would keep:
 * each is an `Error` with a stack, and half a million commas would make half a million of them. Never throws.
 */
export function composeFirst(source: string, lines: LineCounter): Composed {
  // Unique keys are checked by the reader: the library compares every pair of keys, which is quadratic.
  const composer = new Composer({ version: '1.2', schema: 'core', lineCounter: lines, uniqueKeys: false, resolveKnownTags: false })
  const inside = composer as unknown as Inside
  const keep = inside.onError
  let count = 0
  inside.onError = (...fault) => {
    if (++count > BOUNDS.findings + 1) throw new RangeError('more faults than a report keeps')
    keep(...fault)
  }
  let document: Document.Parsed | undefined
  try {
    for (const each of composer.compose(new Parser(lines.addNewLine).parse(source), true, source.length)) {
      if (document !== undefined) return { document, faults: faultsOf(document), several: each.range[0], stopped: false }
      document = each
    }
  } catch {
    const stopped = count > BOUNDS.findings
    return { faults: stopped ? [...(inside.doc === null ? [] : faultsOf(inside.doc)), ...inside.errors] : [], stopped }
  }
  return document === undefined ? { faults: [], stopped: false } : { document, faults: faultsOf(document), stopped: false }
}

function faultsOf({ errors, warnings }: Document.Parsed): YAMLError[] {
  return [...errors, ...warnings]
}
