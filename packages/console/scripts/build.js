/**
 * Builds the console into `dist/`, unless it was built from exactly these sources already. Plain JavaScript, since it runs while
 * the repository is being installed, on whatever Node there is. `--installing`: a build that fails does not fail the installation;
 * the authority says at /console/ what to do.
 */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const stamp = join(root, 'dist', 'built-from')
const SOURCES = ['index.html', 'vite.config.ts', 'src', 'scripts', '../client/src', '../terms/src', '../../package-lock.json']

try {
  const sources = fingerprint()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) process.exit(0)
  // Whoever builds it, a test too: what is served is React's own production build.
  process.env.NODE_ENV = 'production'
  const { build } = await import('vite')
  await build({ root, logLevel: 'warn' })
  writeFileSync(stamp, sources)
  console.log('built the console into packages/console/dist')
} catch (error) {
  console.error(`The console could not be built: ${error instanceof Error ? error.message : error}`)
  if (!process.argv.includes('--installing')) process.exit(1)
  console.error('Everything else is in place. Try again with: npm run console:build')
}

function fingerprint() {
  const hash = createHash('sha256')
  for (const path of SOURCES.flatMap((source) => filesOf(join(root, source)))) hash.update(path).update(readFileSync(path))
  return hash.digest('hex')
}

/** @param {string} path @returns {string[]} */
function filesOf(path) {
  if (!existsSync(path) || /\.[a-z]+$/.test(path)) return existsSync(path) ? [path] : []
  return readdirSync(path, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesOf(join(path, entry.name)) : [join(path, entry.name)]))
}
