import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { contract, hash, parse, type Terms } from '../src/index.ts'

const atlas = parse(readFileSync(new URL('../../../examples/atlas.terms.yaml', import.meta.url), 'utf8')).terms as Terms

test('the contract of the example reads as it stands here', async () => {
  const prose = contract(atlas, { hash: await hash(atlas), edition: 1 }, 'text')
  for (const sentence of [
    '7.1 impossible_travel: people prove anew who they are, by passkey or stronger. It is raised by travel faster than 1000 km/h.',
    '9.2.3 There are 25 seats, each for one person by name. Every human who uses it needs one. Up to 10% more are let in, and billed. A seat is taken by who first uses the product. A seat that was freed goes to somebody else no sooner than 1 day later.',
    '9.2.8 Everything in this plan holds only on Monday to Friday from 08:00 to 18:00, local time in Europe/Berlin, and not on 2026-12-25 and 2026-12-26.',
    '9.2.14 Export reports: up to 1000 (unit: report) in each month of the licence. More is refused.',
    '9.3.3 When the licence ends it goes on as before for 30 days. After that it goes on with what both this plan and the plan Free include.',
    '9.3.8 Call the API: up to 5,000,000 (unit: call) in each month of the licence. More is allowed, and billed. No faster than 200 per second, 1000 at once.',
  ])
    expect(prose).toContain(`${sentence}\n`)
})

test('no word of the machine is in it', () => {
  const prose = contract(atlas, { hash: 'sha256:0' })
  const words = [
    'any_of',
    'any\\_of',
    'on_failure',
    'extends',
    'closed_on',
    'alert_at',
    'includes:',
    'then:',
    'degrade to',
    'access_request',
    'undefined',
    'true',
    'false',
    'null',
  ]
  expect(words.filter((word) => prose.includes(word))).toEqual([])
})
