import Type, { type Static } from 'typebox'
import type { NewlyUnprovable, Unprovable } from './unprovable.ts'

export const UnprovableWire = Type.Object({
  plan: Type.String(),
  level: Type.String(),
  features: Type.Array(Type.String(), { description: 'That ask for it.' }),
  lacking: Type.Array(Type.String(), { description: 'What they would have to enrol: any one of these proves it.' }),
  identities: Type.Integer({ description: 'Active members and holders, none of whose factors reaches the level.' }),
  unknown: Type.Integer({ description: 'Those of whom no factors are recorded.' }),
})

/** Of terms that are no edition yet: what they ask for and the newest edition does not. */
export const NewlyUnprovableWire = Type.Object({
  ...UnprovableWire.properties,
  effect: Type.Union([Type.Literal('at_once'), Type.Literal('sold_or_moved')], {
    description: '`at_once`: of everybody with the plan, as soon as it is published. `sold_or_moved`: once they are on it.',
  }),
})

export function shownUnprovable({ features, lacking, ...rest }: Unprovable): Static<typeof UnprovableWire> {
  return { ...rest, features: [...features], lacking: [...lacking] }
}

export function shownNewlyUnprovable({ effect, ...rest }: NewlyUnprovable): Static<typeof NewlyUnprovableWire> {
  return { ...shownUnprovable(rest), effect }
}
