import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ROOT, type Served, scratchFolder, serve, writ } from './support.ts'

const folder = scratchFolder()
const atlas = readFileSync(join(ROOT, 'examples/atlas.terms.yaml'), 'utf8')
const harbor =
  'terms: 1\nproduct: harbor\nfeatures: { berth: {} }\nroles: { clerk: [berth] }\nplans: { quay: { includes: { berth: {} } } }\n'
const file = (name: string) => join(folder, name)
let served: Served
let env: Record<string, string>

beforeAll(async () => {
  served = await serve(folder)
  env = { ...served.env }
  write('atlas.yaml', atlas)
  write(
    'smaller.yaml',
    atlas
      .replace('report.export: { limit: 1000 per month }', 'report.export: { limit: 500 per month }')
      .replace('seats: { named: 25,', 'seats: { named: 20,'),
  )
  write('guarded.yaml', atlas.replace('users.manage:   { title: Manage users }', 'users.manage:   { title: Manage users, assurance: otp }'))
  write('harbor.yaml', harbor)
  write('quay.yaml', harbor.replace('quay:', 'dock:'))
}, 60_000)
afterAll(() => served?.stop())

function write(name: string, text: string): void {
  writeFileSync(file(name), text)
}

async function ran(exitCode: number, ...args: string[]): Promise<string> {
  const { stdout, stderr, exitCode: code } = await writ(args, env)
  expect({ args, code }).toEqual({ args, code: exitCode })
  return stdout + stderr
}
async function json(exitCode: number, ...args: string[]) {
  return JSON.parse(await ran(exitCode, ...args, '--json'))
}

describe('terms diff', () => {
  test('says what two files come to, in words and as data, and asks no authority', async () => {
    const said = await writ(['terms', 'diff', file('atlas.yaml'), file('smaller.yaml')], {})
    expect(said.exitCode).toBe(0)
    expect(said.stdout).toBe(
      [
        'Takes away from licences sold under it, or moved to it',
        '  - standard: seats 25 → 20',
        '  - standard: report.export from 1000 to 500 per month (hard)',
        '',
        '2 take away, 0 give, 0 neither',
        '',
      ].join('\n'),
    )
    const data = await json(0, 'terms', 'diff', file('smaller.yaml'), file('atlas.yaml'))
    expect(data.consequences.map(({ direction, plan }: Record<string, string>) => [direction, plan])).toEqual([
      ['widens', 'standard'],
      ['widens', 'standard'],
    ])
  })

  test('of one text there is nothing to say, and of two products it says that they are two', async () => {
    expect(await ran(0, 'terms', 'diff', file('atlas.yaml'), file('atlas.yaml'))).toMatch(/both are the same terms/)
    expect(await ran(2, 'terms', 'diff', file('atlas.yaml'), file('harbor.yaml'))).toMatch(/USAGE.*the terms of atlas.*those of harbor/)
  })
})

