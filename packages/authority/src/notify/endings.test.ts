import type { LicenseFact } from '@writ/engine'
import type { Plan } from '@writ/terms'
import { expect, test } from 'vitest'
import { DAY, endingsOf } from './endings.ts'

const plan = { grace: { expirySeconds: 10 * 86_400, paymentSeconds: 20 * 86_400, offlineSeconds: 0 } } as Plan
const day = (days: number): number => 1_000 * DAY + days * DAY
const licence = (more: Partial<LicenseFact>) => {
  const fact: LicenseFact = { fact: 'license', id: 'L', product: 'p', edition: 1, plan: 'x', organization: 'o', starts: day(-400), ...more }
  return { ...fact, fact }
}
const told = (license: ReturnType<typeof licence>, at: number) =>
  endingsOf(license, plan, day(at)).map(({ type, data: { of, days } }) => [type, of, ...(days === undefined ? [] : [days])].join(' '))

const cases: { name: string; of: Partial<LicenseFact>; at: number; want: string[] }[] = [
  { name: 'nothing more than 30 days before', of: { ends: day(0) }, at: -30.01, want: [] },
  { name: '30 days before', of: { ends: day(0) }, at: -30, want: ['license.ending_soon license 30'] },
  { name: 'the nearest mark alone', of: { ends: day(0) }, at: -6, want: ['license.ending_soon license 7'] },
  { name: 'the last day', of: { ends: day(0) }, at: -0.5, want: ['license.ending_soon license 1'] },
  { name: 'the end, and the grace that begins', of: { ends: day(0) }, at: 0, want: ['license.ended license'] },
  { name: 'the grace that ends soon', of: { ends: day(0) }, at: 4, want: ['license.ended license', 'license.ending_soon grace 7'] },
  { name: 'the grace that has ended', of: { ends: day(0) }, at: 11, want: ['license.ended grace'] },
  { name: 'what was long ago', of: { ends: day(0) }, at: 18, want: [] },
  { name: 'a trial, not on its first days', of: { trial_ends: day(0), starts: day(-14) }, at: -13, want: [] },
  { name: 'a trial, a week before', of: { trial_ends: day(0), starts: day(-14) }, at: -7, want: ['license.ending_soon trial 7'] },
  { name: 'a trial that is over', of: { trial_ends: day(0), starts: day(-14) }, at: 1, want: ['license.ended trial'] },
  { name: 'grace for payment', of: { past_due_since: day(-13) }, at: 0, want: ['license.ending_soon grace 7'] },
  { name: 'nothing without an end', of: {}, at: 0, want: [] },
  { name: 'nothing of a revoked one', of: { ends: day(1), revoked_at: day(-1) }, at: 0, want: [] },
]
for (const { name, of, at, want } of cases) test(`warns of ${name}`, () => expect(told(licence(of), at)).toEqual(want))
