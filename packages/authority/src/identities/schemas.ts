import type { FactValue } from '@writ/engine'
import Type from 'typebox'
import { Text } from '../app/http/text.ts'
import { Id } from '../app/ids.ts'
import type { Attributes, Memberships } from './store.ts'

/** What terms call things. Terms may come later or change, so a name that none knows is kept. */
export const TermsName = Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$' })

export const Kind = Type.Union([Type.Literal('human'), Type.Literal('service'), Type.Literal('machine'), Type.Literal('agent')])
export const Status = Type.Union([Type.Literal('active'), Type.Literal('suspended'), Type.Literal('revoked')])
export const Roles = Type.Array(TermsName, { maxItems: 50, uniqueItems: true })

const Value = Type.Unsafe<FactValue>(
  Type.Union([
    Type.String({ maxLength: 1_024 }),
    Type.Boolean(),
    Type.Number(),
    Type.Array(Type.String({ maxLength: 1_024 }), { maxItems: 100 }),
  ]),
)
export const Values = Type.Unsafe<Attributes>(
  Type.Record(Type.String({ pattern: '^[A-Za-z][A-Za-z0-9_.]{0,99}$' }), Value, { additionalProperties: false, maxProperties: 100 }),
)
const MembershipMap = Type.Unsafe<Memberships>({
  ...Type.Record(Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._:@-]{0,127}$' }), Roles, {
    additionalProperties: false,
    maxProperties: 256,
  }),
  description: 'Memberships: organization id to roles.',
})
const LinkList = Type.Array(
  Type.Object(
    {
      issuer: Type.String({ pattern: '^[\\x21-\\x7e]{1,512}$', description: 'The URL of the issuer, compared exactly.' }),
      subject: Text(255),
    },
    { additionalProperties: false },
  ),
  { maxItems: 20, description: 'How other issuers name this identity. A pair belongs to one identity only.' },
)
const Levels = Type.Array(TermsName, { maxItems: 50, uniqueItems: true, description: 'Assurance levels that the enrolled factors reach.' })

/** What may be said of an identity; `null` takes back. */
export const input = {
  name: Type.Optional(Type.Union([Text(200), Type.Null()])),
  in: Type.Optional(MembershipMap),
  factors: Type.Optional(Type.Union([Levels, Type.Null()], { description: '`null`, or absent when it is made: all levels.' })),
  attributes: Type.Optional(Values),
  links: Type.Optional(LinkList),
}

export const IdentitySchema = Type.Object({
  id: Id,
  kind: Kind,
  status: Status,
  name: Type.Optional(Type.String()),
  in: MembershipMap,
  factors: Type.Optional(Levels),
  attributes: Values,
  links: LinkList,
  version: Type.Integer({ description: 'Also the ETag.' }),
  created_at: Type.String({ format: 'date-time' }),
  updated_at: Type.String({ format: 'date-time' }),
})

export const SignalSchema = Type.Object({
  id: Id,
  identity: Id,
  name: Type.String(),
  session: Type.Optional(Type.String()),
  device: Type.Optional(Type.String()),
  at: Type.String({ format: 'date-time' }),
})
