import fastJsonStringify, { type AnySchema } from 'fast-json-stringify'
import type { FastifySerializerCompiler } from 'fastify'

type Serializer = (data: unknown) => string

const made = new WeakMap<object, Serializer>()

/** Writes what the schema names, and nothing else. One for each schema: what a route may answer with is to a large part what all may. */
export function serializerOf(schema: object): Serializer {
  let serializer = made.get(schema)
  if (serializer === undefined) {
    serializer = fastJsonStringify(schema as AnySchema)
    made.set(schema, serializer)
  }
  return serializer
}

/** Made when a route first answers so: to make those of all routes took most of a start. */
export const lazySerializers: FastifySerializerCompiler<unknown> = ({ schema }) => {
  let serializer: Serializer | undefined
  return (data) => {
    serializer ??= serializerOf(schema as object)
    return serializer(data)
  }
}
