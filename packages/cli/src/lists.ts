import { each } from '@writ/client'

/** What `list` shows at most, unless told otherwise. */
const LIST_LIMIT = 1_000

/** All items of a list, up to a number; says whether there were more. */
export async function listed<T>(
  read: (after: string | undefined) => Promise<{ items: T[]; next?: string }>,
): Promise<{ items: T[]; more: boolean }> {
  const items: T[] = []
  for await (const item of each(read)) {
    if (items.length === LIST_LIMIT) return { items, more: true }
    items.push(item)
  }
  return { items, more: false }
}

/** The query of one page. */
export function pageAfter(after: string | undefined): { limit: number; after?: string } {
  return { limit: 200, ...(after !== undefined && { after }) }
}
