import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { ROOT } from '@writ/testing/served'
import { build } from 'vite'
import { expect, test } from 'vitest'

interface Bundle {
  readonly code: string
  readonly modules: readonly string[]
}

/** As an application's bundler would leave it. */
async function bundled(entry: string): Promise<Bundle> {
  const outcome = await build({
    root: ROOT,
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      target: 'es2022',
      lib: { entry: join(ROOT, 'packages/sdk/src', entry), formats: ['es'] },
      rolldownOptions: { external: ['react'] },
    },
  })
  const [one] = Array.isArray(outcome) ? outcome : [outcome]
  if (one === undefined || !('output' in one)) throw new Error('vite built nothing')
  const chunks = one.output.filter((item) => item.type === 'chunk')
  return { code: chunks.map(({ code }) => code).join('\n'), modules: chunks.flatMap(({ moduleIds }) => moduleIds) }
}

test('what a page loads to ask an authority is under 30 KB gzipped, and has neither the engine nor anything of Node', async () => {
  const { code, modules } = await bundled('index.ts')
  expect(modules.length).toBeGreaterThan(10)
  expect(modules.filter((id) => /packages\/(engine|terms|trust|license)\/|cel-js|\/yaml\/|\/jose\//.test(id))).toEqual([])
  expect(code).not.toMatch(/^import\b|['"]node:/m)
  expect(gzipSync(code).length).toBeLessThan(30_000)
}, 60_000)

test('recording usage in memory brings neither the engine nor anything of Node', async () => {
  const { code, modules } = await bundled('usage/memory.ts')
  expect(modules.filter((id) => /packages\/(engine|terms|trust|license)\/|usage\/node\//.test(id))).toEqual([])
  expect(code).not.toMatch(/['"]node:/)
}, 60_000)

test('what a page loads to show what may be used is under 3 KB gzipped beside React, and asks no authority itself', async () => {
  const { code, modules } = await bundled('adapters/react/index.ts')
  expect(modules.filter((id) => !/sdk\/src\/(adapters\/react\/|clock\.ts)/.test(id))).toEqual([])
  expect([...code.matchAll(/from\s*['"]([^'"]+)['"]/g)].map(([, name]) => name)).toEqual(['react'])
  expect(gzipSync(code).length).toBeLessThan(3_000)
}, 60_000)

test('deciding offline brings the engine, and still nothing of Node', async () => {
  const { code, modules } = await bundled('offline/index.ts')
  expect(modules.some((id) => id.includes('packages/engine/'))).toBe(true)
  expect(code).not.toMatch(/['"]node:/)
}, 60_000)
