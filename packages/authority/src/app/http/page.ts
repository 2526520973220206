import Type, { type TSchema } from 'typebox'

/** Of every list: at most `limit` items, those after a cursor that the page before gave. */
export const PageQuery = Type.Object(
  {
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
    after: Type.Optional(Type.String({ minLength: 1, maxLength: 512, description: 'The `next` of the page before.' })),
  },
  { additionalProperties: false },
)

export const DEFAULT_LIMIT = 50

export function Page<T extends TSchema>(item: T) {
  return Type.Object({
    items: Type.Array(item),
    next: Type.Optional(Type.String({ description: 'Absent on the last page. May lead to an empty one.' })),
  })
}
