import { type CompiledFeature, type CompiledPlan, type CompiledTerms, compile, overriddenPlan, parse, type Terms } from '@writ/terms'
import type { EditionFact, LicenseFact } from './facts.ts'
import type { Sold } from './license-record.ts'
import { push } from './lists.ts'

/**
 * The product by which an authority protects its own API. Its features are named in full alone, so that they never make a vendor's bare
 * names ambiguous.
 */
export const AUTHORITY_PRODUCT = 'writ'

export interface ProductRecord {
  readonly name: string
  readonly editions: Map<number, CompiledTerms>
  /** The highest edition that is not staged, whose protective terms hold for all. */
  newest: CompiledTerms
  newestEdition: number
  /** Editions that are being rolled out: they bind who is on them, and nobody else. */
  readonly staged: Set<number>
}

/** A feature as a question names it. */
export interface NamedFeature {
  readonly product: ProductRecord
  readonly name: string
  /** `product:name` */
  readonly inFull: string
  readonly feature: CompiledFeature
}

/** The products with their editions, compiled: what there is to be sold. */
export class Products {
  readonly #products = new Map<string, ProductRecord>()
  readonly #facts: EditionFact[] = []
  /** Products that know a feature by its bare name. */
  #owners: Map<string, ProductRecord[]> | undefined
  /** By the names that questions gave them; what there is not is not kept. */
  readonly #features = new Map<string, NamedFeature>()
  readonly #sold = new WeakMap<CompiledPlan, Sold>()
  /** By the plan, and then by what is overridden. */
  readonly #soldOverridden = new WeakMap<CompiledPlan, Map<string, Sold>>()

