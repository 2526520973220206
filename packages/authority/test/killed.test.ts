import { freshDatabase } from '@writ/testing/fresh-database'
import { expect, test } from 'vitest'
import { callOn, expectConsistent, expectKept, furnish } from './callers.ts'
import { serve, settingsIn, startHere, until } from './served.ts'
import { scratchFolder } from './support.ts'

for (const store of ['PostgreSQL', 'the embedded store']) {
  test(`SIGKILL in the middle of writes, ${store}: nothing acknowledged is lost, nothing is done twice, nothing is torn`, async () => {
    const folder = scratchFolder()
    const settings = await settingsIn(folder, store === 'PostgreSQL' ? await freshDatabase() : undefined)
    const served = await serve(folder, settings)
    await furnish(served.call)
    const { seen, ended } = callOn(served, 8)
    await until(() => seen.made.size > 25 && seen.spent.size > 25)
    expect(await served.end('SIGKILL')).toBe(null)
    await ended
    expect(seen.statuses).toEqual(new Set([200, 201]))

    const { authority, call, close } = await startHere(folder, settings)
    await expectKept(authority, seen)
    await expectConsistent(authority)
    // As a client does: once more, under the same key, whatever became of the first try.
    for (const id of [...seen.unanswered, ...[...seen.made].slice(-3)]) {
      const { status } = await call('POST', '/v1/organizations', { id, title: id }, { 'idempotency-key': id })
      expect([id, status]).toEqual([id, 201])
      seen.made.add(id)
    }
    await expectKept(authority, seen)
    await expectConsistent(authority)
    await close()
  })
}
