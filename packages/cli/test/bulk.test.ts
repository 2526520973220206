import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Served, scratchFolder, serve, writ } from './support.ts'

const folder = scratchFolder()
let served: Served
beforeAll(async () => {
  served = await serve(folder)
})
afterAll(() => served.stop())
const run = (...args: string[]) => writ(args, served.env)

test('a file is imported, its faults are shown, and what is exported is imported again as it was', async () => {
  const file = join(folder, 'people.csv')
  const rows = Array.from({ length: 1_200 }, (_, i) => `p-${i},"Person ${i}\nof two lines"`).map((row) => row.replace('\n', ' '))
  writeFileSync(file, `id,name\n${rows.join('\n')}\n\nbad id,Nobody\n`)
  const dry = await run('import', 'identities', file, '--dry-run')
  expect([dry.exitCode, dry.stdout]).toEqual([
    1,
    expect.stringContaining('1200 created, 0 changed, 0 as they were, 1 refused (nothing was done)'),
  ])
  expect((await run('identity', 'list', '--json')).stdout).not.toContain('"p-0"')

  const real = await run('import', 'identities', file, '--id', 'people')
  expect(real.exitCode).toBe(1)
  expect(real.stdout).toMatch(/1203\s+id\s+ROW_INVALID/)
  expect(real.stdout).toContain('1200 created, 0 changed, 0 as they were, 1 refused')
  const again = await run('import', 'identities', file, '--id', 'people', '--json')
  expect(JSON.parse(again.stdout)).toMatchObject({
    state: 'done',
    rows: 1201,
    created: 1200,
    refused: 1,
    faults: [{ row: 1201, line: 1203 }],
  })

  const out = join(folder, 'out.jsonl')
  expect((await run('export', 'identities', out)).exitCode).toBe(0)
  expect(readFileSync(out, 'utf8').trim().split('\n')).toHaveLength(1_201) // and the owner, who was made at the first start
  const back = await run('import', 'identities', out)
  expect([back.exitCode, back.stdout]).toEqual([0, expect.stringContaining('0 created, 0 changed, 1201 as they were, 0 refused')])
  const lines = (await run('export', 'identities')).stdout.split('\n')
  expect(lines[0]).toBe('id,kind,status,name,in,factors,attributes,links')
  expect(lines).toContain('p-0,human,active,Person 0 of two lines,,,,')
})

test('what cannot be read says where', async () => {
  const file = join(folder, 'broken.csv')
  writeFileSync(file, 'id,title\na,A\nb,"B\n')
  const broken = await run('import', 'organizations', file)
  expect([broken.exitCode, broken.stderr]).toEqual([2, expect.stringContaining('cannot be read from line 3 on: a quote is not closed')])
  expect((await run('import', 'organizations', join(folder, 'none.csv'))).exitCode).toBe(2)
  expect((await run('import', 'people', file)).exitCode).toBe(2)
  expect((await run('export', 'organizations', join(folder, 'no', 'where.csv'))).stderr).toContain('FILE_UNWRITABLE')
})
