import { each } from '@writ/client'
import { CliError } from './cli-error.ts'

/** What `list` shows at most, unless told otherwise. */
const LIST_LIMIT = 1_000

/** All items of a list, up to a number; says whether there were more. */
export async function listed<T>(
  read: (after: string | undefined) => Promise<{ items: T[]; next?: string }>,
  limit = LIST_LIMIT,
): Promise<{ items: T[]; more: boolean }> {
  const items: T[] = []
  for await (const item of each(read)) {
    if (items.length === limit) return { items, more: true }
    items.push(item)
  }
  return { items, more: false }
}

/** The query of one page. */
export function pageAfter(after: string | undefined): { limit: number; after?: string } {
  return { limit: 200, ...(after !== undefined && { after }) }
}

/** How many a command is told to show. @throws {CliError} USAGE */
export function newest(limit: string): number {
  const number = /^[1-9]\d{0,5}$/.test(limit) ? Number(limit) : undefined
  if (number === undefined) throw new CliError('USAGE', '--limit is a number from 1 to 999999.')
  return number
}
