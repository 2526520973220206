import { answer } from '@writ/client'
import type { WireDecision } from '@writ/engine'
import type { Command } from 'commander'
import { act } from '../act.ts'
import { connect } from '../connection.ts'
import { EXIT } from '../exit-code.ts'
import type { Io } from '../io.ts'
import { askedBy, instant, type QuestionOptions, questionOf } from '../question.ts'
import { checklist } from '../words/checklist.ts'
import { decisionInWords } from '../words/decision.ts'

export function decisionCommands(program: Command, io: Io): void {
  const check = askedBy(program.command('check').description('ask whether somebody may use a feature; takes what the answer spends'))
  act<QuestionOptions>(check, io, async (_args, options) => {
    const decision = await answer(connect(io).POST('/v1/check', { body: questionOf(options, new Date()) as never }))
    return said(decision as unknown as WireDecision, decisionInWords(decision as unknown as WireDecision, io.paint))
  })

  const explain = askedBy(
    program.command('explain').description('show every gate of every candidate, as a checklist; takes nothing'),
  ).option('--at <time>', 'at another instant; the answer says simulated')
  act<QuestionOptions & { at?: string }>(explain, io, async (_args, options) => {
    const at = options.at === undefined ? {} : { at: instant('--at', options.at) }
    const decision = await answer(connect(io).POST('/v1/explain', { body: { ...questionOf(options, new Date()), ...at } as never }))
    return said(decision as unknown as WireDecision, checklist(decision as unknown as WireDecision, io.paint))
  })
}

function said(decision: WireDecision, text: string) {
  return { data: decision, text, exitCode: decision.allowed ? EXIT.OK : EXIT.NO }
}
