import { inWords, noticeInWords, obligationInWords, remedyInWords } from '@writ/client/words'
import type { WireDecision } from '@writ/engine'
import type { Paint } from '../io.ts'

/** Yes or no, the reason, and the reason in words. */
export function verdictInWords({ allowed, reason, simulated }: WireDecision, paint: Paint): string {
  const why = reason ?? ''
  const verdict = allowed ? paint.green('✓ allowed') : `${paint.red('✗ refused')}  ${paint.bold(why)}  ${inWords(why)}`
  return simulated === true ? `${verdict}  ${paint.yellow('simulated')}` : verdict
}

/** What comes with the verdict, as name and text. */
export function detailsInWords({ remedies, obligations, notices, value, admitted }: WireDecision): [name: string, text: string][] {
  return [
    ...remedies.map((remedy): [string, string] => ['what would help', remedyInWords(remedy)]),
    ...obligations.map((obligation): [string, string] => [
      'obliges to',
      obligationInWords(obligation as unknown as Record<string, unknown>),
    ]),
    ...notices.map((notice): [string, string] => ['note', noticeInWords(notice)]),
    ...(value === undefined ? [] : [['value', String(value)] as [string, string]]),
    ...(admitted === undefined ? [] : [['admitted', String(admitted)] as [string, string]]),
  ]
}

/** An answer, in as many lines as it has parts. */
export function decisionInWords(decision: WireDecision, paint: Paint): string {
  const { license, grant, expires } = decision
  const facts = [
    ['licence', license],
    ['grant', grant],
    ['holds until', expires],
  ] as const
  const lines = [...detailsInWords(decision), ...facts.filter(([, text]) => text !== undefined)]
  return [verdictInWords(decision, paint), ...lines.map(([name, text]) => `  ${paint.dim(name.padEnd(15))}  ${text}`)].join('\n')
}
