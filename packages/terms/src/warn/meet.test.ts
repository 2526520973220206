import { expect, test } from 'vitest'
import { readHours } from '../forms/week.ts'
import type { Hours } from '../model.ts'
import { everMeet } from './meet.ts'

const hours = (...lines: string[]): Hours => ({ zone: 'UTC', open: lines.flatMap((line) => readHours(line) ?? []), closedOn: [] })

const cases: { readonly name: string; readonly one: Hours; readonly other: Hours; readonly meet: boolean }[] = [
  { name: 'the same hours', one: hours('mon 08:00-18:00'), other: hours('mon 08:00-18:00'), meet: true },
  { name: 'one minute in common', one: hours('mon 08:00-18:00'), other: hours('mon 17:59-20:00'), meet: true },
  { name: 'the end of one at the start of the other', one: hours('mon 08:00-18:00'), other: hours('mon 18:00-20:00'), meet: false },
  { name: 'other days', one: hours('mon-fri 08:00-18:00'), other: hours('sat,sun 08:00-18:00'), meet: false },
  { name: 'a night that reaches the morning', one: hours('mon 22:00-06:00'), other: hours('tue 05:00-08:00'), meet: true },
  { name: 'a night that ends as the morning starts', one: hours('mon 22:00-06:00'), other: hours('tue 06:00-08:00'), meet: false },
  { name: 'the night from Sunday and the morning of Monday', one: hours('sun 22:00-06:00'), other: hours('mon 05:00-08:00'), meet: true },
  {
    name: 'the night from Saturday and the morning of Monday',
    one: hours('sat 22:00-06:00'),
    other: hours('mon 05:00-08:00'),
    meet: false,
  },
  {
    name: 'a short window inside a long one, after a short one',
    one: hours('mon 00:00-20:00', 'mon 01:00-02:00'),
    other: hours('mon 19:00-19:30'),
    meet: true,
  },
  {
    name: 'an hour of a night that runs past the end of the week',
    one: hours('sun 22:00-06:00'),
    other: hours('sun 23:00-23:30'),
    meet: true,
  },
  {
    name: 'a night that runs past the end of the week and the hour after it',
    one: hours('sun 22:00-06:00'),
    other: hours('mon 06:00-08:00'),
    meet: false,
  },
  { name: 'the end of the week and its start', one: hours('sun 22:00-24:00'), other: hours('mon 00:00-08:00'), meet: false },
  { name: 'never open', one: hours(), other: hours('00:00-24:00'), meet: false },
]
for (const { name, one, other, meet } of cases) {
  test(`${name}: ${meet ? 'they meet' : 'they never meet'}`, () => {
    expect(everMeet(one, other)).toBe(meet)
    expect(everMeet(other, one)).toBe(meet)
  })
}
