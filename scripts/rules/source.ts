import { parseSync, visitorKeys } from 'oxc-parser'

/** A fault of one file, as `file:line: sentence`. */
export interface Fault {
  path: string
  line: number
  says: string
}

export interface Import {
  from: string
  /** Gone when types are stripped. */
  typeOnly: boolean
  at: number
}

/** Any node of the ESTree; rules look at the few members they know. */
export interface Node {
  type: string
  start: number
  [member: string]: unknown
}

export interface Source {
  /** From the root of the repository, with `/`. */
  path: string
  /** The folder under `packages/`; undefined for the rest. */
  pkg: string | undefined
  isTest: boolean
  imports: Import[]
  program: Node
  fault(at: number, says: string): Fault
}

/** @throws when the file is no TypeScript */
export function readSource(path: string, text: string): Source {
  const { program, module, errors } = parseSync(path, text)
  if (errors[0] !== undefined) throw new Error(`${path}: ${errors[0].message}`)
  const imports: Import[] = []
  for (const { moduleRequest, entries, start } of module.staticImports) {
    const named = entries.length > 0 && entries.every((entry) => entry.isType)
    imports.push({ from: moduleRequest.value, typeOnly: named, at: start })
  }
  for (const { entries, start } of module.staticExports) {
    const from = entries[0]?.moduleRequest?.value
    if (from !== undefined) imports.push({ from, typeOnly: entries.every((entry) => entry.isType), at: start })
  }
  for (const { moduleRequest, start } of module.dynamicImports) {
    const literal = /^(['"`])(.*)\1$/s.exec(text.slice(moduleRequest.start, moduleRequest.end))
    if (literal?.[2] !== undefined) imports.push({ from: literal[2], typeOnly: false, at: start })
  }
  return {
    path,
    pkg: /^packages\/([^/]+)\//.exec(path)?.[1],
    isTest: /\.test\.tsx?$/.test(path) || /^(packages\/[^/]+\/)?test\//.test(path),
    imports,
    program: program as unknown as Node,
    fault: (at, says) => ({ path, line: text.slice(0, at).split('\n').length, says }),
  }
}

/** Every node under this one, itself first. `enter` answers `false` to pass over what is inside. */
export function walk(node: Node, enter: (node: Node) => boolean | undefined): void {
  if (enter(node) === false) return
  for (const key of visitorKeys[node.type] ?? []) {
    const child = node[key]
    for (const item of Array.isArray(child) ? child : [child]) if (isNode(item)) walk(item, enter)
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value
}
