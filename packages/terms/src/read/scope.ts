import { checkExpression, type Declared } from '../expression.ts'
import type { Feature } from '../model.ts'
import { type Place, quoted, type Report } from '../report.ts'
import type { Tree } from '../source/tree.ts'
import { capital } from './fields.ts'

type Names = ReadonlySet<string> | undefined

/** What a reader needs to know of the rest of the file. A part that could not be read is undefined, and is then not held against anybody. */
export interface Scope {
  readonly report: Report
  /** Where each object of the model stood in the file; entries inherited by several plans are one object. */
  readonly places: WeakMap<object, Place>
  readonly names: {
    readonly features: Names
    readonly meters: Names
    readonly levels: Names
    readonly roles: Names
    readonly plans: Names
    readonly authorities: Names
  }
  readonly features: ReadonlyMap<string, Feature>
  readonly declared: Declared | undefined
}

/** Names declared under a top-level key; undefined when that is no map. */
export function namesOf(tree: Tree | undefined): Names {
  if (tree === undefined) return new Set()
  return tree.kind === 'dict' ? new Set(tree.entries.keys()) : undefined
}

/** An expression of `when`, checked against what the file declares. Its outer blanks mean nothing. */
export function expression(tree: Tree, what: string, { report, declared }: Pick<Scope, 'report' | 'declared'>): string | undefined {
  if (tree.kind === 'broken') return undefined
  if (tree.kind !== 'leaf' || typeof tree.value !== 'string') {
    return report.add(
      tree.place,
      'WRONG_TYPE',
      `${capital(what)} must be an expression.`,
      'Write it in quotes: \'subject.kind == "human"\'.',
    )
  }
  const source = tree.value.trim()
  if (source === '') return report.add(tree.place, 'BAD_EXPRESSION', `${capital(what)} is empty.`, 'Fill it in, or leave the key out.')
  if (!source.isWellFormed())
    return report.add(tree.place, 'BAD_EXPRESSION', `${capital(what)} holds a character that cannot be printed.`, 'Leave that one out.')
  if (declared === undefined) return source
  const blank = tree.value.length - tree.value.trimStart().length
  const faults = checkExpression(source, declared)
  for (const { message, offset, suggestion } of faults) {
    report.add(
      tree.placeOf?.(Math.min(blank + offset, tree.value.length)) ?? tree.place,
      'BAD_EXPRESSION',
      `${capital(what)}: ${oneLine(message)}.`,
      suggestion,
    )
  }
  return faults.length === 0 ? source : undefined
}

function oneLine(message: string): string {
  const line = (message.split('\n')[0] ?? '').replace(/\.$/, '')
  return line.length > 200 ? quoted(line) : line
}
