import { verifyFreshnessStamp } from '@writ/license'
import { expect, test } from 'vitest'
import { embedded } from '../src/app/database.ts'
import { stamper } from '../src/changes/stamper.ts'
import { useKit } from './kit.ts'
import { freshPglite } from './support.ts'

const kit = useKit(async () => embedded(await freshPglite()))

test('the first stamp is of no second before that in which its key was made, and says where the node is then', async () => {
  const { issuer, root } = (await kit.authority.as(undefined)('GET', '/.well-known/writ-keys')).body
  const { id, db, sealer, log } = kit.authority.authority
  // Whatever is done takes more than a second.
  const clock = () => {
    kit.now += 1_500
    return kit.now
  }
  const place = { incarnation: 'abc', revision: 7 }
  const sign = stamper({ id, db, sealer, clock, log })
  const stamp = await sign(() => place)
  const now = Math.floor(kit.now / 1_000)
  const proven = await verifyFreshnessStamp(stamp ?? '', { roots: [{ issuer, key: root }], now })
  expect(proven).toMatchObject({ ...place, iat: now })
  expect(await sign(() => undefined)).toBeUndefined()
})
