import type { Transaction } from 'kysely'
import { permissionsOf } from '../access/judge.ts'
import { ApiError } from '../app/api-error.ts'
import type { Authority } from '../app/authority.ts'
import type { Database } from '../app/database.ts'
import { makeId } from '../app/ids.ts'
import type { Listing, Slice } from '../app/listing.ts'
import type { Draft } from '../changes/draft.ts'
import type { By, Deed } from '../changes/mutate.ts'
import type { Credential } from '../enforcers/credentials.ts'
import { isWithin } from '../enforcers/scope.ts'
import { findApiKey } from '../enforcers/store.ts'
import { parkedPurpose } from '../keys/sealed-places.ts'
import type { Sealer } from '../keys/sealer.ts'
import {
  decide,
  findOver,
  findParked,
  listParked,
  type ParkedAsked,
  type ParkedFilter,
  type ParkedRow,
  park,
  readAsked,
} from './parked-store.ts'
import { type Held, heldTo } from './wire.ts'

const DAYS_7_MILLISECONDS = 7 * 86_400_000

/** Thrown to undo a mutation that is to be parked instead. */
export class Park {
  readonly held: Held
  readonly digest: string
  constructor(held: Held, digest: string) {
    this.held = held
    this.digest = digest
  }
}

/** Writes down what was asked for, in a change of its own that the audit tells. @returns the id it waits under */
export async function parkWithin(
  tx: Transaction<Database>,
  change: Draft,
  { by, deed, sealer, now, held, digest }: { by: By; deed: Deed; sealer: Sealer; now: number; held: Held; digest: string },
): Promise<string> {
  const { asked, reach, actor, identity = null } = by
  const id = makeId('parked')
  if (asked === undefined || reach === undefined || !('id' in reach)) throw new Error('only a request can be parked')
  const { impact, meanwhile = null, losing = null } = heldTo(held, reach)
  const { action, subject, organization = null } = deed
  const parked = await park(
    tx,
    {
      id,
      at: now,
      expires_at: now + DAYS_7_MILLISECONDS,
      api_key: (reach as Credential).id,
      actor,
      identity,
      action,
      subject,
      organization,
      method: asked.method,
      url: asked.url,
      if_match: asked.ifMatch ?? null,
      content_type: asked.contentType ?? null,
      fingerprint: asked.fingerprint,
      sealed: sealer.seal(asked.body ?? null, parkedPurpose(id)),
      digest,
      impact,
      meanwhile,
      losing,
    },
    (each) => emptied(sealer, each),
  )
  if (!parked.isNew) change.unchanged()
  const { replaced } = parked
  change.note({
    parked_change: parked.id,
    asked_for: action,
    of: subject,
    losing: losing ?? impact.losing,
    ...(replaced !== undefined && { replaced }),
  })
  return parked.id
}

/** Those of keys that reach no further than the one who asks. */
export async function pageOfParked(
  authority: Authority,
  credential: Credential,
  filter: ParkedFilter,
  listing: Listing<'id' | 'at'>,
): Promise<Slice<ParkedRow>> {
  return listParked(authority.db, filter, listing, (row) => isInReach(authority, row, credential))
}

/** @throws {ApiError} PARKED_CHANGE_UNKNOWN, alike for one that is not there and one of a key that reaches further */
export async function readParked(authority: Authority, credential: Credential, id: string): Promise<ParkedRow> {
  const row = await findParked(authority.db, id)
  if (row === undefined || !isInReach(authority, row, credential)) throw new ApiError('PARKED_CHANGE_UNKNOWN')
  return row
}

const MOST_GENERATIONS = 32

/** Whether a key without an identity was made by another one, or by what that one made. */
async function descends({ db }: Authority, id: string, from: string): Promise<boolean> {
  let row = await findApiKey(db, id)
  for (let each = 0; each < MOST_GENERATIONS && row !== undefined && row.identity === null && row.made_by !== null; each++) {
    if (row.made_by === from) return true
    row = await findApiKey(db, row.made_by)
  }
  return false
}

/**
 * What a second person is confirmed as, and whose deed it then is.
 * @throws {ApiError} PARKED_CHANGE_UNKNOWN, PARKED_CHANGE_OVER, SECOND_PERSON_REQUIRED, API_KEY_REVOKED, API_KEY_TOO_WIDE
 */
