import type { LicenseFact } from '@writ/engine'

export type Owned = Pick<LicenseFact, 'id' | 'organization' | 'holder'>

/**
 * Ids of licences in parts of about so many, those of one organization or holder always in one part: what one of their licences takes
 * another may give, and all of it was weighed at once. Whoever has more than a part has one to themselves.
 * @returns at least one, which may be empty
 */
export function batchesOf(licenses: readonly Owned[], size: number): string[][] {
  const of = new Map<string, string[]>()
  for (const { id, organization, holder } of licenses) {
    const owner = JSON.stringify(organization === undefined ? [holder] : [organization, 0])
    const ids = of.get(owner)
    if (ids === undefined) of.set(owner, [id])
    else ids.push(id)
  }
  let last: string[] = []
  const batches = [last]
  for (const ids of of.values()) {
    if (last.length > 0 && last.length + ids.length > size) {
      last = []
      batches.push(last)
    }
    for (const id of ids) last.push(id)
  }
  return batches
}
