/** Links, code cut from examples, and pages nobody can find: over every Markdown file of the repository. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { docFaults } from './docs.ts'
import { sourceFiles } from './files.ts'

const root = join(import.meta.dirname, '..')

function read(path: string): string | undefined {
  const full = join(root, path)
  if (path.startsWith('..') || !existsSync(full)) return undefined
  return statSync(full).isDirectory() ? '' : readFileSync(full, 'utf8')
}

const pages = new Map(sourceFiles(root, /\.md$/).map((path) => [path, read(path) ?? '']))
const faults = docFaults(pages, read)
for (const { path, line, says } of faults) console.log(`${path}:${line}: ${says}`)
console.log(`${pages.size} pages, ${faults.length} faults`)
process.exitCode = faults.length === 0 && pages.size > 0 ? 0 : 1
