import { Link } from '@tanstack/react-router'

interface About {
  readonly identity?: string | undefined
  readonly license?: string | undefined
}

type Place = 'identity' | 'license' | 'terms'

/** Who can turn a no into a yes, and where in the console it is done. Reasons that pass by themselves are not here. */
const MENDS: Readonly<Record<string, { readonly who: string; readonly where: Place; readonly words: string }>> = {
  identity_suspended: { who: 'An administrator', where: 'identity', words: 'Resume the identity' },
  risk_denied: { who: 'An administrator', where: 'identity', words: 'Look at the signals' },
  license_expired: { who: 'Whoever sells', where: 'license', words: 'Renew the licence' },
  license_past_due: { who: 'Whoever sells', where: 'license', words: 'Mark it paid, or renew' },
  license_suspended: { who: 'Whoever sells', where: 'license', words: 'Look at the licence' },
  license_scheduled: { who: 'Whoever sells', where: 'license', words: 'Look at the licence' },
  no_seat: { who: "The customer's administrator", where: 'license', words: 'Assign a seat' },
  seats_exhausted: { who: "The customer's administrator", where: 'license', words: 'Free a seat' },
  not_entitled: { who: 'Whoever sells', where: 'license', words: 'Change the plan' },
  not_permitted: { who: "The customer's administrator", where: 'identity', words: 'Change the roles' },
  quota_exhausted: { who: 'Whoever sells', where: 'license', words: 'Look at the usage' },
  condition_failed: { who: 'Whoever writes the terms', where: 'terms', words: 'Read the condition' },
}

/** The person to turn to and the link that leads to the deed. */
export function Mend({ reason, identity, license }: { readonly reason: string } & About) {
  const mend = MENDS[reason]
  if (mend === undefined) return null
  const { who, where, words } = mend
  const link =
    where === 'identity' && identity !== undefined ? (
      <Link to="/identities/$id" params={{ id: identity }}>
        {words}
      </Link>
    ) : where === 'license' && license !== undefined ? (
      <Link to="/licenses/$id" params={{ id: license }}>
        {words}
      </Link>
    ) : where === 'terms' ? (
      <Link to="/terms">{words}</Link>
    ) : undefined
  return (
    <span>
      {who} can mend it{link === undefined ? '' : ': '}
      {link}
    </span>
  )
}
