interface Words {
  readonly says: string
  readonly helps?: string
}

/** Each reason of `decision.md` section 3 in a sentence, and what in general would help. The command line holds it to the engine's own list. */
export const REASONS = {
  facts_stale: { says: 'What is known here is too old to decide by.', helps: 'reconnect to the authority' },
  check_in_overdue: { says: 'This installation has not checked in for too long.', helps: 'reconnect to the authority' },
  clock_turned_back: { says: 'The clock of this machine was turned back.', helps: 'set the clock right and reconnect' },
  license_file_invalid: { says: 'The license file does not verify.', helps: 'get the file again from the vendor' },
  device_mismatch: { says: 'The license file belongs to another device.', helps: 'activate this device' },
  identity_unknown: { says: 'Nobody is known under that identity.', helps: 'check the id, or create the identity' },
  identity_suspended: { says: 'The identity is suspended.', helps: 'an administrator can resume it' },
  identity_revoked: { says: 'The identity was revoked, for good.', helps: 'a new identity, if the person should be back' },
  risk_denied: { says: 'A signal closes this identity until it is withdrawn.', helps: 'clear up and withdraw the signal' },
  feature_unknown: { says: 'No product that this key sees has this feature.', helps: 'check the name; `writ terms show` lists them' },
  command_unknown: { says: 'The feature does not have that command.', helps: 'check the name; `writ terms show` lists them' },
  resource_unknown: { says: 'The resource is not known, or is of another kind.', helps: 'declare the resource, or name one of that kind' },
  organization_required: { says: 'More than one organization comes into question.', helps: 'say which organization is meant' },
  no_license: { says: 'There is no licence for this product.', helps: 'buy a licence' },
  license_scheduled: { says: 'The licence has not begun yet.', helps: 'wait until it does' },
  license_expired: { says: 'The licence has ended, and its grace too.', helps: 'renew the licence' },
  license_past_due: { says: 'A payment is overdue, and its grace is over.', helps: 'pay or renew' },
  license_suspended: { says: 'The licence is suspended.', helps: 'the vendor can resume it' },
  license_revoked: { says: 'The licence was revoked.', helps: 'only the vendor can help' },
  no_seat: { says: 'There is a free seat, but an administrator must give it.', helps: 'assign a seat' },
  seats_exhausted: { says: 'All seats are taken.', helps: 'free a seat, or a larger plan' },
  not_entitled: { says: 'The plan does not include this.', helps: 'a plan that includes it' },
  not_permitted: { says: 'The roles held in this organization do not permit it.', helps: 'another role, or a grant' },
  outside_hours: { says: 'It is outside the hours that the plan is open.', helps: 'wait until it opens' },
  outside_region: { says: 'The caller is outside the regions of the plan.', helps: 'call from a region of the plan' },
  outside_network: { says: 'The caller is outside the networks of the plan.', helps: 'call from a network of the plan' },
  condition_failed: { says: 'A condition of the plan does not hold.', helps: 'what the terms say under `when`' },
  context_missing: {
    says: 'A condition needs a fact that the question did not bring.',
    helps: 'send the fact, with a key that may assert it',
  },
  needs_refused: { says: 'Another authority refuses its part.', helps: 'whatever helps there' },
  needs_unreachable: { says: 'Another authority that must agree has not answered.', helps: 'reconnect to it' },
  outside_mandate: { says: 'The mandate from above does not cover this.' },
  quota_exhausted: { says: 'The quota is used up.', helps: 'wait for the next period, or a larger plan' },
  rate_limited: { says: 'Too many in too short a time.', helps: 'wait a moment' },
  quota_unavailable: { says: 'What is left of the quota cannot be known here now.', helps: 'reconnect to the authority' },
  approval_required: { says: 'Somebody has to approve this first.', helps: 'request access' },
  step_up_required: { says: 'A stronger or fresher proof of identity is needed.', helps: 'prove it again' },
  assurance_unreachable: { says: 'No factor enrolled here can prove what is needed.', helps: 'enrol a stronger factor' },
} satisfies Record<string, Words>

export function inWords(reason: string): string {
  return wordsOf(reason)?.says ?? reason
}

export function whatHelps(reason: string): string | undefined {
  return wordsOf(reason)?.helps
}

function wordsOf(reason: string): Words | undefined {
  return Object.hasOwn(REASONS, reason) ? REASONS[reason as keyof typeof REASONS] : undefined
}
