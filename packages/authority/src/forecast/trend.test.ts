import { expect, test } from 'vitest'
import { perDay } from './trend.ts'

const cases: { name: string; daily: number[]; want: number | undefined }[] = [
  { name: 'steady use', daily: Array(14).fill(10), want: 10 },
  { name: 'one wild day among quiet ones, which counts little', daily: [...Array(10).fill(10), 5_000, ...Array(10).fill(10)], want: 10 },
  { name: 'working days alone', daily: Array.from({ length: 28 }, (_, day) => (day % 7 < 5 ? 7 : 0)), want: 5 },
  { name: 'one batch a week', daily: Array.from({ length: 28 }, (_, day) => (day % 7 === 2 ? 700 : 0)), want: 100 },
  { name: 'six days, of which nothing can be said', daily: Array(6).fill(10), want: undefined },
  { name: 'two days with use, of which nothing can be said', daily: [10, ...Array(12).fill(0), 10], want: undefined },
]
for (const { name, daily, want } of cases)
  test(`the trend of ${name}`, () => {
    const found = perDay(daily)
    expect(found).toBe(want)
  })
