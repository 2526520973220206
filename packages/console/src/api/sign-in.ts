import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { answer } from '@writ/client'
import { type Answered, api } from './client.ts'

export type SignIn = Answered<'readSignIn'>

export const signInQuery = queryOptions({
  queryKey: ['sign-in'],
  queryFn: ({ signal }) => answer(api.GET('/v1/sign-in', { signal })),
  staleTime: 60_000,
})

export function signIn(key: string): Promise<SignIn> {
  return answer(api.POST('/v1/sign-in', { body: { key } }))
}

export function signOut(): Promise<SignIn> {
  return answer(api.DELETE('/v1/sign-in'))
}

/** Goes on as somebody else, or as nobody: what was read under one key must not be seen by who comes next. */
export function enter(queries: QueryClient, state: SignIn): void {
  queries.setQueryData(signInQuery.queryKey, state)
  queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== signInQuery.queryKey[0] })
}
