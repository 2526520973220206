import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { findChromium, needChromium } from './chromium.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'writ-chromium-'))
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

/** A browser that answers `--version` with this exit code. */
function browser(name: string, code: number): string {
  const path = join(folder, name)
  writeFileSync(path, `#!/bin/sh\necho 'libnss3.so: cannot open' >&2\nexit ${code}\n`)
  chmodSync(path, 0o755)
  return path
}

test('takes a browser from the PATH', () => {
  vi.stubEnv('WRIT_CHROMIUM', '')
  const path = browser('chromium', 0)
  vi.stubEnv('PATH', folder)
  expect(findChromium()).toBe(path)
  expect(needChromium(() => {})).toBe(path)
})

test('takes the browser that is named before any other', () => {
  browser('chromium', 0)
  vi.stubEnv('PATH', folder)
  vi.stubEnv('WRIT_CHROMIUM', browser('mine', 0))
  expect(needChromium(() => {})).toBe(join(folder, 'mine'))
})

test('says what is wrong with a named browser that does not start, and what to do', () => {
  vi.stubEnv('WRIT_CHROMIUM', browser('broken', 127))
  expect(() => needChromium(() => {})).toThrow(/Install Chromium or Chrome[\s\S]*broken: libnss3\.so: cannot open/)
})

test('a named browser that is not there is not replaced by another', () => {
  vi.stubEnv('WRIT_CHROMIUM', join(folder, 'none'))
  expect(() => needChromium(() => {})).toThrow('ENOENT')
})
