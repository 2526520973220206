#!/usr/bin/env node
// JavaScript, so that an older Node gets as far as the sentence below: it could not even read the rest.
import nodeModule from 'node:module'
import { fileURLToPath } from 'node:url'

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 24 || (major === 24 && minor < 7)) {
  process.stderr.write(
    `writ needs Node 24.7 or newer; this is Node ${process.versions.node}.\n` +
      'In a clone, `npm run -s writ -- …` brings the right one along. Elsewhere, install Node 24 and try again.\n',
  )
  process.exitCode = 2
} else {
  // Half of a short command's time is reading TypeScript. Beside the code, never in a shared folder: a cache is code too.
  nodeModule.enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/writ', import.meta.url)))
  const { main } = await import('../src/main.ts')
  await main(process.argv.slice(2))
}
