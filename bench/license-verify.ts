import { readFileSync } from 'node:fs'
import { issueLicenseFile, type LicenseClaims, verifyLicenseFile } from '@writ/license'
import { canonical, check, hash } from '@writ/terms'
import { decodeBase64url, issueKeyStatement, SigningKey, verifyingKey } from '@writ/trust'
import { inMicroseconds, inTurns, perCall, ratio } from './measure.ts'
import type { Benchmark, Row } from './row.ts'

const NOW = 1_795_424_400
const ISSUER = 'https://license.atlas.example'
const TARGET = 1.4

/** Verifying a license file, root statement included, beside the bare verification of the same bytes by the same platform. */
export const run: Benchmark = async ({ quick }) => {
  const rows: Row[] = []
  for (const people of quick ? [0] : [0, 30, 300]) rows.push(await measured(people, quick ? 1 : 100, quick ? 1 : 25))
  return rows
}

async function measured(people: number, rounds: number, calls: number): Promise<Row> {
  const { file, roots, bare } = await prepared(people)
  const whole = () => verifyLicenseFile(file, { roots, now: NOW })
  for (let warm = 0; warm < rounds * 20; warm++) {
    await whole()
    await bare()
  }
  const sides = { whole: () => perCall(calls, whole), bare: () => perCall(calls, bare) }
  const figures = await inTurns(sides, rounds)
  const found = ratio(figures.whole, figures.bare)
  const quiet = Math.min(...figures.whole) / Math.min(...figures.bare)
  // A large roster is content to read, not signatures to check: its figure is shown, the target is for what customers are sent.
  const judged = people <= 30
  return {
    what: `license file, ${people === 0 ? 'no roster' : `${people} people`}, ${(file.length / 1024).toFixed(1)} KiB`,
    beside: 'crypto.subtle.verify of both signatures, same bytes',
    measured: inMicroseconds(figures.whole),
    compared: inMicroseconds(figures.bare),
    ratio: found,
    target: judged ? `≤ ${TARGET}` : '',
    ...(judged && { met: found.median <= TARGET }),
    detail: `quietest rounds ${quiet.toFixed(2)}`,
  }
}

async function prepared(people: number) {
  const [root, key] = [await SigningKey.generate(), await SigningKey.generate()]
  const roots = [{ issuer: ISSUER, key: root.publicJwk }]
  const said = { iss: ISSUER, iat: NOW - 1000, jwk: key.publicJwk, use: 'license', products: ['atlas'], nbf: NOW - 1000, exp: NOW + 1e7 }
  const statement = await issueKeyStatement(root, said)
  const file = await issueLicenseFile(await claimsFor(people), { key, statement, roots })
  const jws = file.split('\n').slice(1, -2).join('')
  const keys = [(await verifyingKey(root.publicJwk)).key, (await verifyingKey(key.publicJwk)).key] as const
  const signed = [parts(statement), parts(jws)] as const
  const bare = async () => {
    for (const at of [0, 1] as const)
      if (!(await crypto.subtle.verify('Ed25519', keys[at], signed[at].signature, signed[at].message))) throw new Error('does not verify')
  }
  return { file, roots, bare }
}

function parts(jws: string) {
  const at = jws.lastIndexOf('.')
  return { message: new TextEncoder().encode(jws.slice(0, at)), signature: decodeBase64url(jws.slice(at + 1)) as Uint8Array<ArrayBuffer> }
}

async function claimsFor(people: number): Promise<LicenseClaims> {
  const { terms } = check(readFileSync(new URL('../examples/atlas.terms.yaml', import.meta.url), 'utf8'))
  if (terms === undefined) throw new Error('the Atlas terms do not check')
  const roster = Array.from({ length: people }, (_, at) => ({ id: `person_${at}`, kind: 'human', roles: ['analyst', 'viewer'] }) as const)
  return {
    iss: ISSUER,
    iat: NOW - 60,
    jti: 'file_bench',
    license: 'lic_bench',
    product: 'atlas',
    plan: 'enterprise',
    edition: 1,
    terms_hash: await hash(terms),
    terms: canonical(terms),
    holder: { organization: 'org_bench', name: 'Bench' },
    starts: NOW * 1000 - 1e9,
    ends: NOW * 1000 + 1e10,
    ...(people === 0 ? { identities: 'asserted' as const } : { roster }),
  }
}
