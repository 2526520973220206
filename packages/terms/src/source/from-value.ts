import { BOUNDS } from '../bounds.ts'
import { NOWHERE, quoted, type Report } from '../report.ts'
import { isForbiddenName } from './names.ts'
import { tooComplex, tooDeep } from './preflight.ts'
import type { Member, Tree } from './tree.ts'

/** Reads a plain value (what `JSON.parse` or a YAML library gives). Members that are undefined are not there. */
export function treeOfValue(value: unknown, report: Report): Tree {
  let size = 0
  const read = (each: unknown, depth: number): Tree => whole(each, depth) ?? { kind: 'broken', place: NOWHERE }
  const whole = (each: unknown, depth: number): Tree | undefined => {
    if (++size > BOUNDS.nodes) return size === BOUNDS.nodes + 1 ? void tooComplex(NOWHERE, report) : undefined
    if (depth > BOUNDS.depth) return void tooDeep(NOWHERE, report)
    if (each === null || typeof each === 'string' || typeof each === 'number' || typeof each === 'boolean')
      return { kind: 'leaf', place: NOWHERE, value: each }
    if (Array.isArray(each)) {
      if (size + each.length > BOUNDS.nodes) return void tooComplex(NOWHERE, report)
      return { kind: 'list', place: NOWHERE, items: Array.from(each, (item) => read(item, depth + 1)) }
    }
    if (typeof each !== 'object') return report.add(NOWHERE, 'WRONG_TYPE', `A value of type ${typeof each} cannot stand in terms.`)
    const entries = new Map<string, Member>()
    for (const [name, member] of Object.entries(each)) {
      if (member === undefined) continue
      if (isForbiddenName(name)) report.add(NOWHERE, 'FORBIDDEN_NAME', `${quoted(name)} cannot be a name.`, 'Choose another.')
      else entries.set(name, { place: NOWHERE, value: read(member, depth + 1) })
    }
    return { kind: 'dict', place: NOWHERE, entries }
  }
  return read(value, 0)
}
