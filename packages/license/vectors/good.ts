import { armor, issueKeyStatement, type KeyStatement } from '@writ/trust'
import { issueLicenseFile, type LicenseClaims } from '../src/index.ts'
import { forge } from './forge.ts'
import { ASSERTED, FULL, NOW, PERSONAL, type Sample } from './sample.ts'
import type { Vector, VectorFile } from './vector.ts'

export async function goodVectors({ root, key, roots, said, statement }: Sample): Promise<VectorFile> {
  const cases: Vector[] = []
  const add = (name: string, claims: LicenseClaims, text: string, more: Partial<Vector> = {}) =>
    cases.push({ name, text, ...more, want: { claims } })
  const issued = (claims: LicenseClaims, by = statement) => issueLicenseFile(claims, { key, statement: by, roots })
  const stated = async (change: Partial<KeyStatement>) => issueKeyStatement(root, { ...said, ...change })

  const plain = await issued(ASSERTED)
  add('the application vouches for who asks', ASSERTED, plain)
  add('every member there is', FULL, await issued(FULL))
  add('held by one person, open end', PERSONAL, await issued(PERSONAL))
  add('CRLF line ends', ASSERTED, plain.replaceAll('\n', '\r\n'))
  add('no line end after the last line', ASSERTED, plain.trimEnd())
  add('a second product of the same key', { ...ASSERTED, product: 'atlas-tools' }, await issued({ ...ASSERTED, product: 'atlas-tools' }))

  const anything = { ...ASSERTED, product: 'something-new' }
  add('a key for all products', anything, await issued(anything, await stated({ products: 'all' })))
  const first = { ...ASSERTED, iat: said.nbf }
  add('issued in the first second of the key', first, await issued(first))
  const last = { ...ASSERTED, iat: said.exp - 1 }
  add('issued in the last second of the key, read long after it', last, await issued(last), { now: said.exp + 100_000_000 })
  add('long past its end: verifying is not deciding', ASSERTED, plain, { now: NOW + 10 * 365 * 86_400 })

  const soon = { ...ASSERTED, iat: NOW + 60 }
  add('issued a minute from now', soon, await issued(soon))
  const later = { ...ASSERTED, iat: NOW + 300 }
  add('issued five minutes from now, when that much is tolerated', later, await issued(later), { skew: 300 })

  const named = { ...ASSERTED, holder: { organization: 'org_\u00fcber', name: '\u682a\u5f0f\u4f1a\u793e \ud83d\udca1' } }
  add('names outside ASCII', named, await issued(named))

  // Another writer may order members and escape as it likes; what is signed is the bytes.
  const { terms, ...rest } = ASSERTED
  const spaced = JSON.stringify({ terms, ...rest }, undefined, 1).replace('Northwind', '\\u004eorthwind')
  const header = { key_statement: statement, kid: key.kid, typ: 'writ-license+jws', alg: 'EdDSA' }
  add('other order, white space and escapes', ASSERTED, armor('WRIT LICENSE', await forge(header, spaced, key)))

  return { about: 'License files that verify.', roots: [...roots], now: NOW, cases }
}
