import { randomInt } from 'node:crypto'
import type { World } from '@writ/engine'
import { issueStatusList, PackedList, STATUS, STATUS_USE } from '@writ/license'
import type { Kysely } from 'kysely'
import { ApiError } from '../../app/api-error.ts'
import type { Clock } from '../../app/clock.ts'
import type { Database, Tx } from '../../app/database.ts'
import type { Sealer } from '../../keys/sealer.ts'
import { signerFor } from '../../keys/signing-keys.ts'
import {
  countTaken,
  entriesOf,
  findList,
  findPlaces,
  insertEntries,
  insertList,
  listUris,
  lockNewestList,
  type StatusEntryRow,
  type StatusKind,
} from './store.ts'

/** Places of one list: 32 KiB unpacked, and little where most are good. */
const LIST_SIZE = 1 << 17
/** Beyond this a random place is rarely free, and the next list is begun. */
const MOST_TAKEN = LIST_SIZE / 2
/** An old list that a licence has its place in may fill up: whoever finds none in it has no place, and is told by the file alone. */
const MOST_ROUNDS = 32
export const TTL_SECONDS = 300
/** A list that is carried somewhere by hand says something for so long. */
const LIFE_SECONDS = 7 * 86_400
/** However fast things change, and however many ask: one list is made anew once in this time. */
const SOONEST_MILLISECONDS = 1_000

interface Made {
  readonly token: Promise<string>
  readonly revision: number
  readonly at: number
}

/** The place of a subject: which list, and where in it. */
export interface StatusPlace {
  readonly uri: string
  readonly index: number
}

interface Parts {
  readonly id: string
  readonly db: Kysely<Database>
  readonly world: World
  readonly clock: Clock
  readonly sealer: Sealer
}

/**
 * Who is still good, in lists that anybody may read: a place says nothing of whom it is about, and is drawn at random among many that are nobody's.
 * @see draft-ietf-oauth-status-list section 12 (privacy)
 */
export class StatusLists {
  readonly #parts: Parts
  readonly #made = new Map<number, Made>()
  /** How the authority is reached. Absent: it does not listen yet, and nothing can name a list. */
  base: string | undefined

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /**
   * The places of one file: its own, and those of its people in the same list. Drawn where they have none yet.
   * @returns `undefined` while nobody could read a list
   */
  async places(
    tx: Tx,
    first: { readonly kind: 'license' | 'activation'; readonly subject: string },
    identities: readonly string[],
  ): Promise<{ readonly own: StatusPlace; readonly identities: ReadonlyMap<string, number> } | undefined> {
    const { base } = this
    if (base === undefined) return undefined
    const [known] = (await findPlaces(tx, first.kind, [first.subject])).slice(-1)
    const list = known === undefined ? await this.#openList(tx, base) : await findList(tx, Number(known.list))
    if (list === undefined) throw new Error('the status list of a place is gone')
    const number = Number(list.number)
    const own = known === undefined ? (await this.#draw(tx, number, first.kind, [first.subject])).get(first.subject) : Number(known.place)
    const theirs = new Map(
      (await findPlaces(tx, 'identity', identities))
        .filter((row) => Number(row.list) === number)
        .map((row) => [row.subject, Number(row.place)]),
    )
    const drawn = await this.#draw(
      tx,
      number,
      'identity',
      identities.filter((id) => !theirs.has(id)),
    )
    if (own === undefined) return undefined
    return { own: { uri: list.uri, index: own }, identities: new Map([...theirs, ...drawn]) }
  }

