import { Document, isScalar, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml'
import type { Terms } from './model.ts'
import { json, type Written } from './write/document.ts'
import { writeTerms } from './write/terms.ts'

const WIDTH = 110

/** The canonical form as readable YAML: what is short stands on one line. `parse` reads it back to equal terms. */
export function show(terms: Terms): string {
  const document = new Document<YAMLMap>(undefined, { version: '1.2', schema: 'core' })
  document.contents = node(writeTerms(terms), 0) as YAMLMap as typeof document.contents
  for (const pair of (document.contents as YAMLMap).items.slice(1)) {
    if (isScalar(pair.key) && pair.value instanceof YAMLMap) pair.key.spaceBefore = true
  }
  return document.toString({ lineWidth: 0, flowCollectionPadding: true, singleQuote: true })
}

function node(value: Written, depth: number): Scalar | YAMLMap | YAMLSeq {
  if (value instanceof Map) {
    const map = new YAMLMap()
    for (const [key, each] of value) map.items.push(new Pair(new Scalar(key), node(each, depth + 1)))
    return flowing(map, value, depth)
  }
  if (Array.isArray(value)) {
    const list = new YAMLSeq()
    for (const each of value as readonly Written[]) list.items.push(node(each, depth + 1))
    return flowing(list, value, depth)
  }
  return new Scalar(value)
}

/** Maps of maps stand below each other, however short: a reader looks for the plan by its line. */
function flowing<T extends YAMLMap | YAMLSeq>(collection: T, value: Written, depth: number): T {
  const named = value instanceof Map && [...value.values()].some((each) => each instanceof Map)
  if (depth > 0 && json(value).length + depth * 2 <= WIDTH && !(named && depth < 3) && !multiline(value)) collection.flow = true
  return collection
}

function multiline(value: Written): boolean {
  if (value instanceof Map) return [...value.values()].some(multiline)
  if (Array.isArray(value)) return value.some(multiline)
  return typeof value === 'string' && value.includes('\n')
}
