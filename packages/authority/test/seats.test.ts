import { expect, test } from 'vitest'
import { DAY, useKit } from './kit.ts'
import { MONDAY, onBothStores } from './support.ts'

onBothStores('seats as an administrator sees them', (open) => {
  const kit = useKit(open)
  const { done, ask } = kit
  const put = (license: string, identity: string) => kit.call('PUT', `/v1/seats/${license}/${identity}`)
  const outcome = async (answer: ReturnType<typeof put>): Promise<string> => {
    const { status, body } = await answer
    return `${status} ${body?.code ?? body?.identity ?? ''}`.trim()
  }
  const holders = async (license: string): Promise<string[]> =>
    (await done('GET', `/v1/seats?license=${license}`)).items.map(({ identity }: { identity: string }) => identity)

  async function customer(id: string, plan: string, ...people: string[]): Promise<void> {
    await done('POST', '/v1/organizations', { id, title: id })
    await kit.people(id, ...people)
    await done('POST', '/v1/licenses', { id: `L-${id}`, product: 'kit', plan, organization: id })
  }

  test('a seat is given, is there at the next question, and given again is the same seat', async () => {
    await customer('one', 'small', 'ann', 'bea')
    const given = await done('PUT', '/v1/seats/L-one/ann')
    expect(given).toEqual({ license: 'L-one', identity: 'ann', kind: 'named', taken_at: '2026-11-23T09:00:00Z' })
    kit.now = MONDAY + 1000
    expect(await done('PUT', '/v1/seats/L-one/ann')).toEqual(given)
    expect(await done('GET', '/v1/licenses/L-one/seats')).toEqual({ kind: 'named', count: 3, limit: 3, taken: 1 })
    expect(kit.authority.authority.world.license('L-one')?.seats.taken).toBe(1)
    const [audited] = (await done('GET', '/v1/audit?subject=license:L-one&limit=1')).items
    expect(audited).toMatchObject({ action: 'seat.assign', organization: 'one', detail: { identity: 'ann' } })
  })

  test('eight administrators race for three seats, and three of them win', async () => {
    const people = Array.from({ length: 8 }, (_, i) => `race-${i}`)
    await customer('race', 'small', ...people)
    const answers = await Promise.all(people.map((identity) => outcome(put('L-race', identity))))
    expect(answers.filter((answer) => answer.startsWith('200'))).toHaveLength(3)
    expect(answers.filter((answer) => answer === '409 SEATS_EXHAUSTED')).toHaveLength(5)
    const seated = await holders('L-race')
    expect(seated).toHaveLength(3)
    for (const identity of people)
      expect([identity, await ask(identity)]).toEqual([identity, seated.includes(identity) ? 'allowed' : 'seats_exhausted'])
  })

  test('administrators and people who just start to work race for the same seats, and no seat is given twice', async () => {
    const people = Array.from({ length: 8 }, (_, i) => `mixed-${i}`)
    await customer('mixed', 'small', ...people)
    const answers = await Promise.all(
      people.map((identity, i) => (i % 2 === 0 ? outcome(put('L-mixed', identity)) : ask(identity).then((said) => `asked ${said}`))),
    )
    expect(answers.filter((answer) => answer.startsWith('200') || answer === 'asked allowed')).toHaveLength(3)
    expect(await holders('L-mixed')).toHaveLength(3)
    expect(kit.authority.authority.world.license('L-mixed')?.seats.taken).toBe(3)
  })

  test('a freed seat is on hold for others as long as the plan says, and its last holder may have it back', async () => {
    await customer('hold', 'small', 'h1', 'h2', 'h3', 'h4')
    for (const identity of ['h1', 'h2', 'h3']) await done('PUT', `/v1/seats/L-hold/${identity}`)
    await done('DELETE', '/v1/seats/L-hold/h1')
    expect(await holders('L-hold')).toEqual(['h2', 'h3'])
    expect([await outcome(put('L-hold', 'h4')), await ask('h4')]).toEqual(['409 SEATS_EXHAUSTED', 'seats_exhausted'])
    kit.now = MONDAY + DAY - 1
    expect(await outcome(put('L-hold', 'h4'))).toBe('409 SEATS_EXHAUSTED')
    expect(await outcome(put('L-hold', 'h1'))).toBe('200 h1')
    await done('DELETE', '/v1/seats/L-hold/h1')
    kit.now = MONDAY + 2 * DAY - 1
    expect([await outcome(put('L-hold', 'h4')), await ask('h1')]).toEqual(['200 h4', 'seats_exhausted'])
  })

  test('floating seats run out by themselves, are refreshed, and are taken away at once', async () => {
    await customer('pool', 'pool', 'f1', 'f2', 'f3')
    expect(await done('PUT', '/v1/seats/L-pool/f1')).toMatchObject({ kind: 'floating', until: '2026-11-23T09:10:00Z' })
    expect(await ask('f2')).toBe('allowed')
    expect([await outcome(put('L-pool', 'f3')), await ask('f3')]).toEqual(['409 SEATS_EXHAUSTED', 'seats_exhausted'])
    kit.now = MONDAY + 5 * 60_000
    expect(await done('PUT', '/v1/seats/L-pool/f1')).toMatchObject({ taken_at: '2026-11-23T09:00:00Z', until: '2026-11-23T09:15:00Z' })
    await done('DELETE', '/v1/seats/L-pool/f2')
    expect(await ask('f3')).toBe('allowed')
    expect(await ask('f2')).toBe('seats_exhausted')
    kit.now = MONDAY + 15 * 60_000
    expect(await holders('L-pool')).toEqual([])
    expect(await done('GET', '/v1/licenses/L-pool/seats')).toEqual({ kind: 'floating', count: 2, limit: 2, taken: 0 })
  })

  test('only who may use the licence gets a seat of it', async () => {
    await customer('who', 'small', 'w1')
    await done('POST', '/v1/identities', { id: 'robot', kind: 'service', in: { who: ['viewer'] } })
    await done('POST', '/v1/identities', { id: 'stranger' })
    await kit.people('who', 'gone', 'away')
    await done('POST', '/v1/identities/gone/revoke')
    await done('POST', '/v1/identities/away/suspend')
    expect(await outcome(put('L-who', 'nobody'))).toBe('404 IDENTITY_UNKNOWN')
    expect(await outcome(put('L-who', 'stranger'))).toBe('404 MEMBERSHIP_UNKNOWN')
    expect(await outcome(put('L-who', 'robot'))).toBe('422 SEAT_NOT_NEEDED')
    expect(await outcome(put('L-who', 'gone'))).toBe('409 IDENTITY_REVOKED')
    expect(await outcome(put('L-who', 'away'))).toBe('409 IDENTITY_SUSPENDED')
    expect(await outcome(put('nothing', 'w1'))).toBe('404 LICENSE_UNKNOWN')
    expect(await outcome(kit.call('DELETE', '/v1/seats/L-who/w1'))).toBe('404 SEAT_UNKNOWN')
    await customer('none', 'open', 'n1')
    expect(await outcome(put('L-none', 'n1'))).toBe('422 SEAT_NOT_NEEDED')
    expect(await done('GET', '/v1/licenses/L-none/seats')).toEqual({ taken: 0 })
    expect(await holders('L-who')).toEqual([])
  })

  test('while an identity is being suspended it is given no seat that it keeps', async () => {
    await customer('away', 'small', 'a1', 'a2', 'a3')
    await Promise.all(['a1', 'a2', 'a3'].flatMap((id) => [put('L-away', id), kit.call('POST', `/v1/identities/${id}/suspend`)]))
    expect(await holders('L-away')).toEqual([])
    expect(kit.authority.authority.world.license('L-away')?.seats.taken).toBe(0)
  })

  test('a dry run gives and takes nothing', async () => {
    await customer('dry', 'small', 'd1', 'd2')
    await done('PUT', '/v1/seats/L-dry/d1')
    expect(await done('PUT', '/v1/seats/L-dry/d2?dry_run=true')).toMatchObject({ identity: 'd2' })
    await done('DELETE', '/v1/seats/L-dry/d1?dry_run=true')
    expect(await holders('L-dry')).toEqual(['d1'])
  })

  test('a list of seats is paged', async () => {
    const first = await done('GET', '/v1/seats?license=L-race&limit=2')
    const second = await done('GET', `/v1/seats?license=L-race&limit=2&after=${first.next}`)
    expect([...first.items, ...second.items].map(({ identity }: { identity: string }) => identity)).toEqual(await holders('L-race'))
    expect([first.items.length, second.items.length]).toEqual([2, 1])
  })
})
