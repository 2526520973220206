import { expect, test } from 'vitest'
import { readHours } from '../forms/week.ts'
import { openTimes, withoutTimes } from './open-times.ts'

const times = (...lines: string[]) => openTimes({ zone: 'UTC', open: lines.flatMap((line) => readHours(line) ?? []), closedOn: [] })
const shown = (all: ReturnType<typeof times>) => all.map(({ day, from, until }) => `${day} ${from / 60}-${until / 60}`)

const open: { readonly rule: string; readonly lines: string[]; readonly want: string[] }[] = [
  { rule: 'until midnight is of one day', lines: ['mon 22:00-24:00'], want: ['0 22-24'] },
  { rule: 'past midnight is of two', lines: ['mon 22:00-06:00'], want: ['0 22-24', '1 0-6'] },
  { rule: 'past Sunday is of Monday', lines: ['sun 22:00-06:00'], want: ['0 0-6', '6 22-24'] },
  { rule: 'what touches is one', lines: ['mon 08:00-10:00', 'mon 10:00-12:00'], want: ['0 8-12'] },
  { rule: 'what overlaps is one, in whatever order', lines: ['mon 09:00-12:00', 'mon 08:00-10:00'], want: ['0 8-12'] },
  { rule: 'what lies inside adds nothing', lines: ['mon 08:00-12:00', 'mon 09:00-10:00'], want: ['0 8-12'] },
  { rule: 'a pause keeps two apart', lines: ['mon 08:00-10:00', 'mon 11:00-12:00'], want: ['0 8-10', '0 11-12'] },
  { rule: 'two days are two, the earlier first', lines: ['tue 08:00-10:00', 'mon 09:00-12:00'], want: ['0 9-12', '1 8-10'] },
]
for (const { rule, lines, want } of open) test(rule, () => expect(shown(times(...lines))).toEqual(want))

const left: { readonly rule: string; readonly of: string[]; readonly without: string[]; readonly want: string[] }[] = [
  { rule: 'nothing of the same', of: ['mon 08:00-12:00'], without: ['mon 08:00-12:00'], want: [] },
  { rule: 'all of what another day has', of: ['mon 08:00-12:00'], without: ['tue 08:00-12:00'], want: ['0 8-12'] },
  { rule: 'the start', of: ['mon 08:00-12:00'], without: ['mon 10:00-13:00'], want: ['0 8-10'] },
  { rule: 'the end', of: ['mon 08:00-12:00'], without: ['mon 07:00-10:00'], want: ['0 10-12'] },
  { rule: 'both sides of a piece', of: ['mon 08:00-12:00'], without: ['mon 09:00-10:00'], want: ['0 8-9', '0 10-12'] },
  { rule: 'what is between two', of: ['mon 08:00-12:00'], without: ['mon 07:00-09:00', 'mon 11:00-13:00'], want: ['0 9-11'] },
  { rule: 'all where the other ends as it starts', of: ['mon 08:00-12:00'], without: ['mon 06:00-08:00'], want: ['0 8-12'] },
  { rule: 'all where the other starts as it ends', of: ['mon 08:00-12:00'], without: ['mon 12:00-14:00'], want: ['0 8-12'] },
  { rule: 'all where the other ends before it', of: ['mon 08:00-12:00'], without: ['mon 05:00-07:00'], want: ['0 8-12'] },
  { rule: 'all where the other starts after it', of: ['mon 08:00-12:00'], without: ['mon 13:00-14:00'], want: ['0 8-12'] },
  { rule: 'nothing of what a longer one holds', of: ['mon 08:00-12:00'], without: ['mon 07:00-13:00'], want: [] },
]
for (const { rule, of, without, want } of left)
  test(`taken away from, there is left ${rule}`, () => expect(shown(withoutTimes(times(...of), times(...without)))).toEqual(want))