  /** @throws {RangeError} when its terms do not parse; published editions always do */
  put(fact: EditionFact): void {
    const terms = compile(typeof fact.terms === 'string' ? parsed(fact.terms) : fact.terms)
    const product: ProductRecord = this.#products.get(fact.product) ?? {
      name: fact.product,
      editions: new Map(),
      newest: terms,
      newestEdition: fact.edition,
      staged: new Set(),
    }
    this.#products.set(fact.product, product)
    product.editions.set(fact.edition, terms)
    if (fact.staged) product.staged.add(fact.edition)
    else product.staged.delete(fact.edition)
    const newestEdition = newestOf(product)
    Object.assign(product, { newest: product.editions.get(newestEdition), newestEdition })
    const again = this.#facts.findIndex(({ product, edition }) => product === fact.product && edition === fact.edition)
    if (again === -1) this.#facts.push(fact)
    else this.#facts[again] = fact
    this.#forget()
  }

  /** @returns what makes the product's editions those of now again */
  before({ product, edition }: EditionFact): () => void {
    const known = this.#products.get(product)
    const editions = known && new Map(known.editions)
    const facts = [...this.#facts]
    const newest = known && { newest: known.newest, newestEdition: known.newestEdition }
    const isStaged = known?.staged.has(edition) === true
    return () => {
      const now = this.#products.get(product)
      if (known === undefined || editions === undefined) this.#products.delete(product)
      else {
        const before = editions.get(edition)
        if (before === undefined) now?.editions.delete(edition)
        else now?.editions.set(edition, before)
        Object.assign(known, newest)
        if (isStaged) known.staged.add(edition)
        else known.staged.delete(edition)
      }
      this.#facts.splice(0, this.#facts.length, ...facts)
      this.#forget()
    }
  }

  #forget(): void {
    this.#owners = undefined
    this.#features.clear()
  }

  find(name: string): ProductRecord | undefined {
    return this.#products.get(name)
  }

  all(): ProductRecord[] {
    return [...this.#products.values()]
  }

  facts(): Iterable<EditionFact> {
    return this.#facts
  }

  /** The product and feature that a question names: `atlas:report.export`, or `report.export` when one product alone knows it. */
  feature(name: string): NamedFeature | undefined {
    const known = this.#features.get(name)
    if (known !== undefined) return known
    const found = this.#findFeature(name)
    if (found !== undefined) this.#features.set(name, found)
    return found
  }

  #findFeature(name: string): NamedFeature | undefined {
    const colon = name.indexOf(':')
    const bare = colon === -1 ? name : name.slice(colon + 1)
    let product: ProductRecord | undefined
    if (colon === -1) {
      const owners = this.#allOwners().get(bare)
      product = owners?.length === 1 ? owners[0] : undefined
    } else product = this.#products.get(name.slice(0, colon))
    if (product === undefined) return undefined
    const feature = product.newest.features.get(bare) ?? newestWith(product, bare)
    return feature && { product, name: bare, inFull: `${product.name}:${bare}`, feature }
  }

  #allOwners(): Map<string, ProductRecord[]> {
    if (this.#owners !== undefined) return this.#owners
    const owners = new Map<string, ProductRecord[]>()
    const staged = new Map<string, ProductRecord[]>()
    for (const product of this.#products.values()) {
      if (product.name === AUTHORITY_PRODUCT) continue
      for (const [edition, terms] of product.editions) {
        const names = product.staged.has(edition) ? staged : owners
        for (const name of terms.features.keys()) if (!names.get(name)?.includes(product)) push(names, name, product)
      }
    }
    // What is only being rolled out takes a name from nobody.
    for (const [name, products] of staged) if (!owners.has(name)) owners.set(name, products)
    this.#owners = owners
    return owners
  }

  /** What a licence with these facts is sold as; `undefined` while its edition or plan is unknown here. */
  soldAs({ product, edition, plan: name, overrides }: Pick<LicenseFact, 'product' | 'edition' | 'plan' | 'overrides'>): Sold | undefined {
    const terms = this.#products.get(product)?.editions.get(edition)
    const plan = terms?.plans.get(name)
    if (terms === undefined || plan === undefined) return undefined
    // Shared by all licences of the plan: what thousands of them would each have anew is never at hand.
    const known = this.#sold.get(plan) ?? soldOf(terms, plan)
    this.#sold.set(plan, known)
    return overrides === undefined ? known : this.#overridden(known, overrides)
  }

  /** Shared by all licences of the plan that override the same. */
  #overridden({ terms, plan }: Sold, overrides: string): Sold | undefined {
    const all = this.#soldOverridden.get(plan) ?? new Map<string, Sold>()
    this.#soldOverridden.set(plan, all)
    const known = all.get(overrides)
    if (known !== undefined) return known
    const own = overriddenPlan(terms, plan.name, overrides)
    // What is issued is checked. Without its own terms a licence has none: the plan's may be wider.
    if (own === undefined) return undefined
    const sold = soldOf(terms, own)
    all.set(overrides, sold)
    return sold
  }
}

function soldOf(terms: CompiledTerms, plan: CompiledPlan): Sold {
  const { degradeTo } = plan.plan.grace
  const smaller = degradeTo === undefined ? undefined : terms.plans.get(degradeTo)
  return { terms, plan, ...(smaller && { degradeTo: smaller }) }
}

function parsed(text: string): Terms {
  const { terms } = parse(text)
  if (terms === undefined) throw new RangeError('an edition holds terms that do not parse')
  return terms
}

/** The highest edition that is not staged; facts come in any order, so while all known ones are, the highest of these. */
function newestOf({ editions, staged }: ProductRecord): number {
  const open = [...editions.keys()].filter((edition) => !staged.has(edition))
  return Math.max(...(open.length > 0 ? open : editions.keys()))
}

/** A feature as the newest edition knows it that has it; staged ones come last. */
function newestWith({ editions, staged }: ProductRecord, feature: string): CompiledFeature | undefined {
  let best: { rank: number; feature: CompiledFeature } | undefined
  for (const [edition, terms] of editions) {
    const found = terms.features.get(feature)
    const rank = staged.has(edition) ? -1 / edition : edition
    if (found !== undefined && (best === undefined || rank > best.rank)) best = { rank, feature: found }
  }
  return best?.feature
}
