import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const DIST = join(import.meta.dirname, '../dist')

test('the first load is at most 400 KB of JavaScript, gzipped', () => {
  execFileSync(process.execPath, [join(import.meta.dirname, '../scripts/build.js')])
  const html = readFileSync(join(DIST, 'index.html'), 'utf8')
  const scripts = [...html.matchAll(/(?:src|href)="\/console\/(assets\/[^"]+\.js)"/g)].map(([, path]) => path ?? '')
  expect(scripts.length).toBeGreaterThan(0)
  // And what these load at once by themselves.
  const all = new Set(scripts)
  for (const path of all) {
    const text = readFileSync(join(DIST, path), 'utf8')
    for (const [, name] of text.matchAll(/(?:^|[;}])import\s*(?:[^"'();]*from)?\s*["']\.\/([^"']+\.js)["']/g)) all.add(`assets/${name}`)
  }
  const bytes = [...all].reduce((sum, path) => sum + readFileSync(join(DIST, `${path}.gz`)).length, 0)
  expect(bytes).toBeLessThan(400 * 1024)
})
