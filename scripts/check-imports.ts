/** Import directions and the other rules of `scripts/rules/`, over every TypeScript file of the repository. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sourceFiles } from './files.ts'
import { sourceFaults } from './rules/index.ts'

const root = join(import.meta.dirname, '..')
const files = sourceFiles(root, /\.tsx?$/)
const faults = files.flatMap((path) => sourceFaults(path, readFileSync(join(root, path), 'utf8')))
for (const { path, line, says } of faults) console.log(`${path}:${line}: ${says}`)
console.log(`${files.length} files, ${faults.length} faults`)
// An empty list of files would be a checker that looks at nothing.
process.exitCode = faults.length === 0 && files.length > 0 ? 0 : 1
