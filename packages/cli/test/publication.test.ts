import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ROOT, type Served, scratchFolder, serve, writ, writHere } from './support.ts'

const folder = scratchFolder()
const atlas = readFileSync(join(ROOT, 'examples/atlas.terms.yaml'), 'utf8')
const harbor =
  'terms: 1\nproduct: harbor\nfeatures: { berth: {} }\nroles: { clerk: [berth] }\nplans: { quay: { includes: { berth: {} } } }\n'
const file = (name: string) => join(folder, name)
let served: Served
let env: Record<string, string>

beforeAll(async () => {
  served = await serve(folder, undefined, { WRIT_WEBHOOK_NETWORKS: '127.0.0.0/8' })
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
  const { stdout, stderr, exitCode: code } = await writHere(args, env)
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

describe('sign-offs', () => {
  beforeAll(() => {
    env = { ...served.env }
  })

  const admin = async (method: string, path: string, body: unknown) => {
    const headers = { authorization: `Bearer ${readFileSync(served.keyFile, 'utf8').trim()}`, 'content-type': 'application/json' }
    const answer = await fetch(served.url + path, { method, headers, body: JSON.stringify(body) })
    return answer.json() as Promise<{ id: string; key: string }>
  }
  /** Runs as a person with a role in the authority. */
  const member = async (id: string, role: string) => {
    await admin('POST', '/v1/identities', { id, in: { writ: [role] } })
    const { key } = await admin('POST', '/v1/api-keys', { name: id, scopes: ['manage:*'], identity: id })
    return async (exitCode: number, ...args: string[]) => {
      const { stdout, stderr, exitCode: code } = await writHere(args, { WRIT_URL: served.url, WRIT_KEY: key })
      expect({ args, code, stderr: code === exitCode ? '' : stderr }).toEqual({ args, code: exitCode, stderr: '' })
      return stdout + stderr
    }
  }

  test('terms wait, are refused with a reason, asked for anew, and published by the last who signs', async () => {
    const [lea, fin] = await Promise.all([member('lea', 'legal'), member('fin', 'finance')])
    await admin('POST', '/v1/organizations', { id: 'acme', title: 'Acme' })
    await admin('POST', '/v1/licenses', { product: 'harbor', plan: 'dock', organization: 'acme' })
    for (const [id, factors] of [
      ['ann', ['pwd']],
      ['ben', undefined],
    ] as const)
      await admin('POST', '/v1/identities', { id, in: { acme: ['clerk'] }, ...(factors && { factors }) })
    const levels = 'assurance:\n  pwd: { acr: urn:h:pwd, any_of: [pwd] }\n  otp: { acr: urn:h:otp, any_of: [otp] }\n'
    const signed = `${harbor.replace('quay:', 'dock:').replace('berth: {} }\nroles', 'berth: { assurance: otp } }\nroles')}${levels}publish: { signed_off_by: [legal, finance] }\n`
    write('signed.yaml', signed)
    const cannot = 'prove otp on dock, at once: 1 could not, of 1 it is not known (berth); it takes otp'
    const plan = await ran(2, 'terms', 'plan', file('signed.yaml'))
    expect(plan).toContain(cannot)
    expect(plan).toContain('It waits until it is signed off by finance, legal.')
    expect(await ran(0, 'impact', file('signed.yaml'))).toContain(cannot)

    const asked = await ran(0, 'terms', 'publish', file('signed.yaml'))
    const [id = ''] = /pub_\w+/.exec(asked) ?? []
    expect(asked).toBe(`… harbor waits as ${id} until it is signed off by finance, legal\n`)
    expect(await lea(0, 'terms', 'refuse', 'harbor', id, '--role', 'legal', '--reason', 'No end is named.')).toBe(
      `✓ refused ${id} as legal\n`,
    )
    expect(await fin(4, 'terms', 'sign-off', 'harbor', id, '--role', 'finance', '--yes')).toContain('PUBLICATION_OVER')
    expect(await ran(0, 'terms', 'publications', 'harbor')).toMatch(/refused +legal: No end is named\./)
    expect((await json(0, 'terms', 'publications', '--waiting')).items).toEqual([])

    const again = (await json(0, 'terms', 'publish', file('signed.yaml'))).publication.id
    expect(await lea(0, 'terms', 'sign-off', 'harbor', again, '--role', 'legal', '--yes')).toContain(
      'signed off as legal; it waits for finance',
    )
    expect(await lea(3, 'terms', 'sign-off', 'harbor', again, '--role', 'finance', '--yes')).toContain('SIGN_OFF_NOT_YOURS')
    const hash = `sha256:${'0'.repeat(64)}`
    expect(await fin(4, 'terms', 'sign-off', 'harbor', again, '--role', 'finance', '--hash', hash, '--yes')).toContain(
      'PUBLICATION_PLAN_OUTDATED',
    )
    // Without a terminal nobody is asked, and what was to be read is printed all the same.
    const read = await fin(2, 'terms', 'sign-off', 'harbor', again, '--role', 'finance', '--contract')
    expect(read).toContain('berth needs at least otp')
    expect(read).toContain(cannot)
    expect(read).toContain('What this is')
    expect(await fin(0, 'terms', 'sign-off', 'harbor', again, '--role', 'finance', '--yes')).toContain('harbor is edition 3')

    const proofs = await ran(0, 'forecast', '--product', 'harbor', '--days', '30')
    expect(proofs).toMatch(/^Until \S+: 0 licences, 0 trials and 0 graces end\.\n/)
    expect(proofs).toMatch(/Who could not prove what edition 3 asks for:\n.*\ndock +otp +1 +1 +otp +berth/)
    expect(await json(0, 'forecast', '--product', 'harbor')).toMatchObject({ unclear: 0, assurance: { edition: 3 } })
    expect(await ran(2, 'forecast', '--edition', '1')).toContain('--edition goes with --product.')
  })
})

describe('webhooks', () => {
  test('are made, tried, listed, delivered to, rotated and deleted', async () => {
    const heard: { body: string; headers: Record<string, string> }[] = []
    let status = 204
    const receiver = createServer((request, response) => {
      let body = ''
      request.on('data', (part) => {
        body += String(part)
      })
      request.on('end', () => {
        heard.push({ body, headers: request.headers as Record<string, string> })
        response.writeHead(status).end()
      })
    })
    receiver.listen(0, '127.0.0.1')
    await once(receiver, 'listening')
    try {
      const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`
      const out = file('webhook.secret')
      const { id, ...made } = await json(0, 'webhook', 'create', url, '--type', 'edition.*', '--product', 'atlas', '--out', out)
      expect(made).not.toHaveProperty('secret')
      const secret = readFileSync(out, 'utf8').trim()
      expect(await ran(0, 'webhook', 'test', id)).toContain('✓ delivered, 204')
      const { body, headers } = heard[0] as (typeof heard)[number]
      const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
      const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
      expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', key).update(signed).digest('base64')}`)
      expect(JSON.parse(body).type).toBe('webhook.test')
      status = 500
      expect(await ran(1, 'webhook', 'test', id)).toContain('✗ not delivered: it answered 500')
      status = 204
      expect(await ran(0, 'webhook', 'list')).toMatch(new RegExp(`${id} +well +edition\\.\\* +${url}`))
      await ran(0, 'webhook', 'disable', id)
      expect(await ran(0, 'webhook', 'list')).toContain('disabled: asked')
      await ran(0, 'webhook', 'enable', id)
      await ran(0, 'terms', 'publish', file('guarded.yaml'))
      await expect.poll(() => heard.length, { timeout: 30_000 }).toBe(3)
      expect(JSON.parse(heard[2]?.body ?? '')).toMatchObject({ type: 'edition.published', data: { product: 'atlas' } })
      // The receiver has it a moment before the authority knows.
      const delivered = async () => (await json(0, 'webhook', 'deliveries', id)).items[0]
      await expect.poll(delivered, { timeout: 30_000 }).toMatchObject({ type: 'edition.published', state: 'delivered' })
      const { event } = await delivered()
      expect(await ran(0, 'webhook', 'retry', id, event)).toContain(`${event} is due now`)
      expect((await json(0, 'webhook', 'rotate', id)).secret).not.toBe(secret)
      expect(await ran(2, 'webhook', 'delete', id)).toMatch(/--yes/)
      expect(await ran(0, 'webhook', 'delete', id, '--yes')).toContain(`✓ deleted ${id}`)
      expect(await ran(4, 'webhook', 'deliveries', id)).toContain('WEBHOOK_UNKNOWN')
    } finally {
      receiver.close()
    }
  })
})

describe('terms rollout', () => {
  const lagoon = (views: string) =>
    `terms: 1\nproduct: lagoon\nfeatures: { dive: {}, row: {} }\nroles: { clerk: ['*'] }\nplans: { day: { includes: { ${views} } } }\n`

  test('compares decisions, moves a share, promotes and rolls back', async () => {
    write('lagoon.yaml', lagoon('dive: {}, row: {}'))
    write('lagoon-2.yaml', lagoon('dive: {}'))
    await ran(0, 'terms', 'publish', file('lagoon.yaml'))
    await ran(0, 'org', 'create', 'Lagoonists', '--id', 'lagoonists')
    await ran(0, 'identity', 'create', '--id', 'lou', '--in', 'lagoonists:clerk')
    const { id: license } = await json(0, 'license', 'issue', '--product', 'lagoon', '--plan', 'day', '--organization', 'lagoonists')
    expect(await ran(0, 'terms', 'publish', '--staged', file('lagoon-2.yaml'))).toMatch(/✓ lagoon is edition 2, sha256:\w+, staged/)
    const { id } = await json(0, 'terms', 'rollout', 'start', 'lagoon', '2')
    expect(await ran(2, 'terms', 'rollout', 'start', 'lagoon', '4.5')).toContain('<edition> takes a whole number from 1.')
    await ran(0, 'check', '-i', 'lou', '-f', 'lagoon:dive')
    await ran(0, 'check', '-i', 'lou', '-f', 'lagoon:row')
    const shown = await ran(0, 'terms', 'rollout', 'show', 'lagoon', id)
    expect(shown).toContain('2 decisions compared, 1 would differ')
    expect(shown).toMatch(new RegExp(`${license} +lagoon:row +refused +allowed +not_entitled +1`))
    expect(await ran(0, 'terms', 'rollout', 'raise', 'lagoon', id, '100', '--dry-run')).toContain('lagoon:row')
    expect(await ran(0, 'terms', 'rollout', 'raise', 'lagoon', id, '100')).toContain('licences: 1 on it, 0 not\n1 moved')
    expect(await ran(2, 'terms', 'rollout', 'raise', 'lagoon', id, 'half')).toContain('<percent> takes a number above 0.')
    expect(await ran(0, 'terms', 'rollout', 'moves', 'lagoon', id)).toMatch(new RegExp(`${license} +1 +moved`))
    expect((await json(0, 'terms', 'rollout', 'moves', 'lagoon', id, '--state', 'stays')).items).toEqual([])
    await ran(1, 'check', '-i', 'lou', '-f', 'lagoon:row')
    expect(await ran(0, 'terms', 'rollout', 'promote', 'lagoon', id)).toContain('promoted: the edition is that of new licences')
    expect(await json(0, 'terms', 'rollout', 'roll-back', 'lagoon', id)).toMatchObject({ stage: 'rolled_back', moves: { back: 1 } })
    await ran(0, 'check', '-i', 'lou', '-f', 'lagoon:row')
    expect(await ran(0, 'terms', 'rollout', 'list', 'lagoon')).toMatch(new RegExp(`${id} +2 +rolled_back`))
  })
})
