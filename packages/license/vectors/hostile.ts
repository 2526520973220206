import { armor, issueKeyStatement, type KeyStatement, type SigningKey, type TrustErrorCode } from '@writ/trust'
import { issueLicenseFile, type LicenseErrorCode } from '../src/index.ts'
import { base64url, forge, forgeMac, malleate, testKey } from './forge.ts'
import { ASSERTED, NOW, PERSONAL, type Sample } from './sample.ts'
import type { Vector, VectorFile } from './vector.ts'

const wrap = (jws: string) => armor('WRIT LICENSE', jws)
const KEY_STATEMENT_TYP = 'writ-key-statement+jwt'

export async function hostileVectors({ root, key, roots, said, statement }: Sample): Promise<VectorFile> {
  const cases: Vector[] = []
  const add = (name: string, text: string, code: LicenseErrorCode, more: { why?: TrustErrorCode; now?: number; skew?: number } = {}) => {
    const { why, ...rest } = more
    cases.push({ name, text, ...rest, want: { code, ...(why && { why }) } })
  }
  const thief = await testKey('thief')
  const header = { alg: 'EdDSA', typ: 'writ-license+jws', kid: key.kid, key_statement: statement }
  const jws = await forge(header, ASSERTED, key)
  const file = wrap(jws)
  const [head = '', body = '', signature = ''] = jws.split('.')
  const withHeader = async (change: object | string, by: SigningKey = key) =>
    wrap(await forge(typeof change === 'string' ? change : { ...header, ...change }, ASSERTED, by))
  const withPayload = async (payload: object | string | Uint8Array) => wrap(await forge(header, payload, key))
  const text = JSON.stringify(ASSERTED)

  // The algorithm
  add('alg none, no signature', wrap(`${base64url({ ...header, alg: 'none' })}.${body}.`), 'LICENSE_ALGORITHM_REFUSED')
  add(
    'alg none, the old signature kept',
    wrap(`${base64url({ ...header, alg: 'none' })}.${body}.${signature}`),
    'LICENSE_ALGORITHM_REFUSED',
  )
  add('alg None', await withHeader({ alg: 'None' }), 'LICENSE_ALGORITHM_REFUSED')
  add('alg missing', await withHeader({ alg: undefined }), 'LICENSE_ALGORITHM_REFUSED')
  add('alg in a list', await withHeader({ alg: ['EdDSA'] }), 'LICENSE_ALGORITHM_REFUSED')
  add('alg Ed25519, the newer name', await withHeader({ alg: 'Ed25519' }), 'LICENSE_ALGORITHM_REFUSED')
  add('alg ES256', await withHeader({ alg: 'ES256' }), 'LICENSE_ALGORITHM_REFUSED')
  const mac = { ...header, alg: 'HS256' }
  const publicBytes = Buffer.from(key.publicJwk.x, 'base64url')
  add('HS256 with the public key as the secret', wrap(forgeMac(mac, ASSERTED, publicBytes)), 'LICENSE_ALGORITHM_REFUSED')
  add('HS256 with the public JWK as the secret', wrap(forgeMac(mac, ASSERTED, JSON.stringify(key.publicJwk))), 'LICENSE_ALGORITHM_REFUSED')
  add('EdDSA claimed, HMAC inside', wrap(forgeMac(header, ASSERTED, publicBytes)), 'LICENSE_MALFORMED')

  // The type
  add('a key statement in the place of a file', wrap(statement), 'LICENSE_TYPE_REFUSED')
  add('typ JWT', await withHeader({ typ: 'JWT' }), 'LICENSE_TYPE_REFUSED')
  add('typ missing', await withHeader({ typ: undefined }), 'LICENSE_TYPE_REFUSED')
  add('typ in capitals', await withHeader({ typ: 'WRIT-LICENSE+JWS' }), 'LICENSE_TYPE_REFUSED')
  add('typ with its media type', await withHeader({ typ: 'application/writ-license+jws' }), 'LICENSE_TYPE_REFUSED')
  add('the file in the place of its key statement', await withHeader({ key_statement: jws }), 'LICENSE_STATEMENT_REFUSED', {
    why: 'JWS_TYPE_REFUSED',
  })
  const untyped = await forge({ alg: 'EdDSA', typ: 'JWT', kid: root.kid }, { ...said, kid: key.kid }, root)
  add('a key statement of typ JWT', await withHeader({ key_statement: untyped }), 'LICENSE_STATEMENT_REFUSED', { why: 'JWS_TYPE_REFUSED' })

  // The rest of the header
  add('crit', await withHeader({ crit: ['exp'], exp: 1 }), 'LICENSE_HEADER_REFUSED')
  add('crit, empty', await withHeader({ crit: [] }), 'LICENSE_HEADER_REFUSED')
  add('b64 false', await withHeader({ b64: false }), 'LICENSE_HEADER_REFUSED')
  add('a key that it brings along', await withHeader({ jwk: thief.publicJwk }, thief), 'LICENSE_HEADER_REFUSED')
  add('an address to fetch keys from', await withHeader({ jku: 'https://thief.example/keys' }, thief), 'LICENSE_HEADER_REFUSED')
  add('a certificate chain', await withHeader({ x5c: ['AA=='] }, thief), 'LICENSE_HEADER_REFUSED')
  add('no kid', await withHeader({ kid: undefined }), 'LICENSE_HEADER_REFUSED')
  add('a kid that is a path', await withHeader({ kid: '../../etc/passwd' }), 'LICENSE_HEADER_REFUSED')
  add('no key statement', await withHeader({ key_statement: undefined }), 'LICENSE_HEADER_REFUSED')
  add('a key statement that is an object', await withHeader({ key_statement: { iss: 'x' } }), 'LICENSE_HEADER_REFUSED')
  const twice = JSON.stringify(header).replace('{', `{"kid":"${thief.kid}",`)
  add('kid twice', await withHeader(twice), 'LICENSE_HEADER_REFUSED')
  add('alg twice', await withHeader(JSON.stringify(header).replace('{', '{"alg":"none",')), 'LICENSE_HEADER_REFUSED')
  add(
    '__proto__ in the header',
    await withHeader(JSON.stringify(header).replace('{', '{"__proto__":{"alg":"none"},')),
    'LICENSE_HEADER_REFUSED',
  )
  add('a header that is a list', await withHeader(JSON.stringify([header])), 'LICENSE_HEADER_REFUSED')
  add('something after the header object', await withHeader(`${JSON.stringify(header)} `.concat('x')), 'LICENSE_HEADER_REFUSED')
  add('a byte order mark before the header', await withHeader(`\ufeff${JSON.stringify(header)}`), 'LICENSE_HEADER_REFUSED')

  // Whose key
  const stated = (change: Partial<KeyStatement>, by = root) => issueKeyStatement(by, { ...said, ...change })
  const carrying = async (by: string, signer = key) =>
    wrap(await forge({ ...header, kid: signer.kid, key_statement: by }, ASSERTED, signer))
  const refused = async (name: string, by: string, why: TrustErrorCode, signer = key) =>
    add(name, await carrying(by, signer), 'LICENSE_STATEMENT_REFUSED', { why })
  await refused('another root with the same name', await stated({}, thief), 'ROOT_UNKNOWN')
  const posing = await forge({ alg: 'EdDSA', typ: KEY_STATEMENT_TYP, kid: root.kid }, { ...said, kid: key.kid }, thief)
  await refused('another root that claims the key id of the pinned one', posing, 'SIGNATURE_INVALID')
  const neighbour = await testKey('root of another authority')
  await refused('a pinned root that speaks for another authority', await stated({}, neighbour), 'STATEMENT_ISSUER_MISMATCH')
  const own = await forge({ alg: 'EdDSA', typ: KEY_STATEMENT_TYP, kid: root.kid }, { ...said, jwk: root.publicJwk, kid: root.kid }, root)
  await refused('the root signs the file itself', own, 'STATEMENT_KEY_MISMATCH', root)
  const swapped = await forge({ alg: 'EdDSA', typ: KEY_STATEMENT_TYP, kid: root.kid }, { ...said, kid: thief.kid }, root)
  await refused('a statement whose kid is of another key', swapped, 'STATEMENT_KEY_MISMATCH', thief)
  await refused('a key for status lists', await stated({ use: 'status' }), 'STATEMENT_USE_REFUSED')
  await refused('a key for another product', await stated({ products: ['zephyr'] }), 'STATEMENT_PRODUCT_REFUSED')
  await refused('a key whose statement had ended', await stated({ exp: ASSERTED.iat }), 'STATEMENT_NOT_IN_FORCE')
  await refused('a key whose statement had not begun', await stated({ nbf: ASSERTED.iat + 1 }), 'STATEMENT_NOT_IN_FORCE')
  await refused('a key revoked in the second of issue', await stated({ revoked_at: ASSERTED.iat }), 'STATEMENT_REVOKED')
  const unlogged = await carrying(await stated({ revoked_at: ASSERTED.iat + 1 }))
  add('dated before the key was revoked, with nothing that shows it', unlogged, 'LICENSE_NOT_LOGGED')
  const none = `${base64url({ alg: 'none', typ: KEY_STATEMENT_TYP, kid: root.kid })}.${base64url({ ...said, jwk: thief.publicJwk, kid: thief.kid })}.`
  await refused('a statement with alg none', none, 'JWS_ALGORITHM_REFUSED', thief)
  const rootMac = forgeMac(
    { alg: 'HS256', typ: KEY_STATEMENT_TYP, kid: root.kid },
    { ...said, jwk: thief.publicJwk, kid: thief.kid },
    Buffer.from(root.publicJwk.x, 'base64url'),
  )
  await refused('a statement with HS256 and the root key as the secret', rootMac, 'JWS_ALGORITHM_REFUSED', thief)
  const doubled = JSON.stringify({ ...said, kid: key.kid }).replace('"use":', '"use":"status","use":')
  const ambiguous = await forge({ alg: 'EdDSA', typ: KEY_STATEMENT_TYP, kid: root.kid }, doubled, root)
  await refused('a statement that names two uses', ambiguous, 'STATEMENT_INVALID')
  await refused('a malleated statement signature', malleate(statement), 'SIGNATURE_INVALID')
  await refused('a statement cut short', statement.slice(0, -1), 'JWS_MALFORMED')
  await refused('a statement larger than 8 KiB', `${statement}${'A'.repeat(8192)}`, 'JWS_TOO_LARGE')
  await refused('an empty statement', '', 'JWS_MALFORMED')
  add('signed by a key that nobody stated', await withHeader({ kid: thief.kid }, thief), 'LICENSE_KEY_UNKNOWN')
  add('signed by a key that nobody stated, under the kid of one that is', await withHeader({}, thief), 'LICENSE_SIGNATURE_INVALID')

  // The signature
  const flip = (base: string, at: number) => base.slice(0, at) + (base[at] === 'A' ? 'B' : 'A') + base.slice(at + 1)
  add('one character of the payload changed', wrap(`${head}.${flip(body, 100)}.${signature}`), 'LICENSE_SIGNATURE_INVALID')
  add('one character of the signature changed', wrap(`${head}.${body}.${flip(signature, 10)}`), 'LICENSE_SIGNATURE_INVALID')
  add('a later end', wrap(`${head}.${base64url({ ...ASSERTED, ends: 9e12 })}.${signature}`), 'LICENSE_SIGNATURE_INVALID')
  add(
    'the signature of another file',
    wrap(`${head}.${body}.${(await forge(header, PERSONAL, key)).split('.')[2]}`),
    'LICENSE_SIGNATURE_INVALID',
  )
  add('a signature of zeros', wrap(`${head}.${body}.${'A'.repeat(86)}`), 'LICENSE_SIGNATURE_INVALID')
  add('a malleated signature', wrap(malleate(jws)), 'LICENSE_SIGNATURE_INVALID')
  add(
    'another true statement put in',
    wrap(`${base64url({ ...header, key_statement: await stated({ products: 'all' }) })}.${body}.${signature}`),
    'LICENSE_SIGNATURE_INVALID',
  )
  add(
    'white space put into the header',
    wrap(`${base64url(JSON.stringify(header, undefined, 1))}.${body}.${signature}`),
    'LICENSE_SIGNATURE_INVALID',
  )
  add('the payload left out', wrap(`${head}..${signature}`), 'LICENSE_SIGNATURE_INVALID')

  // The base64url and the three parts
  const last = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const stray = last.charAt(last.indexOf(signature.at(-1) ?? '') | 1)
  add('a bit set past the end of the signature', wrap(`${head}.${body}.${signature.slice(0, -1)}${stray}`), 'LICENSE_MALFORMED')
  add('padding', wrap(`${jws}==`), 'LICENSE_MALFORMED')
  add(
    'a signature one byte short',
    wrap(`${head}.${body}.${base64url(Buffer.from(signature, 'base64url').subarray(0, 63))}`),
    'LICENSE_MALFORMED',
  )
  add(
    'a signature one byte long',
    wrap(`${head}.${body}.${base64url(Buffer.concat([Buffer.from(signature, 'base64url'), Buffer.of(0)]))}`),
    'LICENSE_MALFORMED',
  )
  add('no signature', wrap(`${head}.${body}.`), 'LICENSE_MALFORMED')
  add('two parts', wrap(`${head}.${body}`), 'LICENSE_MALFORMED')
  add('four parts', wrap(`${jws}.${signature}`), 'LICENSE_MALFORMED')
  add('an empty header', wrap(`.${body}.${signature}`), 'LICENSE_MALFORMED')
  add('dots alone', wrap('..'), 'LICENSE_MALFORMED')

  // The armour
  const lines = file.split('\n')
  add('nothing', '', 'LICENSE_ARMOR_MALFORMED')
  add('the signed text without armour', jws, 'LICENSE_ARMOR_MALFORMED')
  add('a JWS in JSON', JSON.stringify({ protected: head, payload: body, signature }), 'LICENSE_ARMOR_MALFORMED')
  add('a byte order mark', `\ufeff${file}`, 'LICENSE_ARMOR_MALFORMED')
  add('bytes after the end', `${file}x`, 'LICENSE_ARMOR_MALFORMED')
  add('an empty line after the end', `${file}\n`, 'LICENSE_ARMOR_MALFORMED')
  add('a NUL after the end', `${file}\u0000`, 'LICENSE_ARMOR_MALFORMED')
  add('a greeting before it', `Dear customer,\n${file}`, 'LICENSE_ARMOR_MALFORMED')
  add('two files in one', file + file, 'LICENSE_ARMOR_MALFORMED')
  add('another label', file.replaceAll('WRIT LICENSE', 'LICENSE FILE'), 'LICENSE_ARMOR_MALFORMED')
  add('cut in the middle', file.slice(0, 700), 'LICENSE_ARMOR_MALFORMED')
  add('without its end', lines.slice(0, -2).join('\n'), 'LICENSE_ARMOR_MALFORMED')
  add('without its last line of text', lines.toSpliced(-3, 1).join('\n'), 'LICENSE_MALFORMED')
  add('without a line inside', lines.toSpliced(20, 1).join('\n'), 'LICENSE_SIGNATURE_INVALID')
  add('two lines swapped', lines.toSpliced(20, 2, lines[21] ?? '', lines[20] ?? '').join('\n'), 'LICENSE_SIGNATURE_INVALID')
  add('a space at the end of a line', file.replace(/(.{64})\n/, '$1 \n'), 'LICENSE_ARMOR_MALFORMED')
  add('a space at the end of the last line', wrap(`${jws} `), 'LICENSE_MALFORMED')
  add('a sign of no alphabet in the payload', wrap(`${head}.${body.slice(0, 90)}*${body.slice(91)}.${signature}`), 'LICENSE_MALFORMED')
  add('lines of 76', `${lines[0]}\n${jws.replace(/.{76}/g, '$&\n')}\n${lines.at(-2)}\n`, 'LICENSE_ARMOR_MALFORMED')
  add('one CRLF among LF', file.replace('\n', '\r\n'), 'LICENSE_ARMOR_MALFORMED')
  add('a letter that is an A in its low byte', wrap(jws.replace('A', '\u0141')), 'LICENSE_MALFORMED')
  add('one character more than 64 KiB', `${file}${'\n'.repeat(65_537 - file.length)}`, 'LICENSE_TOO_LARGE')

  // What is signed, and wrong all the same
  const invalid = async (name: string, payload: object | string | Uint8Array) =>
    add(name, await withPayload(payload), 'LICENSE_PAYLOAD_INVALID')
  await invalid('a payload that is no JSON', 'license')
  await invalid('a payload that is not UTF-8', new Uint8Array([0x7b, 0xff, 0x7d]))
  await invalid('a payload that is a list', [ASSERTED])
  await invalid('plan twice', text.replace('"plan":', '"plan":"enterprise","plan":'))
  await invalid('plan twice, once in escapes', text.replace('"plan":', '"pl\\u0061n":"enterprise","plan":'))
  await invalid('__proto__', text.replace('{', '{"__proto__":{"plan":"enterprise"},'))
  await invalid('half a surrogate pair', text.replace('Northwind', '\\ud83d'))
  await invalid('something after the payload', `${text}{}`)
  await invalid('brackets nine deep', text.replace('"asserted"', `${'['.repeat(8)}${']'.repeat(8)}`))
  await invalid('ten thousand brackets', '['.repeat(10_000))
  await invalid('a member that this version does not know', { ...ASSERTED, only_on: 'tuesdays' })
  await invalid('no end of a number', text.replace('"edition":3', '"edition":3e400'))
  await invalid('half an edition', { ...ASSERTED, edition: 2.5 })
  await invalid('neither roster nor asserted', { ...ASSERTED, identities: undefined })
  await invalid('both roster and asserted', { ...ASSERTED, roster: [] })
  await invalid('one identity twice in the roster', { ...PERSONAL, roster: [...(PERSONAL.roster ?? []), ...(PERSONAL.roster ?? [])] })
  await invalid('held by two', { ...ASSERTED, holder: { organization: 'a', identity: 'b' } })
  await invalid('an end before its start', { ...ASSERTED, ends: ASSERTED.starts })
  await invalid('iat in milliseconds', { ...ASSERTED, iat: ASSERTED.iat * 1000 })
  await invalid('an empty binding', { ...ASSERTED, binding: {} })
  await invalid('a fingerprint that asks for more than it has', {
    ...ASSERTED,
    binding: { fingerprint: { components: ['0'.repeat(64)], at_least: 2 } },
  })
  await invalid('a fingerprint with one component twice', {
    ...ASSERTED,
    binding: { fingerprint: { components: ['0'.repeat(64), '0'.repeat(64)], at_least: 2 } },
  })
  await invalid('a binding of a kind that this version does not know', { ...ASSERTED, binding: { organization: 'a', country: 'DE' } })
  await invalid('a fact of an unknown kind', { ...ASSERTED, facts: [{ fact: 'exemption', id: 'x' }] })
  await invalid('a second licence among the facts', { ...ASSERTED, facts: [{ fact: 'license', id: 'x' }] })
  await invalid('an edition among the facts', { ...ASSERTED, facts: [{ fact: 'edition', product: 'atlas', edition: 4, terms: '' }] })
  await invalid('a status list that is no address', { ...ASSERTED, status: { uri: 'file:///etc/passwd', index: 1 } })
  add(
    'another issuer than its key has',
    await withPayload({ ...ASSERTED, iss: 'https://license.other.example' }),
    'LICENSE_ISSUER_MISMATCH',
  )
  const soon = { ...ASSERTED, iat: NOW + 61 }
  add('issued 61 seconds from now', await withPayload(soon), 'LICENSE_FROM_THE_FUTURE')
  const later = await issueLicenseFile({ ...ASSERTED, iat: NOW + 301 }, { key, statement, roots })
  add('issued 301 seconds from now, when 300 are tolerated', later, 'LICENSE_FROM_THE_FUTURE', { skew: 300 })
  add('read on a clock that was turned back', file, 'LICENSE_FROM_THE_FUTURE', { now: ASSERTED.iat - 61 })

  return { about: 'License files that must be refused, and by which code.', roots: [...roots], now: NOW, cases }
}
