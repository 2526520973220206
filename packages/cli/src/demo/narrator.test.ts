import type { WireDecision } from '@writ/engine'
import pc from 'picocolors'
import { describe, expect, test } from 'vitest'
import { Narrator, type Stated } from './narrator.ts'

const refusal: WireDecision = {
  allowed: false,
  reason: 'outside_hours',
  remedies: [{ type: 'wait', until: 'T' }],
  notices: [],
  obligations: [],
  revision: 1,
}

function told() {
  const lines: string[] = []
  const write = (text: string) => void lines.push(text)
  const narrator = new Narrator(
    { env: {}, paint: pc.createColors(false), interactive: false, terminal: false, out: write, err: write },
    false,
  )
  return { narrator, lines }
}

describe('what comes out otherwise than stated is a failure and is said', () => {
  const cases: [name: string, stated: Stated, wrong: RegExp | undefined][] = [
    ['as stated', { allowed: false, reason: 'outside_hours', remedies: ['wait'], notices: [] }, undefined],
    ['a yes instead of a no', { allowed: true, reason: 'outside_hours' }, /allowed should be true, and is false/],
    ['another reason', { allowed: false, reason: 'no_license' }, /reason should be "no_license", and is "outside_hours"/],
    ['no reason stated', { allowed: false }, /reason should be undefined/],
    [
      'another remedy',
      { allowed: false, reason: 'outside_hours', remedies: ['upgrade'] },
      /remedies should be \["upgrade"\], and is \["wait"\]/,
    ],
    ['real instead of simulated', { allowed: false, reason: 'outside_hours', simulated: true }, /simulated should be true/],
    ['a statement that does not hold', { allowed: false, reason: 'outside_hours', also: [['it opens', () => false]] }, /it opens/],
  ]
  for (const [name, stated, wrong] of cases) {
    test(name, async () => {
      const { narrator, lines } = told()
      await narrator.step('a step', async () => narrator.answer('a question', refusal, stated))
      expect(narrator.failures.length).toBe(wrong === undefined ? 0 : 1)
      if (wrong === undefined) expect(lines.join('\n')).not.toContain('NOT AS STATED')
      else expect(lines.find((line) => line.includes('NOT AS STATED'))).toMatch(wrong)
    })
  }

  test('a step that throws has failed, and the next goes on', async () => {
    const { narrator, lines } = told()
    await narrator.step('breaks', async () => {
      throw new Error('no connection')
    })
    await narrator.step('goes on', async () => narrator.holds('all is well', true))
    expect(narrator.failures).toEqual(['breaks'])
    expect(narrator.steps).toBe(2)
    expect(lines.join('\n')).toMatch(/NOT AS STATED.*no connection[\s\S]*✓ all is well/)
  })
})

test('an answer is told with its reason in words and what would help', async () => {
  const { narrator, lines } = told()
  narrator.answer('ann asks', { ...refusal, simulated: true }, { allowed: false, reason: 'outside_hours', simulated: true })
  expect(lines).toEqual([
    '    ? ann asks',
    '      ✗ refused  outside_hours  It is outside the hours that the plan is open.  simulated',
    '        what would help: wait until T',
  ])
})
