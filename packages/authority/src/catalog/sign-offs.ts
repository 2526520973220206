import { parse, type Terms } from '@writ/terms'
import type { Transaction } from 'kysely'
import { OWN } from '../access/permissions.ts'
import { ApiError } from '../app/api-error.ts'
import type { Authority } from '../app/authority.ts'
import type { Database } from '../app/database.ts'
import { makeId } from '../app/ids.ts'
import type { Listing, Slice } from '../app/listing.ts'
import type { Draft } from '../changes/draft.ts'
import type { By } from '../changes/mutate.ts'
import { type Reach, seesProduct } from '../enforcers/scope.ts'
import { findIdentity } from '../identities/store.ts'
import { hasOpenRollout } from '../rollouts/store.ts'
import {
  decidePublication,
  dropEmptyProduct,
  findPublication,
  findSignOffs,
  findSignOffsOf,
  findWaiting,
  insertPublication,
  insertSignOff,
  listPublications,
  newestEditions,
  type PublicationFilter,
  type PublicationRow,
  type PublicationSort,
  type Refused,
  type SignOffRow,
} from './publication-store.ts'
import { sayPublished } from './service.ts'
import { type EditionRow, findProduct, insertEdition, lockProduct } from './store.ts'

/** Terms that wait, or did, and who signed them off. */
export interface Publication extends PublicationRow {
  /** `refused`: somebody would not sign it. `outdated`: another edition was published since, so it never will be. */
  readonly state: 'waiting' | 'published' | 'withdrawn' | 'refused' | 'outdated'
  readonly signOffs: readonly SignOffRow[]
}

/** Who signs an edition off: whom the newest names, and whom the new one does. So nobody is left out without having signed that. */
export function signOffsFor(newest: EditionRow | undefined, terms: Terms): readonly string[] {
  const before = newest === undefined ? [] : (parse(newest.terms).terms?.signedOffBy ?? [])
  return [...new Set([...before, ...(terms.signedOffBy ?? [])])].sort()
}

/** Keeps terms until they are signed off. The same onto the same edition wait once. */
export async function keepWaiting(
  tx: Transaction<Database>,
  change: Draft,
  by: By,
  wanted: Omit<PublicationRow, 'id' | 'created_by' | 'identity' | 'edition' | 'withdrawn_at' | keyof Refused>,
): Promise<Publication> {
  await dropEmptyProduct(tx, wanted.product)
  const known = await findWaiting(tx, wanted)
  if (known !== undefined) {
    change.unchanged()
    return { ...known, state: 'waiting', signOffs: await findSignOffs(tx, known.id) }
  }
  const more = { id: makeId('pub'), created_by: by.actor, identity: by.identity ?? null }
  const row = await insertPublication(tx, { ...wanted, ...more })
  change.note({ publication: row.id, hash: row.hash, waits_for: row.required })
  return { ...row, state: 'waiting', signOffs: [] }
}

/**
 * Signs off exactly these terms in a role; the last sign-off publishes them. It is for a person who has that role in the authority, who did
 * not ask for the publication, and has signed it in no other role.
 * @throws {ApiError} PRODUCT_UNKNOWN, PUBLICATION_UNKNOWN, PUBLICATION_OVER, PUBLICATION_PLAN_OUTDATED, SIGN_OFF_NOT_YOURS,
 *   SECOND_PERSON_REQUIRED; REACH_TOO_NARROW and ROLLOUT_RUNNING, as for whoever publishes
 */
export async function signOff(
  authority: Authority,
  by: By,
  reach: Reach,
  { product, id, role, hash }: { readonly product: string; readonly id: string; readonly role: string; readonly hash: string },
): Promise<Publication> {
  assertSees(reach, product)
  return authority.mutate(by, { action: 'edition.sign_off', subject: `product:${product}` }, async (tx, change) => {
    const { row, signOffs } = await lockWaiting(authority, tx, product, id)
    if (hash !== row.hash) throw new ApiError('PUBLICATION_PLAN_OUTDATED')
    const identity = await whoHas(tx, by, row, role)
    const own = signOffs.find((each) => each.identity === identity.id || each.actor === by.actor)
    if (signOffs.some((each) => each.role === role)) {
      change.unchanged()
      return { ...row, state: 'waiting', signOffs }
    }
    if (own !== undefined || row.identity === identity.id || row.created_by === by.actor) throw new ApiError('SECOND_PERSON_REQUIRED')
    const at = authority.clock()
    const signed = { publication_id: id, role, identity: identity.id, actor: by.actor, at }
    await insertSignOff(tx, signed)
    const all = [...signOffs, signed]
    change.note({ publication: id, hash, role })
    if (row.required.some((each) => !all.some((one) => one.role === each))) {
      await dropEmptyProduct(tx, product)
      return { ...row, state: 'waiting', signOffs: all }
    }
    const { title, terms, source, staged } = row
    if (!staged && (await hasOpenRollout(tx, product))) throw new ApiError('ROLLOUT_RUNNING')
    const edition = await insertEdition(tx, { product, hash, title, terms, source, staged, published_at: at, published_by: row.created_by })
    sayPublished(change, edition)
    return { ...(await decidePublication(tx, id, { edition: edition.edition })), state: 'published', signOffs: all }
  })
}

