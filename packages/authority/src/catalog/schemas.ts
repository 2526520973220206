import { CONSEQUENCE_TYPES, type ConsequenceType } from '@writ/terms'
import Type from 'typebox'
import { Id } from '../app/ids.ts'

export const HASH_PATTERN = '^sha256:[0-9a-f]{64}$'
export const EditionNumber = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })
export const ByProduct = Type.Object({ product: Id })
export const ByEdition = Type.Object({ product: Id, edition: EditionNumber })
export const TermsSource = Type.String({ description: 'The terms file, YAML, at most 1 MiB.' })

/** Terms are at most 1 MiB; as JSON text they may be four times that and more, if only quotes and control characters. */
export const BODY_LIMIT = 4 << 20

const Hash = Type.String({ description: 'Of the canonical form: `sha256:` and 64 hexadecimal digits.' })

export const Edition = Type.Object({
  product: Id,
  edition: Type.Integer({ minimum: 1 }),
  hash: Hash,
  title: Type.String(),
  published_at: Type.String({ format: 'date-time' }),
  published_by: Type.String(),
  staged: Type.Optional(Type.Literal(true, { description: 'It is there for a roll-out, and not what new licences get.' })),
})

/** An edition by its number and hash. */
export const Named = Type.Object({ edition: Type.Integer({ minimum: 1 }), hash: Hash })

export const Consequence = Type.Object({
  type: Type.Unsafe<ConsequenceType>({ type: 'string', enum: Object.keys(CONSEQUENCE_TYPES), description: 'What it is about.' }),
  direction: Type.Union([Type.Literal('narrows'), Type.Literal('widens'), Type.Literal('neutral')], {
    description: '`narrows`: something that was allowed may be refused. `widens`: only what was refused may be allowed.',
  }),
  effect: Type.Union([Type.Literal('at_once'), Type.Literal('sold_or_moved')], {
    description:
      '`at_once`: protective, for every licence of every edition ever sold. `sold_or_moved`: for licences sold under, or moved to, the new edition.',
  }),
  plan: Type.Optional(Type.String()),
  feature: Type.Optional(Type.String()),
  role: Type.Optional(Type.String()),
  name: Type.Optional(Type.String({ description: 'Of a level, signal, meter, fact, alias, price or cause of grace.' })),
  entry: Type.Optional(Type.Integer({ description: 'Which of several alternatives, from 1; where it is gone, in the old edition.' })),
  before: Type.Optional(Type.Unknown({ description: 'As the canonical form writes it; absent: there was none.' })),
  after: Type.Optional(Type.Unknown()),
  sentence: Type.String({ description: 'For people. Not stable.' }),
})
