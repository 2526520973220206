import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { keptMasterKey } from './master-key.ts'
import { addMasterKey, forgetMasterKey } from './master-key-edit.ts'
import { newMasterKeyLine, readMasterKeys } from './master-key-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'writ-master-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const file = join(folder, 'master.key')
const ids = () => readMasterKeys(file).map((key) => keptMasterKey(key, file).id)
beforeEach(() => writeFileSync(file, newMasterKeyLine(), { mode: 0o600 })) // without a line end, as an editor may leave it

test('a new one comes last, for the same owner alone, and leaves nothing else in the folder', () => {
  const [first] = ids()
  appendFileSync(file, '\n# of November\n')
  const made = addMasterKey(file)
  expect(ids()).toEqual([first, made])
  expect(readFileSync(file, 'utf8')).toContain('# of November')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readdirSync(folder)).toEqual(['master.key'])
})

test('an old one is taken out by its id, and the last one never is', () => {
  const [first] = ids()
  const made = addMasterKey(file)
  expect(forgetMasterKey(file, 'mk_0000000000000000')).toBe(false)
  expect(forgetMasterKey(file, first as string)).toBe(true)
  expect(ids()).toEqual([made])
  expect(forgetMasterKey(file, made)).toBe(false)
  expect(ids()).toEqual([made])
})

test('a link stays a link', () => {
  const link = join(folder, 'link.key')
  symlinkSync(file, link)
  const made = addMasterKey(link)
  expect(ids()).toContain(made)
  rmSync(link)
})

test('a file of something else is left alone', () => {
  writeFileSync(file, 'my notes', { mode: 0o600 })
  expect(() => addMasterKey(file)).toThrow(expect.objectContaining({ code: 'MASTER_KEY_MALFORMED' }))
  expect(readFileSync(file, 'utf8')).toBe('my notes')
})
