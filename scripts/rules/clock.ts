import { type Fault, type Node, type Source, walk } from './source.ts'

/** Where the time may be read: the one clock of the authority, that of an application, that of the reader of the console, and what is run by a person or a test. */
const EXEMPT =
  /^(packages\/(authority\/src\/app\/clock\.ts$|(sdk|console)\/src\/clock\.ts$|(cli|testing)\/)|(bench|scripts|test|examples)\/|[^/]+$)/

/** Time is an input: it comes in through the clock of `app/`, so that tests and `explain` can ask about any instant. */
export function oneClock({ path, isTest, program, fault }: Source): Fault[] {
  if (isTest || EXEMPT.test(path)) return []
  const faults: Fault[] = []
  walk(program, (node) => {
    const callee = node.callee as Node | undefined
    const empty = Array.isArray(node.arguments) && node.arguments.length === 0
    if (node.type === 'NewExpression' && empty && isName(callee, 'Date'))
      faults.push(fault(node.start, 'new Date() reads the time: take it as an input'))
    if (node.type === 'CallExpression' && isName(callee, 'Date'))
      faults.push(fault(node.start, 'Date() reads the time: take it as an input'))
    // Without a call too: `now = Date.now` is the same clock by another name.
    if (node.type === 'MemberExpression' && isName(node.object as Node, 'Date') && isName(node.property as Node, 'now'))
      faults.push(fault(node.start, 'Date.now reads the time: take it as an input'))
    return undefined
  })
  return faults
}

function isName(node: Node | undefined, name: string): boolean {
  return node?.type === 'Identifier' && node.name === name
}
