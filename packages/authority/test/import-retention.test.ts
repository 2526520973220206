import { expect, test } from 'vitest'
import { dropOldImports } from '../src/bulk/retention.ts'
import { DAY, useKit } from './kit.ts'
import { MONDAY, onBothStores } from './support.ts'

onBothStores('imports are kept for as long as is said', (open) => {
  const kit = useKit(open)
  const begin = (id: string) => kit.done('POST', '/v1/imports', { id, kind: 'organizations', format: 'jsonl' })
  const send = (id: string, text: string, query = '') =>
    kit.call('POST', `/v1/imports/${id}/rows${query}`, text, { 'content-type': 'application/x-ndjson' })
  const there = async () => (await kit.done('GET', '/v1/imports')).items.map(({ id }: { id: string }) => id)
  const sweep = (days?: number) => {
    const { db, clock, config } = kit.authority.authority
    return dropOldImports({ db, clock, config: { ...config, ...(days !== undefined && { importDays: days }) } })
  }
  const rowsLeft = async (table: 'imports' | 'import_faults') =>
    (
      await kit.authority.authority.db
        .selectFrom(table)
        .select((eb) => eb.fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow()
    ).n

  test('from their last row on, finished or broken off, and with their reports', async () => {
    await begin('finished')
    expect((await send('finished', '{"id":"o-1","title":"One"}\n{"id":"o 2","title":"Two"}\n')).body).toMatchObject({
      state: 'done',
      refused: 1,
    })
    await begin('broken-off')
    expect((await send('broken-off', '{"id":"o-3","title":"Three"}\n', '?more=true')).body.state).toBe('open')
    await begin('going-on')
    for (let n = 0; n < 25; n++) await begin(`never-sent-${n}`)
    kit.now = MONDAY + 10 * DAY
    await send('going-on', '{"id":"o-4","title":"Four"}\n', '?more=true')
    await sweep()
    expect(await there()).toHaveLength(28)
    kit.now = MONDAY + 30 * DAY
    await sweep()
    expect(await there()).toHaveLength(28)
    kit.now += 1
    await sweep()
    expect(await there()).toEqual(['going-on'])
    expect([await rowsLeft('imports'), await rowsLeft('import_faults')].map(Number)).toEqual([1, 0])
    expect((await send('broken-off', '{"id":"o-5","title":"Five"}\n', '?after=1')).body.code).toBe('IMPORT_UNKNOWN')
    // What was imported stays, and what the audit says.
    expect((await kit.call('GET', '/v1/organizations/o-1')).status).toBe(200)
    expect((await kit.done('GET', '/v1/audit?subject=import:finished')).items).toHaveLength(2)
  })

  test('that goes on is kept, and the setting says for how long', async () => {
    kit.now = MONDAY + 31 * DAY
    await sweep(22)
    expect(await there()).toEqual(['going-on'])
    await sweep(20)
    expect(await there()).toEqual([])
    // Its id is free again: an import of that name begins anew.
    expect(await begin('going-on')).toMatchObject({ state: 'open', rows: 0 })
  })
})
