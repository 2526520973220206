import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { transitMasterKey } from '../src/keys/transit.ts'
import { onBothStores, scratchFolder } from './support.ts'
import { startTransit, type TransitServer } from './transit-server.ts'
import { describeTransit } from './transit-suite.ts'

const opened: TransitServer[] = []
afterAll(async () => {
  for (const server of opened) await server.close()
})
async function served(namespace?: string): Promise<TransitServer> {
  const server = await startTransit(namespace)
  opened.push(server)
  return server
}

onBothStores('a master key in a transit service', (open) => {
  describeTransit(open, async () => ({ ...(await served('team-a')), namespace: 'team-a' }))
})

describe('a transit service', () => {
  const tokenFile = join(scratchFolder(), 'token')
  const key = new Uint8Array(32).fill(7)
  async function keyAt(url: string, token: string) {
    writeFileSync(tokenFile, token)
    return transitMasterKey({ url, tokenFile })
  }

  test('is asked again when it is sealed, busy, or cuts the connection', async () => {
    const server = await served()
    const master = await keyAt(server.url, server.token)
    for (const failure of [503, 429, 0]) {
      server.fail(failure, 2)
      const wrapped = await master.wrap(key, 'c')
      expect(await master.unwrap(wrapped, 'c')).toEqual(Buffer.from(key))
    }
    // The key itself went nowhere but there, and the token into no body.
    expect(server.seen.every(({ body }) => !body.includes(server.token))).toBe(true)
  })

  test('that stays away, refuses, or answers nonsense is said, without the token', async () => {
    const server = await served()
    const refused = async (work: Promise<unknown>) => {
      const error = (await work.then(
        () => undefined,
        (thrown: unknown) => thrown,
      )) as Error & { code: string; details: object }
      expect(`${error.message} ${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`).not.toContain('hvs.')
      return [error.code, error.details]
    }
    const { url } = server
    const wrong = await keyAt(url, 'hvs.wrong')
    expect(await refused(wrong.wrap(key, 'c'))).toEqual(['MASTER_KEY_SERVICE_REFUSED', { url, status: 403 }])
    const nowhere = await keyAt(url.replace('/keys/writ', '/keys/other'), server.token)
    expect(await refused(nowhere.wrap(key, 'c'))).toEqual(['MASTER_KEY_SERVICE_REFUSED', expect.objectContaining({ status: 404 })])
    const asked = server.seen.length
    server.fail(503, 4)
    expect(await refused((await keyAt(url, server.token)).wrap(key, 'c'))).toEqual(['MASTER_KEY_SERVICE_REFUSED', { url, status: 503 }])
    expect(server.seen.length - asked).toBe(4)
    writeFileSync(tokenFile, 'two words')
    expect(await refused(transitMasterKey({ url, tokenFile }).wrap(key, 'c'))).toEqual(['MASTER_KEY_TOKEN_UNREADABLE', { file: tokenFile }])
    await server.close()
    expect(await refused((await keyAt(url, server.token)).wrap(key, 'c'))).toEqual(['MASTER_KEY_SERVICE_UNREACHABLE', { url }])
  }, 30_000)
})
