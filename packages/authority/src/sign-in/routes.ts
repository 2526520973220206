import { formatInstant } from '@writ/engine'
import Type from 'typebox'
import { ApiError } from '../app/api-error.ts'
import type { Authority } from '../app/authority.ts'
import { problems } from '../app/http/errors.ts'
import type { Server } from '../app/http/server.ts'
import { readCookie, setCookie } from './cookie.ts'
import { fromOwnPage } from './own-page.ts'
import { keyOf, LIFE_SECONDS, signIn, signOut } from './service.ts'
import type { SignIn } from './sign-ins.ts'

const Key = Type.Object({
  id: Type.String(),
  name: Type.String(),
  scopes: Type.Array(Type.String()),
  products: Type.Optional(Type.Array(Type.String(), { description: 'Absent: all.' })),
  organizations: Type.Optional(Type.Array(Type.String(), { description: 'Absent: all.' })),
})
const State = Type.Object({
  authority: Type.String({ description: 'The id of the authority.' }),
  signed_in: Type.Boolean(),
  expires_at: Type.Optional(Type.String({ format: 'date-time', description: 'Exclusive.' })),
  key: Type.Optional(Key),
})

const tags = ['sign-in']
/** Whoever comes is not signed in yet, or wants to know. */
const config = { public: true } as const

export function signInRoutes(server: Server, authority: Authority): void {
  const state = async (found: SignIn | undefined) => {
    const row = found && (await keyOf(authority, found))
    if (found === undefined || row === undefined) return { authority: authority.id, signed_in: false }
    const { id, name, scopes, products, organizations } = row
    const key = {
      ...{ id, name, scopes: [...scopes] },
      ...(products !== null && { products: [...products] }),
      ...(organizations !== null && { organizations: [...organizations] }),
    }
    return { authority: authority.id, signed_in: true, expires_at: formatInstant(found.expires_at), key }
  }

  server.get(
    '/v1/sign-in',
    {
      config,
      schema: {
        operationId: 'readSignIn',
        summary: 'Read who is signed in by the cookie of this request',
        tags,
        response: { 200: State, ...problems },
      },
    },
    async (request) => {
      const token = readCookie(request, authority.id)
      return state(token === undefined || !fromOwnPage(request) ? undefined : authority.signIns.find(token))
    },
  )

  server.post(
    '/v1/sign-in',
    {
      config,
      bodyLimit: 1_024, // anybody may send one
      schema: {
        operationId: 'signIn',
        summary: 'Exchange an API key for the cookie of the console',
        description: 'From the page of the console alone. It ends after twelve hours, when it is ended, and with the secret that began it.',
        tags,
        body: Type.Object({ key: Type.String({ minLength: 1, maxLength: 128 }) }, { additionalProperties: false }),
        response: { 200: State, ...problems },
      },
    },
    async (request, reply) => {
      if (!fromOwnPage(request)) throw new ApiError('ORIGIN_REFUSED')
      const made = await signIn(authority, request.id, request.body.key)
      setCookie(request, reply, authority.id, made.token, LIFE_SECONDS)
      return state(made.signIn)
    },
  )

  server.delete(
    '/v1/sign-in',
    {
      config,
      schema: { operationId: 'signOut', summary: 'End the sign-in of this request', tags, response: { 200: State, ...problems } },
    },
    async (request, reply) => {
      if (!fromOwnPage(request)) throw new ApiError('ORIGIN_REFUSED')
      const token = readCookie(request, authority.id)
      const found = token === undefined ? undefined : authority.signIns.find(token)
      if (found !== undefined) await signOut(authority, request.id, found)
      setCookie(request, reply, authority.id, '', 0)
      return state(undefined)
    },
  )
}
