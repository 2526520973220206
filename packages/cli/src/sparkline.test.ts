import { expect, test } from 'vitest'
import { sparkline } from './sparkline.ts'

const cases: { values: number[]; width?: number; want: string }[] = [
  { values: [], want: '' },
  { values: [0, 0], want: '··' },
  { values: [0, 1, 4, 8], want: '·▁▄█' },
  { values: [1_000_000, 1], want: '█▁' },
  { values: [0, 0, 8, 1, 4], width: 3, want: '·█▄' },
]
for (const { values, width, want } of cases) test(`${values} is ${want}`, () => expect(sparkline(values, width)).toBe(want))
