import type { WireDecision } from '@writ/engine'
import Type, { type TSchema } from 'typebox'

const Id = Type.String({ minLength: 1, maxLength: 256 })
const Instant = Type.String({ minLength: 20, maxLength: 40, description: 'RFC 3339' })
const FactValue = Type.Union([
  Type.String({ maxLength: 4096 }),
  Type.Boolean(),
  Type.Number(),
  Type.Array(Type.String({ maxLength: 1024 }), { maxItems: 100 }),
])
const Facts = Type.Record(Type.String({ minLength: 1, maxLength: 100 }), Type.Union([FactValue, Type.Null()]), { maxProperties: 64 })
const Labels = Type.Record(Type.String({ minLength: 1, maxLength: 100 }), Type.String({ maxLength: 256 }), { maxProperties: 64 })
const Properties = Type.Record(Type.String({ minLength: 1, maxLength: 100 }), FactValue, { maxProperties: 64 })

export const Who = Type.Union([
  Id,
  Type.Object(
    { issuer: Type.String({ minLength: 1, maxLength: 512 }), subject: Type.String({ minLength: 1, maxLength: 256 }) },
    { additionalProperties: false },
  ),
])

const Resource = Type.Union([
  Id,
  Type.Object(
    {
      id: Id,
      kind: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
      environment: Type.Optional(Type.String({ maxLength: 100 })),
      region: Type.Optional(Type.String({ maxLength: 100 })),
      labels: Type.Optional(Labels),
    },
    { additionalProperties: false },
  ),
])

const Proof = Type.Object(
  { level: Type.String({ minLength: 1, maxLength: 100 }), at: Instant, session: Type.Optional(Id), device: Type.Optional(Id) },
  { additionalProperties: false },
)

const Consume = Type.Object(
  {
    amount: Type.Integer({ minimum: 1, maximum: 1_000_000_000 }),
    // Printable ASCII: what the store would alter or refuse could not be found again.
    id: Type.String({
      pattern: '^[\\x21-\\x7e][\\x20-\\x7e]{0,255}$',
      description:
        'Unique to this credential; sending it again gives the first answer again, unless the identity or the licence has ended since. 1 to 256 printable ASCII characters.',
    }),
  },
  { additionalProperties: false },
)

const Wanted = Type.Union([Type.Number({ minimum: 0, maximum: 1e15 }), Type.String({ minLength: 1, maxLength: 100 })])

/** The question of `POST /v1/check`; `decision.md` section 1. */
export const question = {
  identity: Type.Optional(Who),
  actor: Type.Optional(Who),
  organization: Type.Optional(Id),
  feature: Type.String({
    minLength: 1,
    maxLength: 256,
    description: '`atlas:report.export`, or `report.export` where one product alone knows it.',
  }),
  commands: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { maxItems: 100 })),
  resource: Type.Optional(Resource),
  context: Type.Optional(Facts),
  proofs: Type.Optional(Type.Array(Proof, { maxItems: 50 })),
  wanted: Type.Optional(Wanted),
  partial: Type.Optional(Type.Boolean()),
  properties: Type.Optional(
    Type.Object(
      { subject: Type.Optional(Properties), resource: Type.Optional(Properties), action: Type.Optional(Properties) },
      { additionalProperties: false },
    ),
  ),
}

export const CheckRequest = Type.Object({ ...question, consume: Type.Optional(Consume) }, { additionalProperties: false })

export const ExplainRequest = Type.Object(
  {
    ...question,
    consume: Type.Optional(Consume),
    at: Type.Optional(Type.String({ minLength: 20, maxLength: 40, description: 'RFC 3339. Needs the scope `simulate`.' })),
  },
  {
    additionalProperties: false,
    description: 'As a check; nothing is consumed. With `at` the answer is for that instant, and marked `simulated`.',
  },
)

/** A remedy, notice or obligation: its `type`, and the members that this type has. */
function Typed(...types: string[]): TSchema {
  return Type.Object({ type: Type.Enum(types) }, { additionalProperties: true })
}

const Gate = Type.Object({
  gate: Type.String(),
  outcome: Type.Enum(['passed', 'refused', 'softened', 'skipped']),
  reason: Type.Optional(Type.String()),
  detail: Type.Optional(Type.String()),
})

export const Answer = Type.Object({
  allowed: Type.Boolean(),
  reason: Type.Optional(Type.String({ description: 'On a refusal only; one of the codes of decision.md section 3.' })),
  remedies: Type.Array(
    Typed('buy', 'renew', 'contact', 'wait', 'assign_seat', 'upgrade', 'request_access', 'step_up', 'enrol', 'reconnect', 'reactivate'),
  ),
  obligations: Type.Array(Typed('record', 'mask')),
  notices: Type.Array(Typed('in_grace', 'trial', 'overage', 'degraded', 'would_refuse', 'stale')),
  value: Type.Optional(Type.Union([Type.Number(), Type.String()])),
  admitted: Type.Optional(Type.Number()),
  license: Type.Optional(Type.String()),
  entry: Type.Optional(Type.Integer()),
  grant: Type.Optional(Type.String()),
  edition: Type.Optional(Type.Integer()),
  revision: Type.Integer(),
  expires: Type.Optional(Type.String({ description: 'RFC 3339: the first instant at which time alone changes the answer.' })),
  simulated: Type.Optional(Type.Boolean()),
  trace: Type.Optional(
    Type.Array(
      Type.Object({
        license: Type.Optional(Type.String()),
        plan: Type.Optional(Type.String()),
        overrides: Type.Optional(Type.Array(Type.String(), { description: 'What of the plan the licence overrides here.' })),
        entry: Type.Optional(Type.Integer()),
        gates: Type.Array(Gate),
      }),
    ),
  ),
})

/** The answer; `decision.md` section 9. */
export const DecisionSchema = Type.Unsafe<WireDecision>(Answer)
