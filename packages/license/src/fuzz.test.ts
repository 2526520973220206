import { decodeBase64url } from '@writ/trust'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import good from '../vectors/good.json' with { type: 'json' }
import type { VectorFile } from '../vectors/vector.ts'
import { LicenseError } from './error.ts'
import { inspectLicenseFile } from './inspect.ts'
import { verifyLicenseFile } from './verify.ts'

const { roots, now, cases } = good as unknown as VectorFile
const files = cases.slice(0, 4).map((vector) => vector.text)

/** Verifies and inspects; lets nothing but LicenseError pass. @returns whether it verified */
async function verifies(text: string): Promise<boolean> {
  try {
    inspectLicenseFile(text)
  } catch (error) {
    if (!(error instanceof LicenseError)) throw error
  }
  try {
    await verifyLicenseFile(text, { roots, now })
    return true
  } catch (error) {
    if (!(error instanceof LicenseError)) throw error
    return false
  }
}

/** All that a file says, in bytes: two texts of one meaning have the same. */
function bytesOf(text: string): string {
  const body = text.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('-----'))
  return body
    .join('')
    .split('.')
    .map((part) => String(decodeBase64url(part)))
    .join('.')
}

test('arbitrary text is refused in order', async () => {
  const text = fc.oneof(fc.string({ maxLength: 400 }), fc.string({ unit: 'binary', maxLength: 200 }))
  await fc.assert(
    fc.asyncProperty(text, async (each) => {
      expect(await verifies(each)).toBe(false)
    }),
    { numRuns: 500 },
  )
})

test('arbitrary lines in good armour are refused in order', async () => {
  const body = fc.string({ unit: fc.constantFrom(...'eyJhbGciOiJFZERTQSIs.-_09'), minLength: 1, maxLength: 400 })
  await fc.assert(
    fc.asyncProperty(body, async (each) => {
      const text = `-----BEGIN WRIT LICENSE-----\n${each.replace(/.{64}(?=.)/g, '$&\n')}\n-----END WRIT LICENSE-----\n`
      expect(await verifies(text)).toBe(false)
    }),
    { numRuns: 500 },
  )
})

const mutation = fc.oneof(
  fc.record({ kind: fc.constant('replace' as const), at: fc.nat(), text: fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }) }),
  fc.record({ kind: fc.constant('replace' as const), at: fc.nat(), text: fc.constantFrom(...'AQgwz09-_.\n\r =') }),
  fc.record({
    kind: fc.constant('insert' as const),
    at: fc.nat(),
    text: fc.constantFrom('\n', '\r\n', ' ', 'A', '.', '\0', '\ufeff', '='),
  }),
  fc.record({ kind: fc.constant('delete' as const), at: fc.nat(), text: fc.constant('') }),
  fc.record({ kind: fc.constant('cut' as const), at: fc.nat(), text: fc.constant('') }),
  fc.record({ kind: fc.constant('line ends' as const), at: fc.nat(), text: fc.constantFrom('\n', '\r\n') }),
)

function mutated(text: string, change: { kind: string; at: number; text: string }): string {
  const at = change.at % text.length
  if (change.kind === 'replace') return text.slice(0, at) + change.text + text.slice(at + 1)
  if (change.kind === 'insert') return text.slice(0, at) + change.text + text.slice(at)
  if (change.kind === 'delete') return text.slice(0, at) + text.slice(at + 1)
  if (change.kind === 'cut') return text.slice(0, at)
  return text.replaceAll(/\r?\n/g, change.text)
}

test('no change to a good file verifies unless it says the same bytes', async () => {
  let refused = 0
  let verified = 0
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...files), fc.array(mutation, { minLength: 1, maxLength: 3 }), async (file, changes) => {
      const text = changes.reduce(mutated, file)
      if (await verifies(text)) {
        verified++
        expect(bytesOf(text)).toBe(bytesOf(file))
      } else refused++
    }),
    { numRuns: 1500 },
  )
  expect(refused).toBeGreaterThan(500)
  expect(verified).toBeGreaterThan(5)
})

test('no single character can be changed anywhere in a file', async () => {
  const file = files[0] ?? ''
  let tried = 0
  for (let at = 0; at < file.length; at++) {
    const other = file[at] === 'A' ? 'B' : 'A'
    tried++
    expect(await verifies(file.slice(0, at) + other + file.slice(at + 1))).toBe(false)
  }
  expect(tried).toBe(file.length)
})
