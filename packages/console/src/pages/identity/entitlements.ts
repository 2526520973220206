import { type Contract, covers } from '../../api/contract.ts'
import type { Decision, Identity, Resource } from '../../api/records.ts'
import { OWN, type SoldProduct } from '../../api/terms.ts'
import type { Body } from '../ask/question.ts'

/** One thing that an identity might do, and the question that asks it. */
export interface Possible {
  readonly product: string
  readonly feature: string
  readonly title: string
  readonly organization: string | undefined
  readonly resource: string | undefined
  readonly meter: string | undefined
  readonly body: Body
}

/** What stands between an identity and a yes: nothing, something that they can bring themselves, or somebody else's decision. */
export type Standing = 'may' | 'with' | 'not'

/** Asked of each feature of each product, in each organization; of a feature about a resource, each resource of that kind. */
export function possible(
  identity: Identity,
  products: readonly SoldProduct[],
  resources: readonly Resource[],
  country: string | undefined,
): readonly Possible[] {
  const places = Object.keys(identity.in)
  return (places.length === 0 ? [undefined] : places).flatMap((organization) =>
    // Who runs the authority does so by its own product, and by that alone.
    products
      .filter(({ id }) => (id === OWN) === (organization === OWN))
      .flatMap(({ id: product, contract }) =>
        Object.entries(contract.features ?? {}).flatMap(([name, { title = name, resource: kind, meter }]) => {
          const reached = kind === undefined ? [undefined] : resources.filter((each) => each.kind === kind).map(({ id }) => id)
          return reached.map((resource) => ({
            product,
            feature: `${product}:${name}`,
            title,
            organization,
            resource,
            meter,
            body: {
              identity: identity.id,
              feature: `${product}:${name}`,
              ...(organization !== undefined && { organization }),
              ...(resource !== undefined && { resource }),
              ...(country !== undefined && { context: { country } }),
            },
          }))
        }),
      ),
  )
}

/** What they bring with the question: a proof, where they are, an approval, or another hour. The rights are theirs. */
const BROUGHT: readonly string[] = [
  'step_up_required',
  'approval_required',
  'context_missing',
  'outside_region',
  'outside_network',
  'outside_hours',
  'condition_failed',
  'rate_limited',
]

export function standing({ allowed, reason }: Decision): Standing {
  return allowed ? 'may' : BROUGHT.includes(reason ?? '') ? 'with' : 'not'
}

/** The roles held there that permit a feature. */
export function rolesFor(
  identity: Identity,
  organization: string | undefined,
  feature: string,
  contract: Contract | undefined,
): readonly string[] {
  const name = feature.split(':').pop() ?? feature
  const held = organization === undefined ? [] : (identity.in[organization] ?? [])
  return held.filter((role) => (contract?.roles?.[role] ?? []).some((pattern) => covers(pattern, name)))
}
