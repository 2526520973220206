import { type Fault, type Node, type Source, walk } from './source.ts'

const FUNCTIONS = ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']

/**
 * The convention that makes a deadlock visible: the root handle is called `db`, a transaction `tx`, and a function that has
 * a `tx` has no `db`. On the embedded store a query on the root handle inside a transaction waits for itself forever.
 */
export function noRootHandleInTransaction({ pkg, isTest, program, fault }: Source): Fault[] {
  if (pkg !== 'authority' || isTest) return []
  const faults: Fault[] = []
  walk(program, (node) => {
    const callback = transactionCallback(node)
    const taken = callback && parameterNames(callback)[0]
    if (callback !== undefined && taken !== undefined && taken !== 'tx')
      faults.push(fault(callback.start, `call the transaction tx, not ${taken}`))
    for (const parameter of parameters(node)) {
      if (/\bTransaction$/.test(typeName(parameter)) && parameter.name !== 'tx')
        faults.push(fault(parameter.start, `call the transaction tx, not ${String(parameter.name)}`))
    }
    if (parameterNames(node).includes('tx'))
      faults.push(...rootHandles(node).map(({ start }) => fault(start, 'db inside a transaction: use tx')))
    return undefined
  })
  // A function within a function that has a tx is seen twice.
  return faults.filter((one, index) => faults.findIndex((other) => other.line === one.line && other.says === one.says) === index)
}

/** A store's functions are handed their handle: one made by the module itself would pass the transaction by. */
export function noHandleOfTheModule({ path, program, imports, fault }: Source): Fault[] {
  if (!/^packages\/authority\/src\/.*\/store\.ts$/.test(path)) return []
  const faults: Fault[] = []
  for (const statement of program.body as Node[]) {
    const inner = statement.type === 'ExportNamedDeclaration' ? (statement.declaration as Node | null) : statement
    if (inner?.type === 'ImportDeclaration') {
      const names = (inner.specifiers as Node[]).map((specifier) => (specifier.local as Node).name)
      if (names.includes('db')) faults.push(fault(inner.start, 'store.ts takes its handle as a parameter'))
    }
    if (inner?.type !== 'VariableDeclaration') continue
    for (const declared of inner.declarations as Node[])
      if ((declared.id as Node).name === 'db') faults.push(fault(declared.start, 'store.ts takes its handle as a parameter'))
  }
  for (const { from, at } of imports)
    if (/^(pg|@electric-sql\/pglite)(\/|$)/.test(from)) faults.push(fault(at, 'store.ts opens no database of its own'))
  return faults
}

/** The function in `….transaction()….execute(async (tx) => …)`. */
function transactionCallback(node: Node): Node | undefined {
  if (node.type !== 'CallExpression' || calledMember(node) !== 'execute') return undefined
  for (let link = receiver(node); link !== undefined; link = receiver(link)) {
    if (calledMember(link) !== 'transaction') continue
    const first = (node.arguments as Node[])[0]
    return first !== undefined && FUNCTIONS.includes(first.type) ? first : undefined
  }
  return undefined
}

function calledMember(call: Node): unknown {
  const callee = call.callee as Node | undefined
  return callee?.type === 'MemberExpression' ? (callee.property as Node).name : undefined
}

function receiver(call: Node): Node | undefined {
  const callee = call.callee as Node | undefined
  return callee?.type === 'MemberExpression' ? (callee.object as Node) : undefined
}

/** Every mention of `db`, `x.db` and `x.#db` below. */
function rootHandles(node: Node): Node[] {
  const found: Node[] = []
  walk(node, (inner) => {
    if ((inner.type === 'Identifier' || inner.type === 'PrivateIdentifier') && inner.name === 'db') found.push(inner)
    return undefined
  })
  return found
}

function parameters(node: Node): Node[] {
  if (!FUNCTIONS.includes(node.type)) return []
  return (node.params as Node[]).map((parameter) => (parameter.type === 'AssignmentPattern' ? (parameter.left as Node) : parameter))
}

function parameterNames(node: Node): string[] {
  return parameters(node).map((parameter) => String(parameter.name ?? ''))
}

function typeName(parameter: Node): string {
  const type = (parameter.typeAnnotation as Node | null | undefined)?.typeAnnotation as Node | undefined
  if (type?.type !== 'TSTypeReference') return ''
  const name = type.typeName as Node
  return String(name.type === 'Identifier' ? name.name : ((name.right as Node | undefined)?.name ?? ''))
}
