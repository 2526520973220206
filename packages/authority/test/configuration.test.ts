import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { configurationPage } from '../scripts/configuration.ts'
import { SETTINGS, type Setting } from '../src/app/settings.ts'

const settings = Object.values<Setting<unknown>>(SETTINGS)

test('the reference of the configuration is that of the settings: run `npm run generate`', () => {
  expect(readFileSync(join(import.meta.dirname, '../../../docs/reference/configuration.md'), 'utf8')).toBe(configurationPage())
})

for (const { name, fallback, absent, parse } of settings) {
  test(`${name} says what holds without it, in its own form`, () => {
    expect([fallback, absent].filter((text) => text !== undefined)).toHaveLength(1)
    if (fallback !== undefined) expect(parse(fallback)).toBeDefined()
  })
}
