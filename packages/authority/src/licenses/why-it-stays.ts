/** In words for people, who are told what would help. */
const WHY: Readonly<Record<string, string>> = {
  PLAN_UNKNOWN: 'the edition has no such plan: change its plan',
  OVERRIDES_INVALID: 'the edition does not take what it overrides: change the overrides',
  NO_TRIAL: 'its trial runs, and the plan has none any more: wait, or renew it',
}

/** Why a licence stays where it is when others of its product move to another edition. @param code of the error that it was refused with */
export function whyItStays(code: string): string {
  return WHY[code] ?? code
}
