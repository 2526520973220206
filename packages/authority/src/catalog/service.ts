import { canonical, check, type Finding, hash, type Terms } from '@writ/terms'
import { OWN } from '../access/permissions.ts'
import { ApiError } from '../app/api-error.ts'
import type { Authority } from '../app/authority.ts'
import type { Listing, Slice } from '../app/listing.ts'
import type { Draft } from '../changes/draft.ts'
import type { By } from '../changes/mutate.ts'
import { type Reach, seesProduct } from '../enforcers/scope.ts'
import { hasOpenRollout } from '../rollouts/store.ts'
import { publicationHash } from './publication-hash.ts'
import { keepWaiting, type Publication, signOffsFor } from './sign-offs.ts'
import {
  type EditionListed,
  type EditionRow,
  type EditionSort,
  findEdition,
  findEditionBefore,
  findLastEdition,
  findProduct,
  insertEdition,
  listEditions,
  listProducts,
  lockProduct,
  type ProductFilter,
  type ProductRow,
  type ProductSort,
} from './store.ts'

export interface Published extends EditionListed {
  /** False: these terms were the newest edition already. */
  readonly isNew: boolean
  readonly warnings: readonly Finding[]
}

/** Terms that may be published. */
export interface Publishable {
  readonly terms: Terms
  /** The canonical form. */
  readonly text: string
  /** Of it. */
  readonly digest: string
  readonly warnings: readonly Finding[]
}

/**
 * Reads what somebody would publish.
 * @throws {ApiError} BUILT_IN for the authority's own; TERMS_INVALID with every fault; PRODUCT_MISMATCH; PRODUCT_UNKNOWN when the credential does not see the product;
 *   REACH_TOO_NARROW when it does not see every organization, since terms reach all of them
 */
export async function readPublishable(reach: Reach, product: string, source: string): Promise<Publishable> {
  if (!seesProduct(reach, product)) throw new ApiError('PRODUCT_UNKNOWN')
  if (product === OWN) throw new ApiError('BUILT_IN')
  if (reach.organizations !== undefined) throw new ApiError('REACH_TOO_NARROW')
  const { terms, findings } = check(source)
  if (terms === undefined) throw new ApiError('TERMS_INVALID', { findings })
  if (terms.product !== product) throw new ApiError('PRODUCT_MISMATCH')
  return { terms, text: canonical(terms), digest: await hash(terms), warnings: findings }
}

/**
 * Publishes terms as the next edition of a product; the first makes the product. The same terms again, whatever their comments and
 * layout, are the edition that there is.
 * @param source YAML, at most 1 MiB
 * @param options.ifPlan publish only what was planned under this hash, and only onto the edition it was planned for
 * @param options.staged publish it for a roll-out: nobody is on it, and new licences do not get it until it is promoted
 * @returns `waiting`: what was asked for waits for sign-offs, since these terms or the newest edition name some
 * @throws {ApiError} as {@link readPublishable}; PUBLICATION_PLAN_OUTDATED; ROLLOUT_RUNNING; NOTHING_TO_STAGE_ON for a new product
 */
export async function publish(
  authority: Authority,
  by: By,
  reach: Reach,
  product: string,
  source: string,
  { ifPlan, staged = false }: { readonly ifPlan?: string | undefined; readonly staged?: boolean } = {},
): Promise<Published | { readonly waiting: Publication }> {
  const { terms, text, digest, warnings } = await readPublishable(reach, product, source)

  return authority.mutate(by, { action: 'edition.publish', subject: `product:${product}` }, async (tx, change) => {
    const now = authority.clock()
    const { newest_edition } = await lockProduct(tx, product, terms.title, now)
    const newest = newest_edition === 0 ? undefined : await findEdition(tx, product, newest_edition)
    if (staged && newest === undefined) throw new ApiError('NOTHING_TO_STAGE_ON')
    const last = staged ? await findLastEdition(tx, product) : newest
    if (last?.hash === digest) {
      // Who repeats a publication that was planned finds it done: it was planned onto the edition before.
      const before = await findEditionBefore(tx, product, last.edition)
      if (ifPlan !== undefined && ![newest, before].some((base) => publicationHash(product, base, digest) === ifPlan))
        throw new ApiError('PUBLICATION_PLAN_OUTDATED')
      change.unchanged()
      return { ...listed(last), isNew: false, warnings }
    }
    if (!staged && (await hasOpenRollout(tx, product))) throw new ApiError('ROLLOUT_RUNNING')
    if (ifPlan !== undefined && publicationHash(product, newest, digest) !== ifPlan) throw new ApiError('PUBLICATION_PLAN_OUTDATED')
    const required = signOffsFor(newest, terms)
    if (required.length > 0) {
      const asked = { product, base_edition: newest_edition, plan_hash: publicationHash(product, newest, digest), hash: digest }
      const written = { title: terms.title, terms: text, source: source.replaceAll('\0', '\ufffd'), staged }
      return { waiting: await keepWaiting(tx, change, by, { ...asked, ...written, required: [...required], created_at: now }) }
    }
    const row = await insertEdition(tx, {
      product,
      hash: digest,
      title: terms.title,
      terms: text,
      // A comment may hold what the store does not take.
      source: source.replaceAll('\0', '\ufffd'),
      published_at: now,
      published_by: by.actor,
      staged,
    })
    sayPublished(change, row)
    return { ...listed(row), isNew: true, warnings }
  })
}

/** @throws {ApiError} PRODUCT_UNKNOWN, alike for one that is not there and one that the credential does not see */
export async function readProduct({ db }: Authority, reach: Reach, id: string): Promise<ProductRow> {
  const row = seesProduct(reach, id) ? await findProduct(db, id) : undefined
  if (row === undefined) throw new ApiError('PRODUCT_UNKNOWN')
  return row
}

/** Those that the credential sees. */
export async function pageOfProducts(
  { db }: Authority,
  reach: Reach,
  filter: ProductFilter,
  listing: Listing<ProductSort>,
): Promise<Slice<ProductRow>> {
  return listProducts(db, reach.products, filter, listing)
}

/** @throws {ApiError} PRODUCT_UNKNOWN, EDITION_UNKNOWN */
export async function readEdition(authority: Authority, reach: Reach, product: string, edition: number): Promise<EditionRow> {
  await readProduct(authority, reach, product)
  const row = await findEdition(authority.db, product, edition)
  if (row === undefined) throw new ApiError('EDITION_UNKNOWN')
  return row
}

/** @throws {ApiError} PRODUCT_UNKNOWN */
export async function pageOfEditions(
  authority: Authority,
  reach: Reach,
  product: string,
  listing: Listing<EditionSort>,
): Promise<Slice<EditionListed>> {
  await readProduct(authority, reach, product)
  return listEditions(authority.db, product, listing)
}

/** What the feed, the audit and webhooks hear of a new edition. Of one that is staged customers hear when it is promoted. */
export function sayPublished(change: Draft, { product, edition, hash, terms, staged }: EditionRow): void {
  change.state({ fact: 'edition', product, edition, terms, ...(staged && { staged }) })
  change.note({ edition, hash, ...(staged && { staged }) })
  change.announce({
    type: 'edition.published',
    product,
    ...(!staged && { organizations: 'all' }),
    data: { product, edition, hash, ...(staged && { staged }) },
  })
}

function listed({ terms: _terms, source: _source, ...row }: EditionRow): EditionListed {
  return row
}
