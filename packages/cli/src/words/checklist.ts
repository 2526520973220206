import { GATES, inWords, whatHelps } from '@writ/client/words'
import type { CandidateTrace, GateTrace, WireDecision } from '@writ/engine'
import type { Paint } from '../io.ts'
import { decisionInWords } from './decision.ts'

/** The answer, then each candidate with its gates, as a checklist that a support person can read out. */
export function checklist(decision: WireDecision, paint: Paint): string {
  const { trace = [] } = decision
  const parts = [decisionInWords(decision, paint)]
  if (trace.length === 0) {
    parts.push(paint.dim('No licence was looked at: the question itself, or the identity, was refused before.'))
  }
  for (const candidate of trace) parts.push(candidateInWords(candidate, paint))
  return parts.join('\n\n')
}

function candidateInWords({ license, plan, overrides, entry, gates }: CandidateTrace, paint: Paint): string {
  const of = license === undefined ? 'no licence' : `licence ${license}`
  const which = [plan === undefined ? undefined : `plan ${plan}`, entry === undefined ? undefined : `entry ${entry + 1}`].filter(Boolean)
  const own = overrides === undefined ? [] : [paint.dim(`  of its own: ${overrides.join(', ')}`)]
  const title = paint.bold(which.length === 0 ? of : `${of}, ${which.join(', ')}`)
  return [title, ...own, ...gates.map((gate) => gateInWords(gate, paint))].join('\n')
}

function gateInWords({ gate, outcome, reason, detail }: GateTrace, paint: Paint): string {
  const asks = GATES[gate] ?? gate
  const name = gate.padEnd(12)
  const why = reason === undefined ? '' : `${reason}: ${inWords(reason)}${detail === undefined ? '' : ` ${detail}`}`
  switch (outcome) {
    case 'passed':
      return `  ${paint.green('✓')} ${name} ${paint.dim(asks)}`
    case 'softened':
      return `  ${paint.yellow('~')} ${name} ${why} ${paint.dim('Let pass: these terms only advise.')}`
    case 'skipped':
      return `  ${paint.dim('-')} ${name} ${paint.dim(`${asks} (not asked here)`)}`
    case 'refused': {
      const helps = reason === undefined ? undefined : whatHelps(reason)
      return `  ${paint.red('✗')} ${name} ${why}${helps === undefined ? '' : paint.dim(` Would help: ${helps}.`)}`
    }
  }
}
