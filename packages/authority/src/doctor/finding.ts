/** One thing looked at: how it is, what that means, and what to do. */
export interface Finding {
  /** What was looked at: `machine.node`. Stable. */
  readonly check: string
  readonly level: 'ok' | 'warn' | 'fail'
  readonly says: string
  /** Absent: nothing. */
  readonly fix?: string
}

export const ok = (check: string, says: string): Finding => ({ check, level: 'ok', says })
export const warn = (check: string, says: string, fix: string): Finding => ({ check, level: 'warn', says, fix })
export const fail = (check: string, says: string, fix: string): Finding => ({ check, level: 'fail', says, fix })

/** @param skew milliseconds that another clock is ahead of ours */
export function ofSkew(check: string, whose: string, skew: number): Finding {
  const seconds = Math.round(Math.abs(skew) / 100) / 10
  const words = `The clock of ${whose} is ${seconds} s ${skew >= 0 ? 'ahead of' : 'behind'} ours.`
  const fix = 'Set both by NTP (timedatectl set-ntp true). Dates in licences are exact, and proofs are judged by the second.'
  if (seconds > 30) return fail(check, words, fix)
  return seconds > 2 ? warn(check, words, fix) : ok(check, words)
}
