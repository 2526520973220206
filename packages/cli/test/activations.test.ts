import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeUnlockCode } from '@writ/license'
import { joinPool, openDevice } from '@writ/sdk/offline/node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fileText, ROOT, type Served, scratchFolder, serve, writ } from './support.ts'

const folder = scratchFolder()
const rootFile = join(folder, 'root.json')
const [keyFile, requestFile, licenseFile] = ['lic.key', 'request.txt', 'island.license'].map((name) => join(folder, name)) as [
  string,
  string,
  string,
]
let served: Served

async function api(method: string, path: string, body?: object): Promise<ReturnType<typeof JSON.parse>> {
  const headers = {
    authorization: `Bearer ${fileText(served.keyFile).trim()}`,
    ...(body !== undefined && { 'content-type': 'application/json' }),
  }
  const response = await fetch(served.url + path, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) })
  expect([path, response.ok]).toEqual([path, true])
  return response.json()
}
async function ended(exitCode: number, ...args: string[]): Promise<string> {
  const ran = await writ(args, served.env)
  expect({ args, exitCode: ran.exitCode, stderr: ran.stderr }).toEqual({ args, exitCode, stderr: exitCode === 0 ? '' : ran.stderr })
  return ran.stdout + ran.stderr
}

beforeAll(async () => {
  served = await serve(folder)
  await api('POST', '/v1/products/atlas/editions', { terms: fileText(join(ROOT, 'examples/atlas.terms.yaml')) })
  await api('POST', '/v1/organizations', { id: 'acme', title: 'Acme' })
  await api('POST', '/v1/licenses', { id: 'A-1', product: 'atlas', plan: 'enterprise', organization: 'acme' })
  writeFileSync(keyFile, (await api('POST', '/v1/licenses/A-1/keys')).key)
  const { issuer, root } = await api('GET', '/.well-known/writ-keys')
  writeFileSync(rootFile, JSON.stringify({ issuer, key: root }))
}, 60_000)
afterAll(() => served?.stop())

test('a request carried in, a license file carried out, and words for both', async () => {
  const root = JSON.parse(fileText(rootFile))
  const island = await openDevice({ folder: join(folder, 'island'), roots: [root] })
  writeFileSync(requestFile, await island.activationRequest({ name: 'island' }))

  const code = (await ended(0, 'activation', 'qr', requestFile)).trimEnd().split('\n')
  // A square of half blocks, that a terminal of 132 columns shows.
  expect(new Set(code.map((line) => line.length)).size).toBe(1)
  expect([code.length * 2 - (code[0] as string).length <= 1, (code[0] as string).length <= 132]).toEqual([true, true])
  expect(await ended(2, 'activation', 'qr', rootFile)).toMatch(/no request of a device/)

  expect(await ended(0, 'activation', 'rules', 'A-1', '--most-days', '14', '--seats', '2')).toMatch(
    /devices at a time +3[\s\S]*check-out +14/,
  )
  const workloads = (...args: string[]) => ended(0, 'activation', 'rules', 'A-1', ...args)
  expect(await workloads('--workload', 'https://c=system:*', '--workload', 'https://d=x')).toMatch(
    /workloads +system:\* of https:\/\/c, x of https:\/\/d/,
  )

  const lifted = await workloads('--workload', 'any')
  expect([lifted.includes('{"seats":2}'), /workloads +\S/.test(lifted)]).toEqual([true, false])
  const { id } = JSON.parse(
    await ended(0, 'activation', 'create', requestFile, '--license-key-file', keyFile, '--days', '10', '--out', licenseFile, '--json'),
  )
  await island.install(fileText(licenseFile), id)
  expect((await island.open()).explain()?.sentences.join('\n')).toContain('a seat here with no network: 2, of which 2 are free.')
  expect((await island.open()).explain()?.holds).toBe(true)
  expect(await ended(0, 'activation', 'show', id)).toMatch(/share +seats 2/)
  island.close()

  // The same, encrypted to a key of the site.
  const [own, open] = ['own.json', 'open.json'].map((name) => join(folder, name)) as [string, string]
  await ended(0, 'license', 'decryption-key', '--out', own, '--public', open)
  const sealed = join(folder, 'sealed.license')
  await ended(0, 'activation', 'create', requestFile, '--license-key-file', keyFile, '--encrypt-to', open, '--out', sealed)
  const again = await openDevice({ folder: join(folder, 'island'), roots: [root], decryptionKey: JSON.parse(fileText(own)) })
  await again.install(fileText(sealed), id)
  expect([fileText(join(folder, 'island', 'license')), (await again.open()).explain()?.holds]).toEqual([fileText(sealed), true])
  again.close()

  expect(await ended(0, 'activation', 'list', 'A-1')).toMatch(new RegExp(`${id} +live +A-1 +never +\\S+ +island`))
  expect(await ended(0, 'activation', 'show', id, '--license-key-file', keyFile)).toMatch(/device key[\s\S]*ends/)
  expect(await ended(0, 'license', 'verify', licenseFile, '--root', rootFile)).toMatch(
    /in force with an open end[\s\S]*With no network it is good until .*9 days from now[\s\S]*bound to the device key[\s\S]*no share of hard quotas/,
  )
  expect(await ended(0, 'activation', 'release', id, '--license-key-file', keyFile, '--dry-run')).toMatch(/would be released/)
  expect(await ended(0, 'activation', 'release', id, '--license-key-file', keyFile)).toMatch(/is released/)
  expect(await ended(4, 'activation', 'create', requestFile, '--license-key-file', keyFile)).toMatch(/ACTIVATION_REQUEST_USED/)
  expect(await ended(0, 'activation', 'revoke', id, '--yes')).toMatch(/is revoked/)
  expect(await ended(3, 'activation', 'create', requestFile, '--license-key-file', served.keyFile)).toMatch(/no license key/)
  expect(await ended(2, 'activation', 'create', requestFile, '--share', 'reports')).toMatch(/METER=UNITS/)
}, 60_000)

