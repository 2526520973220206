type Typed = Readonly<Record<string, unknown>>
/** How an instant (RFC 3339) is written; by itself as it came. */
type When = (instant: string) => string

/** What would turn the no into a yes, as one would say it. */
export function remedyInWords(remedy: Typed, when: When = String): string {
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
      return until !== undefined ? `wait until ${when(String(until))}` : `wait ${String(seconds)} s`
    case 'upgrade':
      return Array.isArray(plans) && plans.length > 0 ? `upgrade to ${plans.join(' or ')}` : 'upgrade'
    case 'step_up':
      return `step up to ${(levels as string[] | undefined)?.join(' or ') ?? 'a stronger proof'}${age === undefined ? '' : `, at most ${lasting(Number(age))} old`}`
    default:
      return String(type)
  }
}

export function noticeInWords(notice: Typed, when: When = String): string {
  const { type, until, cause, feature, plan, reason, since } = notice
  switch (type) {
    case 'in_grace':
      return `in grace (${String(cause)}) until ${when(String(until))}`
    case 'trial':
      return `a trial, until ${when(String(until))}`
    case 'overage':
      return `over what is included, and billed: ${String(feature)}`
    case 'degraded':
      return `degraded to ${String(plan)}`
    case 'would_refuse':
      return `let pass for now, would be refused: ${String(reason)}`
    case 'stale':
      return `decided by facts of ${when(String(since))}`
    default:
      return String(type)
  }
}

export function obligationInWords({ type, fields }: Typed): string {
  if (type === 'record') return 'record what is done'
  return type === 'mask' && Array.isArray(fields) ? `mask ${fields.join(', ')}` : String(type)
}

function lasting(seconds: number): string {
  const [unit, name] = seconds % 3600 === 0 ? [3600, 'hour'] : seconds % 60 === 0 ? [60, 'minute'] : [1, 'second']
  const count = seconds / unit
  return `${count} ${name}${count === 1 ? '' : 's'}`
}
