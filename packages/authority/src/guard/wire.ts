import { formatInstant, type Impact, type ImpactReport, type Sight } from '@writ/engine'
import Type, { type Static } from 'typebox'
import { type Reach, seesOrganization, seesProduct } from '../enforcers/scope.ts'

const counts = {
  losing: Type.Integer({ description: 'Identities that can use something no more.' }),
  gaining: Type.Integer({ description: 'Identities that can use something that they could not.' }),
  changing: Type.Integer({
    description: 'Identities that can use something still, in another way: a stronger proof, other hours, a smaller limit.',
  }),
}
const At = Type.String({ format: 'date-time' })
const EffectWire = Type.Object({
  feature: Type.String(),
  command: Type.Optional(Type.String()),
  effect: Type.Union([Type.Literal('loses'), Type.Literal('gains'), Type.Literal('changes')]),
  at: At,
  reason: Type.Optional(Type.String({ description: 'Of a loss, why not any more; of a gain, why not before.' })),
  parts: Type.Optional(Type.Array(Type.String(), { description: 'Of a change, what is another: assurance, conditions, quota, …' })),
})

/** Of an impact, as far as a credential sees. */
export const ImpactWire = Type.Object({
  revision: Type.Integer(),
  from: At,
  until: Type.Optional({ ...At, description: 'Exclusive. Absent: however late it is.' }),
  ...counts,
  products: Type.Array(Type.Object({ product: Type.String(), ...counts })),
  features: Type.Array(Type.Object({ product: Type.String(), feature: Type.String(), command: Type.Optional(Type.String()), ...counts })),
  instants: Type.Array(Type.Object({ at: At, ...counts }), { description: 'When it begins, the first ones.' }),
  groups: Type.Array(
    Type.Object({
      identities: Type.Integer(),
      examples: Type.Array(Type.String()),
      organization: Type.Optional(Type.String({ description: 'Absent: by licences of their own.' })),
      product: Type.String(),
      licenses: Type.Array(Type.Object({ license: Type.String(), plan: Type.String(), edition: Type.Integer() }), {
        description: 'Of the organization for the product, as they are now.',
      }),
      roles: Type.Optional(Type.Array(Type.String())),
      effects: Type.Array(EffectWire),
    }),
    { description: 'Those who share all that decides, the largest first.' },
  ),
  more_groups: Type.Integer({ description: 'Groups that are not shown.' }),
})
export type ImpactShown = Static<typeof ImpactWire>

/** Beside the impact of a whole, that of the part which is made now, where it takes something that the whole does not. */
export const meanwhileWire = {
  meanwhile: Type.Optional({
    ...ImpactWire,
    description:
      'Of a batch of licences that are moved to another edition: what it takes by itself, some of it only until a later batch gives it back. `impact` is of all that is left, and both are confirmed.',
  }),
  losing: Type.Optional(Type.Integer({ description: 'With `meanwhile`: identities that lose something by either.' })),
}

/** What is asked about: a whole, and what a part of it takes beside. */
export interface Held {
  readonly found: Impact
  readonly part?: Impact
}

export interface HeldShown {
  readonly impact: ImpactShown
  readonly meanwhile?: ImpactShown
  readonly losing?: number
}

const MOST_GROUPS = 50
const MOST_FEATURES = 200
const MOST_INSTANTS = 50
const MOST_LICENSES = 10

export function shownTo(impact: Impact, reach: Reach | undefined): ImpactShown {
  return shown(impact.report(reach && sightOf(reach)))
}

export function heldTo({ found, part }: Held, reach: Reach | undefined): HeldShown {
  const impact = shownTo(found, reach)
  if (part === undefined) return { impact }
  const sight = reach && sightOf(reach)
  return { impact, meanwhile: shownTo(part, reach), losing: losingBy({ found, part }, sight) }
}

/** How many lose something by a whole or by a part of it. */
export function losingBy({ found, part }: Held, sight?: Sight): number {
  return new Set([...found.losing(sight), ...(part?.losing(sight) ?? [])]).size
}

function sightOf(reach: Reach): Sight {
  return { organization: (id) => seesOrganization(reach, id), product: (name) => seesProduct(reach, name) }
}

function shown({ revision, from, until, losing, gaining, changing, products, features, instants, groups }: ImpactReport): ImpactShown {
  return {
    revision,
    from: formatInstant(from),
    ...(Number.isFinite(until) && { until: formatInstant(until) }),
    losing,
    gaining,
    changing,
    products: products.map((each) => ({ ...each })),
    features: features.slice(0, MOST_FEATURES).map((each) => ({ ...each })),
    instants: instants.slice(0, MOST_INSTANTS).map(({ at, ...each }) => ({ at: formatInstant(at), ...each })),
    groups: groups.slice(0, MOST_GROUPS).map(({ examples, licenses, roles, effects, ...group }) => ({
      ...group,
      examples: [...examples],
      licenses: licenses.slice(0, MOST_LICENSES).map((each) => ({ ...each })),
      ...(roles && { roles: [...roles] }),
      effects: effects
        .slice(0, MOST_FEATURES)
        .map(({ product: _, at, parts, ...effect }) => ({ ...effect, at: formatInstant(at), ...(parts && { parts: [...parts] }) })),
    })),
    more_groups: Math.max(0, groups.length - MOST_GROUPS),
  }
}

/** RFC 9651, a dictionary: what a dry run says in its header. */
export function asHeader({ losing, gaining, changing, instants }: ImpactShown): string {
  const first = instants[0]
  return `losing=${losing}, gaining=${gaining}, changing=${changing}${first === undefined ? '' : `, first="${first.at}"`}`
}
