import { type LicenseClaims, STATUS, verifyEntitlementToken, verifyLicenseFile, verifyStatusList } from '@writ/license'
import { readKeySet, type TrustedRoot } from '@writ/trust'
import { beforeAll, expect, test } from 'vitest'
import { useKit } from './kit.ts'
import { onBothStores } from './support.ts'

onBothStores('status lists', (open) => {
  const kit = useKit(open)
  const { done } = kit
  let roots: TrustedRoot[]
  const seconds = () => Math.floor(kit.now / 1000)
  const read = async (uri: string) => {
    const answer = await kit.authority.as(undefined)('GET', new URL(uri).pathname)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/statuslist+jwt'])
    return verifyStatusList(answer.text, { roots, issuer: roots[0]?.issuer ?? '', uri, now: seconds() })
  }
  const at = async ({ uri, index }: { uri: string; index: number }): Promise<number> => (await read(uri)).list.get(index)
  const fileOf = async (license: string, body: object = {}): Promise<LicenseClaims> => {
    const { file } = await done('POST', `/v1/licenses/${license}/files`, body)
    return (await verifyLicenseFile(file, { roots, now: seconds() })).claims
  }
  /** Lists are made anew at most once a second. */
  const later = () => {
    kit.now += 1_000
  }

  beforeAll(async () => {
    const { body } = await kit.authority.as(undefined)('GET', '/.well-known/writ-keys')
    roots = [{ issuer: body.issuer, key: body.root }]
    await kit.people('acme', 'ann', 'bob', 'cem')
    for (const id of ['L1', 'L2']) await done('POST', '/v1/licenses', { id, product: 'kit', plan: 'open', organization: 'acme' })
  })

  test('a file names a place, which says when its licence is suspended, resumed and revoked', async () => {
    const { status } = await fileOf('L1', { identities: 'asserted' })
    if (status === undefined) throw new Error('the file names no place')
    expect(await at(status)).toBe(STATUS.valid)
    await done('POST', '/v1/licenses/L1/suspend')
    later()
    expect(await at(status)).toBe(STATUS.suspended)
    await done('POST', '/v1/licenses/L1/resume')
    later()
    expect(await at(status)).toBe(STATUS.valid)
    await done('POST', '/v1/licenses/L1/revoke')
    later()
    expect(await at(status)).toBe(STATUS.invalid)
  })

  test('everybody in a roster has a place in the same list, the same in the next file, and nobody has another’s', async () => {
    const one = await fileOf('L2')
    const two = await fileOf('L2')
    expect(two.status).toEqual(one.status)
    const places = (claims: LicenseClaims) => claims.roster?.map(({ id, status_index }) => [id, status_index])
    expect(places(two)).toEqual(places(one))
    const all = [one.status?.index, ...(one.roster ?? []).map(({ status_index }) => status_index)]
    expect(all.every((index) => Number.isInteger(index))).toBe(true)
    expect(new Set(all).size).toBe(4)
    await done('POST', '/v1/identities/bob/suspend')
    await done('POST', '/v1/identities/cem/revoke')
    later()
    const { list } = await read(one.status?.uri ?? '')
    const told = (one.roster ?? []).map(({ status_index }) => list.get(status_index ?? -1))
    expect(told.sort()).toEqual([STATUS.valid, STATUS.invalid, STATUS.suspended].sort())
  })

  test('a token names the place of its identity', async () => {
    const { token } = await done('POST', '/v1/tokens', { identity: 'ann', product: 'kit' })
    const { text } = await kit.authority.as(undefined)('GET', '/.well-known/writ-keys')
    const keySet = await readKeySet(new TextEncoder().encode(text), { roots })
    const { status } = await verifyEntitlementToken(token, { keySet, audience: 'kit', now: seconds() })
    const { uri, idx: index } = status?.status_list ?? { uri: '', idx: -1 }
    expect(await at({ uri, index })).toBe(STATUS.valid)
    await done('POST', '/v1/identities/ann/suspend')
    later()
    expect(await at({ uri, index })).toBe(STATUS.suspended)
    await done('POST', '/v1/identities/ann/resume')
  })

  test('most places are nobody’s, so that a list does not say how many there are', async () => {
    const { status_lists } = (await kit.authority.as(undefined)('GET', '/status-lists')).body
    expect(status_lists).toHaveLength(1)
    const { list, ttl, issuedAt, expiresAt } = await read(status_lists[0])
    expect([list.bits, list.size, ttl, expiresAt - issuedAt]).toEqual([2, 1 << 17, 300, 7 * 86_400])
  })

  test('however often it is asked for, and however fast things change, it is signed once a second', async () => {
    const [uri = ''] = (await kit.authority.as(undefined)('GET', '/status-lists')).body.status_lists
    const text = async () => (await kit.authority.as(undefined)('GET', new URL(uri).pathname)).text
    const first = await text()
    await done('POST', '/v1/organizations', { title: 'Another' })
    expect(await text()).toBe(first)
    later()
    expect(await text()).not.toBe(first)
  })

  test('there is no other list, and none of the past', async () => {
    const asked = async (path: string) => {
      const answer = await kit.authority.as(undefined)('GET', path)
      return `${answer.status} ${answer.body.code}`
    }
    expect(await asked('/status-lists/99')).toBe('404 STATUS_LIST_UNKNOWN')
    expect(await asked('/status-lists/1?time=1')).toBe('501 STATUS_TIME_UNSUPPORTED')
    expect(await asked('/status-lists/x')).toBe('400 REQUEST_INVALID')
  })
})
