import { hash } from 'node:crypto'
import { ApiError } from '../app/api-error.ts'
import type { Authority } from '../app/authority.ts'
import type { Sealer } from '../keys/sealer.ts'

/**
 * A page's end, for the next to go on from. It is sealed, because the last name that was looked at may be one that the asker must not
 * see; and sealed for one question of one credential, so that it opens for no other.
 */
export function sealCursor(sealer: Sealer, asked: unknown, last: string): string {
  return sealer.seal(last, purposeOf(asked))
}

/** @throws {ApiError} CURSOR_INVALID: forged, or another question's */
export async function openCursor({ sealer, db }: Pick<Authority, 'sealer' | 'db'>, asked: unknown, token: string): Promise<string> {
  try {
    return (await sealer.unseal(db, token, purposeOf(asked))) as string
  } catch {
    throw new ApiError('CURSOR_INVALID')
  }
}

function purposeOf(asked: unknown): string {
  return `search ${hash('sha256', JSON.stringify(asked, inOrder))}`
}

/** The same question may be written in another order of its members. */
function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}
