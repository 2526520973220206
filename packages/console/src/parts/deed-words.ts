const VERBS: Readonly<Record<string, string>> = {
  create: 'created',
  create_admin: 'created, for an administrator',
  issue: 'issued',
  update: 'changed',
  replace: 'replaced',
  put: 'set',
  remove: 'removed',
  delete: 'deleted',
  revoke: 'revoked',
  suspend: 'suspended',
  resume: 'resumed',
  renew: 'renewed',
  transfer: 'transferred',
  change_plan: 'put on another plan',
  past_due: 'marked past due',
  paid: 'marked paid',
  take: 'taken',
  assign: 'assigned',
  free: 'freed',
  publish: 'published',
  refuse: 'refused',
  sign_off: 'signed off',
  raise: 'raised',
  withdraw: 'withdrawn',
  rotate: 'rotated',
  backup: 'backed up',
  begin: 'begun',
  end: 'ended',
  offer: 'offered',
  bootstrap: 'set up',
  establish: 'established',
  park: 'put aside until somebody confirms it',
  discard: 'discarded',
  contact: 'heard of',
  release: 'released',
  move_edition: 'moved to another edition',
}

/** What an audit row says was done, `license.past_due`, as one reads it out: "License marked past due". */
export function deedInWords(action: string): string {
  const at = action.lastIndexOf('.')
  if (at < 0) return action
  const thing = action.slice(0, at).replaceAll(/[._]/g, ' ').replace('sign in', 'sign-in')
  const verb = action.slice(at + 1)
  return `${thing[0]?.toUpperCase()}${thing.slice(1)} ${VERBS[verb] ?? verb.replaceAll('_', ' ')}`
}

/** What somebody asks to have done: `license.suspend` is "Suspend license". */
export function deedAsked(action: string): string {
  const at = action.lastIndexOf('.')
  const words = (text: string) => text.replaceAll(/[._]/g, ' ')
  const verb = words(action.slice(at + 1))
  return `${verb[0]?.toUpperCase()}${verb.slice(1)} ${words(action.slice(0, Math.max(0, at)))}`.trim()
}
