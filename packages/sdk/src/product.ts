import type { Question } from './question.ts'

/** What `writ terms types` writes of a product's terms: enough to type every question, and what holds when nobody answers. */
export interface Product {
  readonly product: string
  /** Of the terms that it was written from: `sha256:` and 64 hexadecimal digits. */
  readonly hash?: string
  readonly features: Readonly<Record<string, ProductFeature>>
  /** Assurance levels, weakest first. */
  readonly levels?: readonly string[]
  /** What an application may say beyond the standard facts. */
  readonly context?: Facts
  readonly properties?: { readonly subject?: Facts; readonly resource?: Facts; readonly action?: Facts }
}

export interface ProductFeature {
  readonly type: 'switch' | 'limit' | 'choice'
  /** Of a `choice`: the values, smallest first. */
  readonly values?: readonly string[]
  /** The kind of resource that the feature is asked about. */
  readonly resource?: string
  readonly commands?: readonly string[]
  /** The terms leave it open when the authority is out of reach, and no plan has a rate on it, which could not be counted then. */
  readonly open?: boolean
}

type FactType = 'string' | 'boolean' | 'number' | 'list of string'
type Facts = Readonly<Record<string, FactType>>

/** Where no product was given: every name is let through, and the authority says what it does not know. */
export type AnyProduct = Product

export type FeatureName<P extends Product> = keyof P['features'] & string

/** Features that can be asked about without naming a resource. */
export type PlainFeature<P extends Product> = {
  [F in FeatureName<P>]: P['features'][F] extends { readonly resource: string } ? never : F
}[FeatureName<P>]

/** A feature as a question may name it: with its product, or bare. */
export type Named<P extends Product, F extends string> = F | `${P['product']}:${F}`

/** The types of declared facts. */
export type FactsOf<D> = {
  readonly [K in keyof D]?: D[K] extends 'string'
    ? string
    : D[K] extends 'boolean'
      ? boolean
      : D[K] extends 'number'
        ? number
        : D[K] extends 'list of string'
          ? readonly string[]
          : string | boolean | number | readonly string[]
}

/** The feature that a question is about, as the product has it. */
export function featureOf<P extends Product>(product: P | undefined, { feature }: Pick<Question, 'feature'>): ProductFeature | undefined {
  if (product === undefined) return undefined
  const name = bareName(product, feature)
  return Object.hasOwn(product.features, name) ? product.features[name] : undefined
}

/** With its product, so that no second product of the same authority makes the name ambiguous. */
export function qualified(product: Product | undefined, feature: string): string {
  return product === undefined || feature.includes(':') ? feature : `${product.product}:${feature}`
}

function bareName({ product }: Product, feature: string): string {
  return feature.startsWith(`${product}:`) ? feature.slice(product.length + 1) : feature
}
