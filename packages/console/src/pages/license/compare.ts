import type { PlanTerms } from '../../api/contract.ts'

/** By name: the features that go, that come, and that come with other limits or needs. */
export function compare(before: PlanTerms | undefined, after: PlanTerms | undefined) {
  const old = before?.includes ?? {}
  const next = after?.includes ?? {}
  const same = (name: string) => JSON.stringify(old[name]) === JSON.stringify(next[name])
  return {
    gone: Object.keys(old).filter((name) => !Object.hasOwn(next, name)),
    come: Object.keys(next).filter((name) => !Object.hasOwn(old, name)),
    altered: Object.keys(next).filter((name) => Object.hasOwn(old, name) && !same(name)),
  }
}
