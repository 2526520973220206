/** What each gate asks, in the order of `decision.md` section 3. */
export const GATES: Readonly<Record<string, string>> = {
  facts: 'what is known is fresh enough',
  identity: 'the identity is active, and no signal closes it',
  license: 'the licence is in force or in grace',
  seat: 'there is a seat',
  entitlement: 'the plan includes it',
  role: 'a role or a grant permits it',
  context: 'hours, place and conditions hold',
  needs: 'other authorities agree',
  quota: 'enough is left, and not too fast',
  approval: 'it is approved, where it must be',
  assurance: 'identity is proven strongly and freshly enough',
}
