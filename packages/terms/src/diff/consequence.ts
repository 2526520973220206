import { json, type Written } from '../write/document.ts'

/** What a consequence is about. These words are API; the sentence is not. */
export const CONSEQUENCE_TYPES = {
  product: 'the product is another one',
  title: 'what people read: of the product, a feature, a plan',
  order: 'the order of plans, or of the alternatives of an entry',
  wording: 'the same in other words: only the order of lists that have none',
  feature: 'a feature comes or goes',
  kind: 'what a feature is: its type, unit, meter, or the kind of resource it is asked about',
  values: 'the values of a choice',
  commands: 'the commands of a feature, or those that an entry covers',
  repair: 'whether a feature stays open when the licence has ended',
  unreachable: 'whether staleness alone closes a feature',
  minimum: 'the protective minimum of a feature',
  level: 'a level of assurance, what proves it, and their order',
  signal: 'what a signal does',
  meter: 'a meter',
  fact: 'a fact that is declared: of context, attributes or properties',
  role: 'what a role permits',
  federation: 'another authority',
  ends: 'when licences end',
  publish: 'who signs off an edition before it is published',
  plan: 'a plan comes or goes',
  price: 'the name of a price',
  trial: 'how long a trial is',
  seats: 'seats: how many, of which sort, for whom, how they are taken and kept',
  grace: 'how long grace is',
  degrade: 'what is left when expiry grace is over',
  enforcement: 'whether refusals are enforced or only recorded',
  includes: 'a plan gains or loses a feature, or one alternative of it',
  limit: 'how much is included, and what follows',
  rate: 'how fast',
  value: 'how many of a limit, which value of a choice',
  resources: 'which resources an entry covers',
  assurance: 'how surely, and how freshly, it must be proven',
  approval: 'who must approve, how many, for how long',
  obligations: 'what is recorded and masked',
  when: 'a condition',
  needs: 'a feature of another authority',
  hours: 'opening hours',
  regions: 'where the caller may be',
  networks: 'where the caller may call from',
} as const
export type ConsequenceType = keyof typeof CONSEQUENCE_TYPES

export type Json = string | number | boolean | readonly Json[] | { readonly [name: string]: Json }

/** What another edition comes to, in one respect. */
export interface Consequence {
  readonly type: ConsequenceType
  /** `narrows`: something that was allowed may be refused. `widens`: only something that was refused may be allowed. `neutral`: neither. */
  readonly direction: 'narrows' | 'widens' | 'neutral'
  /** `at_once`: protective, for every licence of every edition ever sold. Else for licences sold under, or moved to, the new edition. */
  readonly effect: 'at_once' | 'sold_or_moved'
  readonly plan?: string
  readonly feature?: string
  readonly role?: string
  /** Of a level, signal, meter, fact, alias, price or cause of grace. */
  readonly name?: string
  /** Which of several alternatives, from 1: in the new edition, or in the old one where it is gone. */
  readonly entry?: number
  /** As the canonical form writes it; absent: there was none. */
  readonly before?: Json
  readonly after?: Json
  readonly sentence: string
}

export type Where = Pick<Consequence, 'plan' | 'feature' | 'role' | 'name' | 'entry'>
type Direction = Consequence['direction']

export interface Told {
  readonly type: ConsequenceType
  readonly direction: Direction
  readonly where?: Where
  readonly before?: Written | undefined
  readonly after?: Written | undefined
  readonly sentence: string
  readonly effect?: Consequence['effect']
}
export type Tell = (told: Told) => void

/** Collects consequences; what takes away comes first, and of that what takes it from everybody at once. */
export class Consequences {
  readonly #all: Consequence[] = []

  readonly tell: Tell = ({ type, direction, where, before, after, sentence, effect = 'sold_or_moved' }) => {
    this.#all.push({
      type,
      direction,
      effect,
      ...where,
      ...(before !== undefined && { before: plain(before) }),
      ...(after !== undefined && { after: plain(after) }),
      sentence,
    })
  }

  get none(): boolean {
    return this.#all.length === 0
  }

  sorted(): readonly Consequence[] {
    return this.#all.toSorted((a, b) => rank(a) - rank(b))
  }
}

function rank({ direction, effect }: Consequence): number {
  return { narrows: 0, widens: 2, neutral: 4 }[direction] + (effect === 'at_once' ? 0 : 1)
}

function plain(value: Written): Json {
  return JSON.parse(json(value)) as Json
}
