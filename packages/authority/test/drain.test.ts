import { freshDatabase } from '@writ/testing/fresh-database'
import { expect, test } from 'vitest'
import { callOn, expectConsistent, expectKept, furnish } from './callers.ts'
import { KeptConnection } from './kept-connection.ts'
import { serve, settingsIn, startHere, until } from './served.ts'
import { scratchFolder } from './support.ts'

for (const store of ['PostgreSQL', 'the embedded store']) {
  test(`SIGTERM in the middle of calls, ${store}: it says so first, every answer is whole, and what was answered is kept`, async () => {
    const folder = scratchFolder()
    const settings = await settingsIn(folder, store === 'PostgreSQL' ? await freshDatabase() : undefined)
    const served = await serve(folder, { ...settings, WRIT_DRAIN_SECONDS: '2' })
    await furnish(served.call)
    const { seen, ended } = callOn(served, 8)
    await until(() => seen.made.size > 20 && seen.spent.size > 20)
    expect((await served.call('GET', '/readyz')).status).toBe(200)

    const ending = served.end('SIGTERM')
    await until(async () => (await served.call('GET', '/readyz')).status === 503)
    expect(await served.call('GET', '/readyz')).toMatchObject({ status: 503, body: { status: 'stopping' } })
    // A new connection is taken, and answered as ever, for as long as a balancer may take to hear of it.
    const late = await KeptConnection.open(served.url)
    expect(await late.ask('GET', '/healthz')).toMatchObject({ status: 200, head: expect.stringMatching(/^connection: close$/im) })
    expect(await ending).toBe(0)
    await ended

    expect(seen.halves).toBe(0)
    // Each answer, to the last, was the one that it would have been.
    expect(seen.statuses).toEqual(new Set([200, 201]))
    expect(seen.lastAnswers).toBeGreaterThan(0)
    const { authority, close } = await startHere(folder, settings)
    await expectKept(authority, seen)
    await expectConsistent(authority)
    await close()
  })
}