export async function confirmable(
  authority: Authority,
  credential: Credential,
  id: string,
): Promise<{ row: ParkedRow; asked: ParkedAsked; asker: Credential }> {
  const row = await readParked(authority, credential, id)
  if (row.state !== 'waiting' || authority.clock() >= row.expires_at) throw new ApiError('PARKED_CHANGE_OVER')
  const isSame = row.api_key === credential.id || (row.identity !== null && row.identity === credential.identity)
  if (isSame || credential.unattended === true) throw new ApiError('SECOND_PERSON_REQUIRED')
  const asker = authority.credentials.byId(row.api_key)
  if (asker === undefined) throw new ApiError('API_KEY_REVOKED')
  // Whoever can make keys would be its own second person. A machine is another matter: a person who made its key stands behind it.
  const { id: own, identity } = credential
  const isTheirMachine = asker.unattended === true && identity !== undefined
  if ((await descends(authority, own, row.api_key)) || (!isTheirMachine && (await descends(authority, row.api_key, own)))) {
    throw new ApiError('SECOND_PERSON_REQUIRED')
  }
  // Whoever confirms answers for it, and must be able to do it themselves.
  const permitted = new Set(permissionsOf(authority, credential))
  if (!permissionsOf(authority, asker).every((permission) => permission.endsWith('.read') || permitted.has(permission))) {
    throw new ApiError('API_KEY_TOO_WIDE')
  }
  return { row, asked: await readAsked(authority.db, id), asker }
}

/**
 * Says of one that was done and came to nothing, since all of it was so already, that it waits no longer. What came to something was decided
 * with it.
 */
export async function settle(authority: Authority, by: By, { id, organization, action, subject }: ParkedRow): Promise<void> {
  const deed = { action: 'change.confirm', subject: `parked_change:${id}`, ...(organization !== null && { organization }) }
  await authority.mutate(by, deed, async (tx, change) => {
    const sealed = emptied(authority.sealer, id)
    const decided = { state: 'confirmed', decided_at: authority.clock(), decided_by: by.actor, sealed } as const
    if (!(await decide(tx, id, decided))) change.unchanged()
    change.note({ asked_for: action, of: subject, unchanged: true })
  })
}

/** @throws {ApiError} PARKED_CHANGE_UNKNOWN, PARKED_CHANGE_OVER */
export async function discard(authority: Authority, by: By, credential: Credential, id: string): Promise<void> {
  const row = await readParked(authority, credential, id)
  const { organization } = row
  const deed = { action: 'change.discard', subject: `parked_change:${id}`, ...(organization !== null && { organization }) }
  await authority.mutate(by, deed, async (tx, change) => {
    const sealed = emptied(authority.sealer, id)
    const decided = { state: 'discarded', decided_at: authority.clock(), decided_by: by.actor, sealed } as const
    if (!(await decide(tx, id, decided))) throw new ApiError('PARKED_CHANGE_OVER')
    change.note({ asked_for: row.action, of: row.subject })
  })
}

const AT_ONCE = 100

/** Discards what waited too long, as nobody confirms it any more: many in one change, with an audit row for each. */
export async function dropOver({
  id,
  db,
  sealer,
  clock,
  mutate,
}: Pick<Authority, 'id' | 'db' | 'sealer' | 'clock' | 'mutate'>): Promise<void> {
  for (let count = AT_ONCE; count === AT_ONCE; ) {
    const over = await findOver(db, clock(), AT_ONCE)
    count = over.length
    if (count === 0) return
    await mutate(
      { actor: 'authority', requestId: 'expiry' },
      { action: 'change.expire', subject: `authority:${id}` },
      async (tx, change) => {
        let expired = 0
        for (const { id: each, expires_at, action, subject, organization } of over) {
          const decided = { state: 'discarded', decided_at: expires_at, decided_by: 'expired', sealed: emptied(sealer, each) } as const
          if (!(await decide(tx, each, decided))) continue
          expired++
          change.alsoTell({ organization, subject: `parked_change:${each}`, detail: { asked_for: action, of: subject } })
        }
        if (expired === 0) change.unchanged()
        change.note({ expired })
      },
    )
  }
}

/** In the place of what was asked for, once nobody can have it done any more. */
export function emptied(sealer: Sealer, id: string): string {
  return sealer.seal(null, parkedPurpose(id))
}

function isInReach({ credentials }: Authority, row: ParkedRow, credential: Credential): boolean {
  if (row.api_key === credential.id) return true
  const asker = credentials.byId(row.api_key)
  // Of a key that is gone only who sees everything hears.
  if (asker === undefined) return credential.products === undefined && credential.organizations === undefined
  return isWithin({ ...asker, scopes: [] }, credential)
}