  /** The place of an identity, for a token that is about it. */
  async placeOf(identity: string): Promise<StatusPlace | undefined> {
    const { db } = this.#parts
    const { base } = this
    if (base === undefined) return undefined
    const [known] = (await findPlaces(db, 'identity', [identity])).slice(-1)
    const list = known && (await findList(db, Number(known.list)))
    if (known !== undefined && list !== undefined) return { uri: list.uri, index: Number(known.place) }
    return db.transaction().execute(async (tx) => {
      const { uri, number } = await this.#openList(tx, base)
      const index = (await this.#draw(tx, Number(number), 'identity', [identity])).get(identity)
      return index === undefined ? undefined : { uri, index }
    })
  }

  /** @throws {ApiError} STATUS_LIST_UNKNOWN, ROOT_TAKEN_OUT */
  async token(number: number): Promise<string> {
    const now = this.#parts.clock()
    const { revision } = this.#parts.world
    const made = this.#made.get(number)
    if (made !== undefined && now >= made.at) {
      const isNews = revision !== made.revision && now >= made.at + SOONEST_MILLISECONDS
      if (!isNews && now < made.at + (TTL_SECONDS / 2) * 1_000) return made.token
    }
    const token = this.#make(number)
    const next: Made = { token, revision, at: now }
    this.#made.set(number, next)
    token.catch(() => this.#made.get(number) === next && this.#made.delete(number))
    return token
  }

  uris(): Promise<string[]> {
    return listUris(this.#parts.db)
  }

  async #make(number: number): Promise<string> {
    const { db, id, clock, world } = this.#parts
    const row = await findList(db, number)
    if (row === undefined) throw new ApiError('STATUS_LIST_UNKNOWN')
    const now = clock()
    const list = PackedList.empty(2, LIST_SIZE)
    for (const entry of await entriesOf(db, number, now)) list.set(entry.place, statusOf(world, entry, now))
    const signer = await db.transaction().execute((tx) => signerFor(tx, this.#parts, STATUS_USE))
    const issuedAt = Math.floor(now / 1_000)
    return issueStatusList({ issuer: id, uri: row.uri, issuedAt, expiresAt: issuedAt + LIFE_SECONDS, ttl: TTL_SECONDS, list }, signer)
  }

  async #openList(tx: Tx, base: string): Promise<{ readonly number: number; readonly uri: string }> {
    return (await lockNewestList(tx)) ?? this.#begin(tx, base, 1)
  }

  async #begin(tx: Tx, base: string, number: number): Promise<{ readonly number: number; readonly uri: string }> {
    const row = { number, uri: `${base.replace(/\/+$/, '')}/status-lists/${number}`, created_at: this.#parts.clock() }
    await insertList(tx, row)
    // Here, and not by whoever first reads the list.
    await signerFor(tx, this.#parts, STATUS_USE)
    return row
  }

  /** Draws a place for each. */
  async #draw(tx: Tx, list: number, kind: StatusKind, subjects: readonly string[]): Promise<Map<string, number>> {
    const drawn = new Map<string, number>()
    let left = [...subjects]
    for (let round = 0; left.length > 0 && round < MOST_ROUNDS; round++) {
      // A place that was another's shows that the list fills up; nobody counts it before.
      if (round > 0) await this.#beginNextWhenFull(tx, list)
      const rows = left.map((subject) => ({ list, place: randomInt(LIST_SIZE), kind, subject }))
      for (const { subject, place } of await insertEntries(tx, rows)) drawn.set(subject, Number(place))
      // Drawn by another meanwhile.
      for (const row of await findPlaces(tx, kind, left)) if (Number(row.list) === list) drawn.set(row.subject, Number(row.place))
      left = left.filter((subject) => !drawn.has(subject))
    }
    return drawn
  }

  async #beginNextWhenFull(tx: Tx, list: number): Promise<void> {
    const newest = await lockNewestList(tx)
    if (Number(newest?.number) !== list || (await countTaken(tx, list)) < MOST_TAKEN) return
    await this.#begin(tx, this.base as string, list + 1)
  }
}

function statusOf(
  world: World,
  { kind, subject, license_id, is_over }: StatusEntryRow & { readonly license_id: string | null; readonly is_over: boolean },
  now: number,
): number {
  if (kind === 'identity') {
    const row = world.identities.find(subject)
    const status = row === undefined ? 'revoked' : world.identities.status(row)
    return status === 'active' ? STATUS.valid : status === 'suspended' ? STATUS.suspended : STATUS.invalid
  }
  if (kind === 'activation' && is_over) return STATUS.invalid
  const fact = world.license(kind === 'activation' ? (license_id ?? '') : subject)?.fact
  if (fact === undefined || (fact.revoked_at !== undefined && fact.revoked_at <= now)) return STATUS.invalid
  return fact.suspended === true ? STATUS.suspended : STATUS.valid
}
