import { createHash } from 'node:crypto'
import { issueKeyStatement } from '@writ/trust'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { base64url, forge, forgeMac, malleate, testKey } from '../vectors/forge.ts'
import { ASSERTED, NOW, type Sample, sample } from '../vectors/sample.ts'
import { issueLicenseFile } from './issue.ts'
import {
  compareUsage,
  issueUsageReceipt,
  type UsageLine,
  type UsageReceipt,
  usageDigest,
  usageLine,
  verifyUsageReceipt,
} from './usage-receipt.ts'
import { UsageReceiptError } from './usage-receipt-error.ts'

const TYP = 'writ-usage-receipt+jwt'
let made: Sample
let statement = ''
let receipt: UsageReceipt
let text = ''

beforeAll(async () => {
  made = await sample()
  statement = await issueKeyStatement(made.root, { ...made.said, use: 'usage_receipt' })
  const counted = { license: 'L-1', product: 'atlas', meter: 'exports', amount: 7, count: 2, digest: await usageDigest([]) }
  receipt = { iss: made.said.iss, iat: NOW, jti: 'rec_1', counted: [{ ...counted, period: { from: 0, until: NOW * 1000, final: false } }] }
  text = await issueUsageReceipt(receipt, { key: made.key, statement, roots: made.roots })
})

const verdict = (text: string, more: object = {}) =>
  verifyUsageReceipt(text, { roots: made.roots, now: NOW, ...more }).then(
    () => 'ok',
    (error: UsageReceiptError) => {
      if (!(error instanceof UsageReceiptError)) throw error
      return [error.code, ...Object.values(error.details ?? {})].join(' ')
    },
  )
const header = (more: object = {}) => ({ alg: 'EdDSA', typ: TYP, kid: made.key.kid, key_statement: statement, ...more })

test('says what was counted, to whoever pinned the root', async () => {
  expect((await verifyUsageReceipt(`${text}\n`, { roots: made.roots, now: NOW })).receipt).toEqual(receipt)
})

const hostile: { name: string; forged: () => Promise<string>; want: string }[] = [
  {
    name: 'alg none',
    forged: async () => `${base64url(header({ alg: 'none' }))}.${text.split('.')[1]}.`,
    want: 'RECEIPT_UNREADABLE JWS_ALGORITHM_REFUSED',
  },
  {
    name: 'alg none with the old signature',
    forged: async () => [base64url(header({ alg: 'none' })), ...text.split('.').slice(1)].join('.'),
    want: 'RECEIPT_UNREADABLE JWS_ALGORITHM_REFUSED',
  },
  {
    name: 'HS256 with the public key as its secret',
    forged: async () => forgeMac(header({ alg: 'HS256' }), receipt, Buffer.from(made.key.publicJwk.x, 'base64url')),
    want: 'RECEIPT_UNREADABLE JWS_ALGORITHM_REFUSED',
  },
  {
    name: 'another typ',
    forged: () => forge(header({ typ: 'writ-license+jws' }), receipt, made.key),
    want: 'RECEIPT_UNREADABLE JWS_TYPE_REFUSED',
  },
  { name: 'no typ', forged: () => forge(header({ typ: undefined }), receipt, made.key), want: 'RECEIPT_UNREADABLE JWS_TYPE_REFUSED' },
  {
    name: 'signed by a key for license files',
    forged: () => forge(header({ key_statement: made.statement }), receipt, made.key),
    want: 'RECEIPT_STATEMENT_REFUSED STATEMENT_USE_REFUSED',
  },
  {
    name: 'signed by the root itself',
    forged: () => forge(header({ kid: made.root.kid }), receipt, made.root),
    want: 'RECEIPT_KEY_UNKNOWN',
  },
  {
    name: 'vouched for by a root that nobody pinned',
    forged: async () => {
      const thief = await testKey('thief')
      return forge(header({ key_statement: await issueKeyStatement(thief, { ...made.said, use: 'usage_receipt' }) }), receipt, made.key)
    },
    want: 'RECEIPT_STATEMENT_REFUSED ROOT_UNKNOWN',
  },
  {
    name: 'with the kid of a good key, signed by another',
    forged: async () => forge(header(), receipt, await testKey('thief')),
    want: 'RECEIPT_SIGNATURE_INVALID',
  },
  {
    name: 'with another amount',
    forged: async () => {
      const [head, , tail] = text.split('.')
      return [head, base64url({ ...receipt, counted: [{ ...receipt.counted[0], amount: 1 }] }), tail].join('.')
    },
    want: 'RECEIPT_SIGNATURE_INVALID',
  },
  { name: 'with its signature in another form', forged: async () => malleate(text), want: 'RECEIPT_SIGNATURE_INVALID' },
  { name: 'crit', forged: () => forge(header({ crit: ['exp'] }), receipt, made.key), want: 'RECEIPT_UNREADABLE JWS_HEADER_REFUSED' },
  {
    name: 'a member that nobody knows',
    forged: () => forge(header(), { ...receipt, more: 1 }, made.key),
    want: 'RECEIPT_PAYLOAD_INVALID .*',
  },
  {
    name: 'an amount below nothing',
    forged: () => forge(header(), { ...receipt, counted: [{ ...receipt.counted[0], amount: -1 }] }, made.key),
    want: 'RECEIPT_PAYLOAD_INVALID .counted[0].amount',
  },
  {
    name: 'of another authority',
    forged: () => forge(header(), { ...receipt, iss: 'elsewhere' }, made.key),
    want: 'RECEIPT_ISSUER_MISMATCH',
  },
  {
    name: 'from the future',
    forged: () => forge(header(), { ...receipt, iat: NOW + 61 }, made.key),
    want: `RECEIPT_FROM_THE_FUTURE ${NOW + 61}`,
  },
  {
    name: 'of a product that the key is not for',
    forged: () => forge(header(), { ...receipt, counted: [{ ...receipt.counted[0], product: 'other' }] }, made.key),
    want: 'RECEIPT_STATEMENT_REFUSED STATEMENT_PRODUCT_REFUSED',
  },
  {
    name: 'a license file',
    forged: () => issueLicenseFile(ASSERTED, { key: made.key, statement: made.statement, roots: made.roots }),
    want: 'RECEIPT_UNREADABLE JWS_MALFORMED',
  },
  { name: 'nothing', forged: async () => '', want: 'RECEIPT_UNREADABLE JWS_MALFORMED' },
  { name: 'too much', forged: async () => 'a'.repeat(70_000), want: 'RECEIPT_UNREADABLE JWS_TOO_LARGE' },
]
for (const { name, forged, want } of hostile)
  test(`refused: ${name}`, async () => {
    expect((await verdict(await forged())).slice(0, want.length)).toBe(want)
  })