test('a pool of nodes to carry to a site, and a code for each to read over the phone', async () => {
  const [out, codes] = [join(folder, 'pool.json'), join(folder, 'codes.txt')]
  await api('POST', '/v1/licenses', { id: 'A-2', product: 'atlas', plan: 'enterprise', organization: 'acme' })
  expect(await ended(0, 'activation', 'pool', 'A-2', 'n1', 'n2', 'n3', '--out', out, '--codes', codes)).toMatch(/3 nodes/)
  expect(statSync(codes).mode & 0o777).toBe(0o600)
  const lines = fileText(codes).trim().split('\n')
  const [, second = ''] = lines
  const [code = '', activation] = second.split('  ')
  const pool = fileText(out)
  for (const line of lines) expect(pool).not.toContain(line.slice(0, 5))
  const roots = [JSON.parse(fileText(rootFile))]
  const node = join(folder, 'node')
  const refused = (typed: string) => joinPool({ folder: node, roots, pool, code: typed }).catch((error: unknown) => error)
  expect(await refused(`${code.slice(0, -1)}${code.endsWith('q') ? 'p' : 'q'}`)).toMatchObject({
    code: 'UNLOCK_CODE_REFUSED',
    details: { fault: 'typo' },
  })
  expect(await refused(makeUnlockCode())).toMatchObject({ code: 'UNLOCK_CODE_REFUSED', details: { fault: 'unknown' } })
  expect(await joinPool({ folder: node, roots, pool, code: code.toUpperCase().replaceAll('-', ' ') })).toBe('n2')
  expect(await refused(code)).toMatchObject({ code: 'DEVICE_OPTION_INVALID', details: { option: 'folder' } })
  const device = await openDevice({ folder: node, roots })
  expect(device.activation).toMatchObject({ id: activation, license: 'A-2' })
  expect((await device.open()).explain()?.holds).toBe(true)
  device.close()
  expect(await ended(4, 'activation', 'pool', 'A-2', 'n4', '--out', out, '--codes', join(folder, 'more.txt'))).toMatch(
    /ACTIVATIONS_EXHAUSTED/,
  )
}, 60_000)
