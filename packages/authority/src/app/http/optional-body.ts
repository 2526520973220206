import Type, { type TObject } from 'typebox'

/** A body that may be left out: the server validates an absent one as null. */
export function OptionalBody<T extends TObject>(body: T) {
  return Type.Union([body, Type.Null()])
}
