import type { LicenseClaims } from '@writ/license'
import { hash, parse, show } from '@writ/terms'
import { beforeAll, expect, test } from 'vitest'
import { type ExplainOptions, explainFile } from './explain.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const NOW = Date.parse('2026-11-23T09:00:00Z')
const KEY = 'k'.repeat(43)
let base: LicenseClaims

beforeAll(async () => {
  const { terms } = parse(`
terms: 1
product: ferry
title: Ferry
features: { view: { title: View } }
roles: { crew: ['*'] }
plans:
  less: { title: Less, includes: { view: {} } }
  day:
    title: Day
    grace: { offline: 72 hours, expiry: 3 days, payment: 7 days, then: degrade to less }
    includes: { view: {} }
`)
  if (terms === undefined) throw new Error('the terms of the test have a fault')
  base = {
    iss: 'writ:test',
    iat: NOW / 1000,
    jti: 'f1',
    license: 'L1',
    product: 'ferry',
    plan: 'day',
    edition: 1,
    terms_hash: await hash(terms),
    terms: show(terms),
    holder: { organization: 'acme' },
    starts: NOW - DAY,
    ends: NOW + 30 * DAY,
    identities: 'asserted',
    binding: { device_key: KEY },
    share: { quotas: { tickets: 100 } },
  }
})

const cases: {
  name: string
  claims?: Partial<LicenseClaims>
  options?: Partial<ExplainOptions>
  says: string
  holds: boolean
  next?: number
}[] = [
  { name: 'in force', says: 'in force until 2026-12-23T09:00:00Z', holds: true, next: NOW + 3 * DAY },
  { name: 'what comes after', says: '3 days of grace; then it is degraded to the plan less', holds: true, next: NOW + 3 * DAY },
  { name: 'an open end', claims: { ends: undefined } as never, says: 'with an open end', holds: true, next: NOW + 3 * DAY },
  { name: 'how long with no network', says: 'good until 2026-11-26T09:00:00Z, 3 days from now', holds: true, next: NOW + 3 * DAY },
  {
    name: 'no longer with no network',
    options: { now: NOW + 3 * DAY },
    says: 'only what the terms leave open',
    holds: false,
    next: NOW + 30 * DAY,
  },
  {
    name: 'a file of today for a licence that ended',
    claims: { ends: NOW - DAY + 1 },
    says: 'has ended, and is in grace until',
    holds: true,
    next: NOW + 2 * DAY + 1,
  },
  {
    name: 'not paid',
    claims: { past_due_since: NOW - DAY },
    says: 'not paid, and in grace until 2026-11-29T09:00:00Z',
    holds: true,
    next: NOW + 3 * DAY,
  },
  { name: 'suspended', claims: { suspended: true }, says: 'was suspended when the file was issued', holds: false, next: NOW + 3 * DAY },
  { name: 'to come', claims: { starts: NOW + DAY }, says: 'It begins at 2026-11-24T09:00:00Z', holds: false, next: NOW + DAY },
  { name: 'a trial', claims: { trial_ends: NOW + DAY }, says: 'It is a trial, until 2026-11-24T09:00:00Z', holds: true, next: NOW + DAY },
  { name: 'its device, of which nobody knows', says: `bound to the device key ${KEY}.`, holds: true, next: NOW + 3 * DAY },
  { name: 'its device, here', options: { deviceKey: KEY }, says: 'as here', holds: true, next: NOW + 3 * DAY },
  { name: 'another device', options: { deviceKey: 'l'.repeat(43) }, says: 'not that of this device', holds: false, next: NOW + 3 * DAY },
  { name: 'no device', claims: { binding: undefined } as never, says: 'bound to no device', holds: true, next: NOW + 3 * DAY },
  {
    name: 'its share',
    options: { spent: { tickets: 40 } },
    says: 'tickets is 100 a window, of which 60 are left',
    holds: true,
    next: NOW + 3 * DAY,
  },
  {
    name: 'its seats',
    claims: { share: { seats: 3 } },
    says: 'a seat here with no network: 3.',
    holds: true,
    next: NOW + 3 * DAY,
  },
  {
    name: 'its seats, and how many are free',
    claims: { share: { seats: 3 } },
    options: { seated: 2 },
    says: 'a seat here with no network: 3, of which 1 is free.',
    holds: true,
    next: NOW + 3 * DAY,
  },
  { name: 'no share', claims: { share: undefined } as never, says: 'no share of hard quotas', holds: true, next: NOW + 3 * DAY },
  {
    name: 'a clock that was turned back',
    options: { clock: 'turned_back' },
    says: 'every answer is no until it is right',
    holds: false,
    next: NOW + 3 * DAY,
  },
  {
    name: 'a clock before the issue',
    options: { now: NOW - DAY },
    says: 'every answer is no until it is right',
    holds: false,
    next: NOW + 3 * DAY,
  },
  {
    name: 'a clock that said more before',
    options: { clock: 'behind' },
    says: 'said a later time before',
    holds: true,
    next: NOW + 3 * DAY,
  },
]
for (const { name, claims, options, says, holds, next } of cases)
  test(`says ${name}`, () => {
    const explained = explainFile({ ...base, ...claims }, { now: NOW, ...options })
    expect(explained.sentences.join('\n')).toContain(says)
    expect([explained.holds, explained.next]).toEqual([holds, next])
  })
