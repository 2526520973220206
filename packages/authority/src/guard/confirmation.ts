import { createHash, randomBytes } from 'node:crypto'
import type { Impact, Instant } from '@writ/engine'
import type { Transaction } from 'kysely'
import type { Database } from '../app/database.ts'
import type { Sealer } from '../keys/sealer.ts'

/** What a word of confirmation is good for, and nothing else. */
export interface Confirmed {
  /** Of method, path and body. */
  readonly fingerprint: string
  readonly actor: string
  /** Of who loses what, and when. */
  readonly digest: string
  /** How many lost something by steps before it, unasked: told, and not to be more by the time that it is used. */
  readonly unasked: number
}
interface Token extends Confirmed {
  readonly id: string
  readonly revision: number
  readonly expires: Instant
}

const PURPOSE = JSON.stringify(['confirmation'])
const MILLISECONDS = 600_000

/** A token that only this authority can make, and everybody can carry: sealed, for ten minutes, for one use. */
export function makeToken(sealer: Sealer, confirmed: Confirmed, revision: number, now: Instant): { token: string; expires: Instant } {
  const expires = now + MILLISECONDS
  const id = randomBytes(16).toString('base64url')
  return { token: sealer.seal({ ...confirmed, id, revision, expires } satisfies Token, PURPOSE), expires }
}

/** @returns the id to use up; `undefined`: it is none, over, or for something else */
export async function openToken(
  sealer: Sealer,
  tx: Transaction<Database>,
  token: string,
  confirmed: Confirmed,
  now: Instant,
): Promise<string | undefined> {
  const found = (await sealer.unseal(tx, token, PURPOSE).catch(() => undefined)) as Token | undefined
  if (found === undefined || now >= found.expires) return undefined
  const isFor = found.fingerprint === confirmed.fingerprint && found.actor === confirmed.actor && found.digest === confirmed.digest
  return isFor && found.unasked >= confirmed.unasked ? found.id : undefined
}

/**
 * The same for the same losses, in whatever order and at whichever node they were found.
 * @param part what a part of it takes beyond it
 */
export function digestOf(impact: Impact, part?: Impact): string {
  const hash = createHash('sha256')
  // Whoever saw the two as one saw less: what was confirmed or parked before the part was shown is another change.
  if (part !== undefined) hash.update('part\n')
  for (const line of [...new Set([...impact.losses(), ...(part?.losses() ?? [])])].sort()) hash.update(line).update('\n')
  return hash.digest('base64url')
}

export function digestOfText(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}
