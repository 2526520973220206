import { Environment } from '@marcbachmann/cel-js'
import { expect, test } from 'vitest'
import { costOf } from './expression-cost.ts'

const environment = new Environment()
for (const [name, type] of Object.entries({
  text: 'string',
  other: 'string',
  crew: 'list<string>',
  labels: 'map<string, string>',
  number: 'double',
  yes: 'bool',
}))
  environment.registerVariable(name, type)

function cost(source: string): number {
  const parsed = environment.parse(source)
  expect(parsed.check().valid).toBe(true)
  return costOf(parsed.ast)
}

/** Each node is a step. Comparing a text of 4096 characters takes 4 more, searching it 64, walking through it 1024. */
const steps: readonly (readonly [source: string, steps: number])[] = [
  ['yes', 1],
  ['yes && yes', 3],
  ['number > 1.0', 3],
  ['text == other', 3 + 4 + 4],
  ['text == "x"', 3 + 4 + 1 / 1024],
  ['text.contains("x")', 3 + 64 + 1 / 64],
  ['text.startsWith("x")', 3 + 64 + 1 / 64],
  ['text.endsWith("x")', 3 + 64 + 1 / 64],
  ['text.size() > 1', 2 + 1024 + 2],
  ['size(crew) > 1', 4],
  ['text.trim() == other', 2 + 1024 + 2 + 4 + 4],
  ['text.lowerAscii() == other', 2 + 1024 + 2 + 4 + 4],
  ['string(number) == "x"', 4 + 32 / 1024 + 1 / 1024],
  ['(text + other).contains("x")', 5 + 128 + 1 / 64],
  ['crew == crew', 3 + 2 * 100 * (1 + 4)],
  ['text in crew', 3 + 4 + 100 * (1 + 4)],
  ['text in ["x", "yy"]', 5 + 4 + 2 * (1 + 2 / 1024)],
  ['[crew, crew] == [crew, crew]', 7 + 2 * 2 * (1 + 100 * (1 + 4))],
  ['crew + crew == crew', 5 + 200 + 200 * (1 + 4) + 100 * (1 + 4)],
  ['crew[0] == text', 5 + 4 + 4],
  ['labels["x"] == text', 5 + 4 + 4 + 0],
  ['(yes ? text : "x") == other', 6 + 4 + 4],
  ['(yes ? [text] : ["x"]) == crew', 8 + 1 * (1 + 4) + 100 * (1 + 4)],
  ['crew.all(a, yes)', 1 + 100 * 2],
  ['crew.all(a, a == text)', 1 + 100 * (1 + 3 + 4 + 4)],
  ['crew.exists(a, crew.all(b, yes))', 1 + 100 * (1 + 1 + 100 * 2)],
  ['[].all(a, yes)', 1 + 2],
  ['crew.map(a, a + a) == crew', 3 + 100 * (1 + 3) + 100 * (1 + 8) + 100 * (1 + 4)],
  ['crew.filter(a, yes) == crew', 3 + 100 * (1 + 1) + 2 * 100 * (1 + 4)],
  ['crew.exists_one(a, yes) == yes', 3 + 100 * (1 + 1)],
  ['crew.map(a, [a]).all(b, b == crew)', 1 + 100 * (1 + 2) + 100 * (1 + 3 + 1 * (1 + 4) + 100 * (1 + 4))],
  ['crew.map(a, size(a)).all(b, b > 1)', 1 + 100 * (1 + 2 + 1024) + 100 * (1 + 3)],
]
for (const [source, want] of steps) test(`${source} takes at most ${want} steps`, () => expect(cost(source)).toBeCloseTo(want, 6))