describe('terms show --as contract', () => {
  test('prints prose, of a file as a draft', async () => {
    const prose = await ran(0, 'terms', 'show', file('atlas.yaml'), '--as', 'contract')
    expect(prose).toMatch(/^# Atlas Analytics\n\n\*\*Draft\*\* of the terms of atlas, not published\n\n`sha256:[0-9a-f]{64}`\n/)
    expect(prose).toContain('Export reports**: up to 1000 (unit: report) in each month of the licence. More is refused.')
  })

  test('of an edition it is what the authority sends', async () => {
    await ran(0, 'terms', 'publish', file('harbor.yaml'))
    const key = readFileSync(served.keyFile, 'utf8').trim()
    const sent = await fetch(`${served.url}/v1/products/harbor/editions/1/contract`, { headers: { authorization: `Bearer ${key}` } })
    expect(await ran(0, 'terms', 'show', 'harbor@1', '--as', 'contract')).toBe(await sent.text())
    expect(await json(0, 'terms', 'show', 'harbor@newest', '--as', 'contract')).toMatchObject({
      edition: 1,
      hash: expect.stringMatching(/^sha256:/),
    })
  })
})

/** In order: each stands on the ones before it, as in a pipeline. */
describe('a pipeline', () => {
  let planned = ''

  test('a key that may publish one product is all it needs', async () => {
    const key = await json(0, 'key', 'create', 'pipeline', '--scope', 'manage:catalog', '--product', 'atlas', '--product', 'harbor')
    env = { WRIT_URL: served.url, WRIT_KEY: key.key }
    expect(await ran(3, 'org', 'list')).toMatch(/SCOPE_MISSING/)
  })

  test('plans a new product with 2, and publishes it', async () => {
    const plan = await json(2, 'terms', 'plan', file('atlas.yaml'))
    expect(plan).toMatchObject({
      changes: true,
      plan_hash: expect.stringMatching(/^sha256:/),
      items: [{ product: 'atlas', edition: 1, is_new: true }],
    })
    expect(await json(0, 'terms', 'publish', file('atlas.yaml'), '--if-plan', plan.plan_hash)).toMatchObject({
      product: 'atlas',
      edition: 1,
    })
  })

  test('plans with 0 what is published already', async () => {
    expect(await ran(0, 'terms', 'plan', file('atlas.yaml'))).toBe('✓ atlas is edition 1 already: nothing would change\n')
  })

  test('a plan reads in consequences and names the next step', async () => {
    const said = await ran(2, 'terms', 'plan', file('guarded.yaml'))
    expect(said).toMatch(/atlas: edition 2 would follow edition 1/)
    expect(said).toMatch(
      /Takes away at once, from every edition ever sold\n {2}- users\.manage needs at least otp, in every edition ever sold/,
    )
    planned = /--if-plan (sha256:[0-9a-f]{64})/.exec(said)?.[1] ?? ''
    expect(planned).not.toBe('')
  })

  test('what was not planned is refused with 4, what was is published, and published again it stays', async () => {
    expect(await ran(4, 'terms', 'publish', file('smaller.yaml'), '--if-plan', planned)).toMatch(
      /PUBLICATION_PLAN_OUTDATED[\s\S]*Plan again/,
    )
    for (const _ of [1, 2])
      expect(await json(0, 'terms', 'publish', file('guarded.yaml'), '--if-plan', planned)).toMatchObject({ edition: 2 })
  })

  test('a plan file carries what was read: several products, published as planned', async () => {
    const plan = await json(2, 'terms', 'plan', file('smaller.yaml'), file('quay.yaml'), '--out', file('plan.json'))
    expect(
      await json(0, 'terms', 'publish', file('quay.yaml'), file('smaller.yaml'), '--if-plan', plan.plan_hash, '--dry-run'),
    ).toMatchObject({
      items: [
        { product: 'harbor', edition: 2 },
        { product: 'atlas', edition: 3 },
      ],
    })
    write('smaller.yaml', atlas) // whoever edits the file after the plan publishes nothing else
    expect(await json(0, 'terms', 'apply', file('plan.json'))).toMatchObject({
      items: [
        { product: 'atlas', edition: 3 },
        { product: 'harbor', edition: 2 },
      ],
    })
    expect(await ran(0, 'terms', 'diff', 'atlas@2', 'atlas@newest')).toMatch(/seats 25 → 20/)
  })

  test('a plan file that was altered, or that others overtook, is refused', async () => {
    await ran(2, 'terms', 'plan', file('guarded.yaml'), '--out', file('late.json'))
    await ran(0, 'terms', 'publish', file('atlas.yaml'))
    expect(await ran(4, 'terms', 'apply', file('late.json'))).toMatch(/PUBLICATION_PLAN_OUTDATED/)
    write('altered.json', readFileSync(file('late.json'), 'utf8').replace('limit: 1000', 'limit: 9000'))
    expect(await ran(4, 'terms', 'apply', file('altered.json'))).toMatch(/PUBLICATION_PLAN_OUTDATED/)
    write('broken.json', '{"writ_plan":1}')
    const { exitCode, stderr } = await writ(['terms', 'apply', file('broken.json')], env)
    expect([exitCode, stderr]).toEqual([2, expect.stringMatching(/PLAN_FILE_INVALID/)])
  })

  test('what plan cannot do never looks like changes', async () => {
    write('faulty.yaml', 'terms: 1\nproduct: atlas\nfeatures: 3\n')
    for (const args of [
      [file('faulty.yaml')],
      [file('nothing.yaml')],
      ['--jsn', file('atlas.yaml')],
      [file('atlas.yaml'), file('guarded.yaml')],
    ]) {
      const { exitCode } = await writ(['terms', 'plan', ...args], env)
      expect({ args, exitCode }).toEqual({ args, exitCode: 1 })
    }
  })
})
