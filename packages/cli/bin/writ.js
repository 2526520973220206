#!/usr/bin/env node
// JavaScript, so that an older Node gets as far as the sentence below: it could not even read the rest.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 24 || (major === 24 && minor < 7)) {
  process.stderr.write(
    `writ needs Node 24.7 or newer; this is Node ${process.versions.node}.\n` +
      'In a clone, `npm run -s writ -- …` brings the right one along. Elsewhere, install Node 24 and try again.\n',
  )
  process.exitCode = 2
} else {
  const { main } = await import('../src/main.ts')
  await main(process.argv.slice(2))
}
