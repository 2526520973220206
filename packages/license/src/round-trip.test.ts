import { issueKeyStatement, SigningKey } from '@writ/trust'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { LicenseClaims } from './claims.ts'
import { issueLicenseFile } from './issue.ts'
import { verifyLicenseFile } from './verify.ts'

const NOW = 1_795_424_400
const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((text) => !/\p{Cc}/u.test(text) && text.isWellFormed())
const key = name.filter((text) => !['__proto__', 'constructor', 'prototype'].includes(text))
const instant = fc.integer({ min: 1, max: 8e15 })
const value = fc.oneof(fc.string(), fc.boolean(), fc.integer(), fc.array(fc.string(), { maxLength: 3 }))

const claims = fc
  .record({
    jti: name,
    license: name,
    product: name,
    plan: name,
    edition: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
    terms: fc.string({ minLength: 1, maxLength: 400 }).filter((text) => text.trim() !== ''),
    holder: fc.oneof(fc.record({ organization: name }), fc.record({ identity: name, name })),
    dates: fc.uniqueArray(instant, { minLength: 2, maxLength: 2 }).map((both) => both.sort((a, b) => a - b)),
    roster: fc.option(
      fc.uniqueArray(
        fc.record(
          {
            id: name,
            kind: fc.constantFrom('human', 'service', 'machine', 'agent'),
            roles: fc.array(name, { maxLength: 3 }),
            attributes: fc.dictionary(key, value, { maxKeys: 3 }),
            status_index: fc.nat(),
          },
          { requiredKeys: ['id', 'kind', 'roles'] },
        ),
        { selector: ({ id }) => id, maxLength: 5 },
      ),
      { nil: undefined },
    ),
    suspended: fc.option(fc.boolean(), { nil: undefined }),
    share: fc.option(fc.record({ seats: fc.nat(), quotas: fc.dictionary(key, fc.nat(), { maxKeys: 3 }) }), { nil: undefined }),
    ago: fc.integer({ min: 0, max: 999 }),
  })
  .map(({ dates: [starts, ends], roster, suspended, share, ago, ...rest }) => ({
    iss: 'https://license.example',
    iat: NOW - ago,
    terms_hash: `sha256:${'0'.repeat(64)}`,
    ...rest,
    starts,
    ends,
    ...(roster === undefined ? { identities: 'asserted' } : { roster }),
    ...(suspended !== undefined && { suspended }),
    ...(share !== undefined && { share }),
  })) as fc.Arbitrary<LicenseClaims>

test('what is issued is what is read', async () => {
  const [root, signer] = [await SigningKey.generate(), await SigningKey.generate()]
  const iss = 'https://license.example'
  const statement = await issueKeyStatement(root, {
    iss,
    iat: NOW - 1000,
    jwk: signer.publicJwk,
    use: 'license',
    products: 'all',
    nbf: NOW - 1000,
    exp: NOW + 1,
  })
  const roots = [{ issuer: iss, key: root.publicJwk }]
  await fc.assert(
    fc.asyncProperty(claims, async (said) => {
      const text = await issueLicenseFile(said, { key: signer, statement, roots })
      expect(await issueLicenseFile(said, { key: signer, statement, roots })).toBe(text)
      const read = await verifyLicenseFile(text, { roots, now: NOW })
      expect(JSON.stringify(read.claims)).toBe(JSON.stringify(said))
    }),
    { numRuns: 150 },
  )
})