/**
 * Ends what waits, since somebody who is to sign it will not, and says why. Who asked for it changes the terms and asks anew.
 * @throws {ApiError} as {@link signOff}
 */
export async function refuse(
  authority: Authority,
  by: By,
  reach: Reach,
  { product, id, role, reason }: { readonly product: string; readonly id: string; readonly role: string; readonly reason: string },
): Promise<Publication> {
  assertSees(reach, product)
  return authority.mutate(by, { action: 'edition.refuse', subject: `product:${product}` }, async (tx, change) => {
    const { row, signOffs } = await lockWaiting(authority, tx, product, id)
    const { id: identity } = await whoHas(tx, by, row, role)
    await dropEmptyProduct(tx, product)
    change.note({ publication: id, role, reason })
    const refused = { refused_role: role, refused_by: identity, refused_reason: reason }
    return { ...(await decidePublication(tx, id, { withdrawn_at: authority.clock(), ...refused })), state: 'refused', signOffs }
  })
}

/** Takes back what waits. @throws {ApiError} as {@link signOff} */
export async function withdraw(authority: Authority, by: By, reach: Reach, product: string, id: string): Promise<Publication> {
  assertSees(reach, product)
  return authority.mutate(by, { action: 'edition.withdraw', subject: `product:${product}` }, async (tx, change) => {
    const { signOffs } = await lockWaiting(authority, tx, product, id)
    await dropEmptyProduct(tx, product)
    change.note({ publication: id })
    return { ...(await decidePublication(tx, id, { withdrawn_at: authority.clock() })), state: 'withdrawn', signOffs }
  })
}

/** @throws {ApiError} PRODUCT_UNKNOWN, PUBLICATION_UNKNOWN */
export async function readPublication({ db }: Authority, reach: Reach, product: string, id: string): Promise<Publication> {
  if (!seesProduct(reach, product)) throw new ApiError('PRODUCT_UNKNOWN')
  const row = await findPublication(db, product, id)
  if (row === undefined) throw new ApiError('PUBLICATION_UNKNOWN')
  const newest = (await findProduct(db, product))?.newest_edition ?? 0
  return { ...row, state: stateOf(row, newest), signOffs: await findSignOffs(db, id) }
}

/** @throws {ApiError} PRODUCT_UNKNOWN */
export async function pageOfPublications(
  { db }: Authority,
  reach: Reach,
  filter: PublicationFilter,
  listing: Listing<PublicationSort>,
): Promise<Slice<Publication>> {
  if (filter.product !== undefined && !seesProduct(reach, filter.product)) throw new ApiError('PRODUCT_UNKNOWN')
  const { items, last } = await listPublications(db, reach.products, filter, listing)
  const newest = await newestEditions(
    db,
    items.map(({ product }) => product),
  )
  const signed = Map.groupBy(
    await findSignOffsOf(
      db,
      items.map(({ id }) => id),
    ),
    ({ publication_id }) => publication_id,
  )
  const shown = items.map((row) => {
    const state = stateOf(row, newest.get(row.product) ?? 0)
    return { ...row, state, signOffs: signed.get(row.id) ?? [] }
  })
  return { items: shown, last }
}

/** Who acts, if that is a person who has a role that is asked for. @throws {ApiError} SIGN_OFF_NOT_YOURS */
async function whoHas(tx: Transaction<Database>, by: By, { required }: PublicationRow, role: string) {
  const identity = by.identity === undefined ? undefined : await findIdentity(tx, by.identity)
  const isTheirs = required.includes(role) && identity?.status === 'active' && identity.in[OWN]?.includes(role) === true
  if (identity === undefined || !isTheirs) throw new ApiError('SIGN_OFF_NOT_YOURS')
  return identity
}

async function lockWaiting({ clock }: Authority, tx: Transaction<Database>, product: string, id: string) {
  const known = await findPublication(tx, product, id)
  if (known === undefined) throw new ApiError('PUBLICATION_UNKNOWN')
  const { newest_edition: newest } = await lockProduct(tx, product, known.title, clock())
  // Once more, now that nobody else decides about it.
  const row = (await findPublication(tx, product, id)) ?? known
  const state = stateOf(row, newest)
  if (state === 'outdated') throw new ApiError('PUBLICATION_PLAN_OUTDATED')
  if (state !== 'waiting') throw new ApiError('PUBLICATION_OVER')
  return { row, signOffs: await findSignOffs(tx, id) }
}

function stateOf({ edition, withdrawn_at, refused_role, base_edition }: PublicationRow, newest: number): Publication['state'] {
  if (edition !== null) return 'published'
  if (withdrawn_at !== null) return refused_role === null ? 'withdrawn' : 'refused'
  return base_edition === newest ? 'waiting' : 'outdated'
}

function assertSees(reach: Reach, product: string): void {
  if (!seesProduct(reach, product)) throw new ApiError('PRODUCT_UNKNOWN')
  if (reach.organizations !== undefined) throw new ApiError('REACH_TOO_NARROW')
}
