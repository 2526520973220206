import { expect, test } from 'vitest'
import type { License } from '../../api/records.ts'
import { lifeOf } from './life.ts'

const at = (day: string) => Date.parse(`2026-${day}T00:00:00Z`)
const license = (more: Partial<License>): License =>
  ({ created_at: '2026-01-01T00:00:00Z', starts: '2026-01-01T00:00:00Z', suspended: false, ...more }) as License
const plan = { grace: { expiry: '3 days', payment: '7 days' } }

const lives: { name: string; license: License; spans: [says: string, from: string, until?: string][] }[] = [
  { name: 'an open end stays open', license: license({}), spans: [['In force', '01-01']] },
  {
    name: 'after its end comes the grace of the plan',
    license: license({ ends: '2026-06-01T00:00:00Z' }),
    spans: [
      ['In force', '01-01', '06-01'],
      ['Grace', '06-01', '06-04'],
    ],
  },
  { name: 'a trial has no grace', license: license({ trial_ends: '2026-01-15T00:00:00Z' }), spans: [['Trial', '01-01', '01-15']] },
  {
    name: 'an overdue payment runs its grace, then refuses',
    license: license({ ends: '2026-06-01T00:00:00Z', past_due_since: '2026-03-01T00:00:00Z' }),
    spans: [
      ['In force', '01-01', '03-01'],
      ['Grace for payment', '03-01', '03-08'],
      ['Past due', '03-08', '06-01'],
    ],
  },
  {
    name: 'a revocation cuts all of it',
    license: license({ ends: '2026-06-01T00:00:00Z', revoked_at: '2026-02-01T00:00:00Z' }),
    spans: [['In force', '01-01', '02-01']],
  },
]
for (const { name, license, spans } of lives) {
  test(name, () => {
    const got = lifeOf(license, plan).spans.map(({ says, from, until }) => [says, from, until])
    expect(got).toEqual(spans.map(([says, from, until]) => [says, at(from), until === undefined ? undefined : at(until)]))
  })
}
