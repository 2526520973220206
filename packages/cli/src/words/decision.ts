import type { WireDecision } from '@writ/engine'
import type { Paint } from '../io.ts'
import { inWords } from './reasons.ts'

type Typed = Record<string, unknown>

/** What would turn the no into a yes, as one would say it. */
export function remedyInWords(remedy: Typed): string {
  const { type, until, seconds, plans, acr_values: levels, max_age: age } = remedy
  switch (type) {
    case 'buy':
      return 'buy a licence'
    case 'renew':
      return 'renew the licence'
    case 'contact':
      return 'contact the vendor'
    case 'assign_seat':
      return 'have a seat assigned'
    case 'request_access':
      return 'request access'
    case 'enrol':
      return 'enrol a stronger factor'
    case 'reconnect':
      return 'reconnect to the authority'
    case 'reactivate':
      return 'activate this device'
    case 'wait':
      return until !== undefined ? `wait until ${String(until)}` : `wait ${String(seconds)} s`
    case 'upgrade':
      return Array.isArray(plans) && plans.length > 0 ? `upgrade to ${plans.join(' or ')}` : 'upgrade'
    case 'step_up':
      return `step up to ${(levels as string[] | undefined)?.join(' or ') ?? 'a stronger proof'}${age === undefined ? '' : `, at most ${lasting(Number(age))} old`}`
    default:
      return String(type)
  }
}

export function noticeInWords(notice: Typed): string {
  const { type, until, cause, feature, plan, reason, since } = notice
  switch (type) {
    case 'in_grace':
      return `in grace (${String(cause)}) until ${String(until)}`
    case 'trial':
      return `a trial, until ${String(until)}`
    case 'overage':
      return `over what is included, and billed: ${String(feature)}`
    case 'degraded':
      return `degraded to ${String(plan)}`
    case 'would_refuse':
      return `let pass for now, would be refused: ${String(reason)}`
    case 'stale':
      return `decided by facts of ${String(since)}`
    default:
      return String(type)
  }
}

export function obligationInWords({ type, fields }: Typed): string {
  if (type === 'record') return 'record what is done'
  return type === 'mask' && Array.isArray(fields) ? `mask ${fields.join(', ')}` : String(type)
}

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
    ...obligations.map((obligation): [string, string] => ['obliges to', obligationInWords(obligation as unknown as Typed)]),
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

function lasting(seconds: number): string {
  const [unit, name] = seconds % 3600 === 0 ? [3600, 'hour'] : seconds % 60 === 0 ? [60, 'minute'] : [1, 'second']
  const count = seconds / unit
  return `${count} ${name}${count === 1 ? '' : 's'}`
}
