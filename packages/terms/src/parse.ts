import { isNode, type LineCounter } from 'yaml'
import type { Finding } from './finding.ts'
import type { Terms } from './model.ts'
import { readTerms } from './read/terms.ts'
import { NOWHERE, type Place, Report } from './report.ts'
import { treeOfValue } from './source/from-value.ts'
import { treeOfNode, treeOfYaml } from './source/from-yaml.ts'
import type { Tree } from './source/tree.ts'
import { fitsWhenWritten } from './write/size.ts'

export interface Parsed {
  /** Absent when there is any error. */
  readonly terms?: Terms
  /** In the order of the file. */
  readonly findings: readonly Finding[]
}

/**
 * Reads a terms file. Never throws, whatever the text; every fault is reported at once.
 * @param source YAML 1.2 (core schema), one document, at most 1 MiB, at most 32 levels deep
 */
export function parse(source: string): Parsed {
  return read((report) => treeOfYaml(source, report)).parsed
}

/**
 * Reads terms that stand inside something else: a plain value, or a node of the `yaml` library.
 * @param lines of the parse that made the node; without it, and for plain values, places are 0:0
 */
export function parseValue(value: unknown, lines?: LineCounter): Parsed {
  return read((report) => (isNode(value) ? treeOfNode(value, report, lines) : treeOfValue(value, report))).parsed
}

/** Reads and keeps the places of what was read. Findings that are only warnings leave the terms whole. */
export function read(tree: (report: Report) => Tree | undefined): { parsed: Parsed; report: Report; places: WeakMap<object, Place> } {
  const report = new Report()
  const places = new WeakMap<object, Place>()
  const root = tree(report)
  const terms = root && readTerms(root, report, places)
  if (terms !== undefined && report.errors === 0 && !fitsWhenWritten(terms)) {
    report.add(
      NOWHERE,
      'TERMS_TOO_LARGE',
      'With "extends" written out the terms are larger than 1 MiB.',
      'Let fewer plans inherit so much.',
    )
  }
  const findings = report.sorted()
  return { parsed: terms !== undefined && report.errors === 0 ? { terms, findings } : { findings }, report, places }
}
