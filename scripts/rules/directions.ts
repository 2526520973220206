import { isBuiltin } from 'node:module'
import { posix } from 'node:path'
import type { Fault, Source } from './source.ts'

/** Which packages of ours a package may import. Everything else is refused: imports run one way only. */
const MAY_IMPORT: Record<string, string[]> = {
  terms: [],
  engine: ['terms'],
  trust: [],
  license: ['trust', 'terms'],
  log: ['trust'],
  client: [],
  sdk: ['terms', 'engine', 'trust', 'license', 'log', 'client'],
  authority: ['terms', 'engine', 'trust', 'license', 'log'],
  gateway: ['sdk'],
  console: ['client', 'terms'],
  cli: ['terms', 'engine', 'trust', 'license', 'log', 'client', 'sdk', 'authority', 'gateway', 'console'],
  testing: [],
}

/** These run in a page, in a worker and on a server alike. */
const ISOMORPHIC = ['terms', 'engine', 'trust', 'license', 'log', 'client', 'sdk']

/** Our packages import each other by name, in the allowed direction, and never the tests' harness outside tests. */
export function packageDirections({ path, pkg, isTest, imports, fault }: Source): Fault[] {
  const faults: Fault[] = []
  const allowed = pkg === undefined ? undefined : MAY_IMPORT[pkg]
  if (pkg !== undefined && allowed === undefined) faults.push(fault(0, `the package ${pkg} has no row in the table of import directions`))
  for (const { from, at } of imports) {
    const target = /^@writ\/([^/]+)/.exec(from)?.[1]
    if (target === 'testing') {
      if (!isTest && pkg !== undefined && pkg !== 'testing') faults.push(fault(at, 'only tests may import @writ/testing'))
    } else if (target !== undefined && allowed !== undefined && target !== pkg && !allowed.includes(target)) {
      faults.push(fault(at, `${pkg} must not import ${target}`))
    } else if (from.startsWith('.')) {
      const reached = posix.join(posix.dirname(path), from)
      const home = pkg === undefined ? undefined : `packages/${pkg}/`
      if (home !== undefined && !reached.startsWith(home)) faults.push(fault(at, `${from} leaves the package: import it by its name`))
      if (home === undefined && reached.startsWith('packages/')) faults.push(fault(at, `${from}: import a package by its name`))
    }
  }
  return faults
}

/** A test that needs Node says so in its name, and is not run in a browser. An entry for Node alone is a folder of that name. */
export function isomorphicPackages({ path, pkg, imports, fault }: Source): Fault[] {
  if (pkg === undefined || !ISOMORPHIC.includes(pkg)) return []
  const runs = path.startsWith(`packages/${pkg}/src/`) || path.endsWith('.test.ts')
  if (!runs || path.endsWith('.node.test.ts') || path.includes('/node/')) return []
  return imports
    .filter(({ from }) => isBuiltin(from))
    .map(({ from, at }) => fault(at, `${pkg} runs in a browser too and must not import ${from}`))
}