test('cut off anywhere, or with any bit of its text changed, it is refused', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: text.length - 1 }), async (at) => {
      expect(await verdict(text.slice(0, at))).toMatch(/^RECEIPT_/)
      const other = text[at] === 'A' ? 'B' : 'A'
      expect(await verdict(text.slice(0, at) + other + text.slice(at + 1))).toMatch(/^RECEIPT_/)
    }),
    { numRuns: 60 },
  )
})

test('a key that was revoked since signs no receipt from then on, and the options are looked at', async () => {
  const key = (revoked_at: number, iss = made.said.iss) => new Map([[made.key.kid, { ...made.said, iss, kid: made.key.kid, revoked_at }]])
  expect(await verdict(text, { keySet: key(NOW) })).toBe('RECEIPT_STATEMENT_REFUSED STATEMENT_REVOKED')
  expect(await verdict(text, { keySet: key(NOW + 1) })).toBe('ok')
  expect(await verdict(text, { keySet: key(NOW, 'elsewhere') })).toBe('ok')
  expect(await verdict(text, { now: NOW * 1000 })).toBe('RECEIPT_OPTION_INVALID now')
  expect(await verdict(text, { skewSeconds: 301 })).toBe('RECEIPT_OPTION_INVALID skewSeconds')
  expect(await verdict(text, { roots: undefined })).toBe('RECEIPT_OPTION_INVALID roots')
})

test('the digest is that of a file of the lines in order, as any tool computes it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          at: fc.integer({ min: 0, max: 3 }),
          source: fc.constantFrom('a', 'b'),
          id: fc.string({ unit: 'binary', maxLength: 3 }),
          amount: fc.integer({ min: 1, max: 9 }),
        }),
        { maxLength: 12 },
      ),
      async (usages) => {
        const bytewise = [...usages].sort(
          (a, b) =>
            a.at - b.at ||
            Buffer.compare(Buffer.from(a.source), Buffer.from(b.source)) ||
            Buffer.compare(Buffer.from(a.id), Buffer.from(b.id)),
        )
        const lines = bytewise.map(usageLine).join('')
        expect([...usages].sort(compareUsage).map(usageLine).join('')).toBe(lines)
        expect(await usageDigest(usages)).toBe(`sha256:${createHash('sha256').update(lines).digest('hex')}`)
      },
    ),
  )
  const late: UsageLine = { at: 5, source: 's', id: 'i', amount: 2, occurredAt: 1 }
  expect(usageLine(late)).toBe('[5,"s","i",2,1]\n')
})
