import { type Consequence, compile, contract, diff, type Finding, parse, type Terms } from '@writ/terms'
import type { Authority } from '../app/authority.ts'
import type { Reach } from '../enforcers/scope.ts'
import { type NewlyUnprovable, newlyUnprovable } from '../forecast/unprovable.ts'
import { countLicensesByEdition } from '../licenses/store.ts'
import { publicationHash } from './publication-hash.ts'
import { readEdition, readPublishable } from './service.ts'
import { signOffsFor } from './sign-offs.ts'
import { type EditionRow, findEdition, findProduct } from './store.ts'

/** What would come of publishing terms now. */
export interface PublicationPlan {
  readonly product: string
  /** The newest edition; absent: the product is new. */
  readonly base?: EditionRow
  /** The edition that there would be. */
  readonly edition: number
  readonly hash: string
  /** False: these terms are the newest edition already. */
  readonly isNew: boolean
  readonly planHash: string
  readonly consequences: readonly Consequence[]
  /** Licences that are not revoked, by edition; newest first. */
  readonly licenses: readonly { readonly edition: number; readonly count: number }[]
  /** How many of them are narrowed at once, whatever edition they have. */
  readonly atOnce: number
  /** Who could not prove what they ask for and the newest edition does not. */
  readonly unprovable: readonly NewlyUnprovable[]
  /** Roles that sign them off before they are published. */
  readonly signOffs: readonly string[]
  readonly warnings: readonly Finding[]
}

/** Looks, and changes nothing. @throws {ApiError} as `publish` does */
export async function planPublication(authority: Authority, reach: Reach, product: string, source: string): Promise<PublicationPlan> {
  const { terms, digest, warnings } = await readPublishable(reach, product, source)
  const { db } = authority
  const newest = (await findProduct(db, product))?.newest_edition ?? 0
  const base = await findEdition(db, product, newest)
  const isNew = base?.hash !== digest
  const before = base === undefined || !isNew ? undefined : termsOf(authority, base)
  const consequences = before === undefined ? [] : diff(before, terms)
  const licenses = await countLicensesByEdition(db, product)
  const protects = consequences.some(({ direction, effect }) => direction === 'narrows' && effect === 'at_once')
  return {
    product,
    ...(base && { base }),
    edition: isNew ? newest + 1 : newest,
    hash: digest,
    isNew,
    planHash: publicationHash(product, base, digest),
    consequences,
    licenses,
    atOnce: protects ? licenses.reduce((sum, { count }) => sum + count, 0) : 0,
    unprovable: await newlyUnprovable(db, reach, product, before && compile(before), compile(terms)),
    signOffs: isNew ? signOffsFor(base, terms) : [],
    warnings,
  }
}

/** What one edition comes to for who has another. @throws {ApiError} PRODUCT_UNKNOWN, EDITION_UNKNOWN */
export async function compareEditions(authority: Authority, reach: Reach, product: string, from: number, to: number) {
  const [before, after] = [await readEdition(authority, reach, product, from), await readEdition(authority, reach, product, to)]
  return { before, after, consequences: diff(termsOf(authority, before), termsOf(authority, after)) }
}

/** An edition as prose. @throws {ApiError} PRODUCT_UNKNOWN, EDITION_UNKNOWN */
export async function contractOf(authority: Authority, reach: Reach, product: string, edition: number): Promise<string> {
  const row = await readEdition(authority, reach, product, edition)
  return contract(termsOf(authority, row), row)
}

/** Terms that are no edition yet, as prose. */
export function proseOf({ terms: text, hash }: { readonly terms: string; readonly hash: string }): string {
  const { terms } = parse(text)
  if (terms === undefined) throw new RangeError('a publication holds terms that do not parse')
  return contract(terms, { hash })
}

/** World has them read already; another node's newest edition may be a moment ahead of it. */
function termsOf({ world }: Authority, { product, edition, terms: text }: EditionRow): Terms {
  const terms = world.product(product)?.editions.get(edition)?.terms ?? parse(text).terms
  if (terms === undefined) throw new RangeError('an edition holds terms that do not parse')
  return terms
}
