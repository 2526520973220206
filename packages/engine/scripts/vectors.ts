import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { readVectors } from '../test/vector-file.ts'

const files = process.argv.slice(2)
if (files.length === 0 || files.includes('--help')) {
  console.log('npm run vectors -- FILE…   runs decision vector files and ends with `N passed, N failed`')
  process.exit(files.length === 0 ? 2 : 0)
}

let passed = 0
let failed = 0
for (const file of files) {
  // npm runs scripts at the repository root; a path is meant from where the person stands.
  const path = resolve(process.env.INIT_CWD ?? '.', file)
  try {
    for (const { name, run } of readVectors(readFileSync(path, 'utf8'), (terms) => readFileSync(resolve(dirname(path), terms), 'utf8'))) {
      const faults = run()
      if (faults.length === 0) passed++
      else {
        failed++
        console.log(`✗ ${file}: ${name}\n${faults.map((fault) => `    ${fault}`).join('\n')}`)
      }
    }
  } catch (error) {
    failed++
    console.log(`✗ ${file}: ${error instanceof Error ? error.message : String(error)}`)
  }
}
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
