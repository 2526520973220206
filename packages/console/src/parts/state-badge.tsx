import classes from './state-badge.module.css'

/** What colour may mean. A shape of its own comes with each, so that nobody needs the colour. */
export type Tone = 'good' | 'warn' | 'over' | 'bad' | 'plain'

const SHAPES: Record<Tone, string> = {
  good: 'M1 5a4 4 0 108 0a4 4 0 10-8 0z', // a full disc
  warn: 'M5 1a4 4 0 000 8zM5 1a4 4 0 010 8', // half of one
  over: 'M2 2h6v6H2z', // a square
  bad: 'M2 2l6 6M8 2l-6 6', // a cross
  plain: 'M1 5a4 4 0 108 0a4 4 0 10-8 0z', // a ring
}

const STATES: Readonly<Record<string, { readonly tone: Tone; readonly words: string }>> = {
  in_force: { tone: 'good', words: 'In force' },
  in_grace: { tone: 'warn', words: 'In grace' },
  degraded: { tone: 'warn', words: 'Degraded' },
  license_scheduled: { tone: 'plain', words: 'Not begun' },
  license_expired: { tone: 'over', words: 'Ended' },
  license_past_due: { tone: 'bad', words: 'Past due' },
  license_suspended: { tone: 'bad', words: 'Suspended' },
  license_revoked: { tone: 'over', words: 'Revoked' },
  live: { tone: 'good', words: 'Live' },
  active: { tone: 'good', words: 'Active' },
  suspended: { tone: 'bad', words: 'Suspended' },
  revoked: { tone: 'over', words: 'Revoked' },
}

/** In the order in which a licence may go through them. */
export const LICENSE_STATES = [
  'in_force',
  'in_grace',
  'degraded',
  'license_scheduled',
  'license_past_due',
  'license_suspended',
  'license_expired',
  'license_revoked',
] as const

export const stateWords = (state: string): string => STATES[state]?.words ?? state
const stateTone = (state: string): Tone => STATES[state]?.tone ?? 'plain'

export function Badge({ tone, children }: { readonly tone: Tone; readonly children: string }) {
  const outlined = tone === 'bad' || tone === 'plain'
  return (
    <span className={`${classes.badge} ${classes[tone]}`}>
      <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
        <path d={SHAPES[tone]} fill={outlined ? 'none' : 'currentColor'} stroke="currentColor" strokeWidth={outlined ? 1.8 : 1} />
      </svg>
      {children}
    </span>
  )
}

/** A state of a licence, an identity or a key, as a word with its shape. */
export function StateBadge({ state }: { readonly state: string }) {
  return <Badge tone={stateTone(state)}>{stateWords(state)}</Badge>
}
