import { createClient, type operations } from '@writ/client'
import { askAboutHeld } from '../parts/held.tsx'

/** The answer of an operation, as `operations` of the client names it. */
export type Answered<Name extends keyof operations> = Success<operations[Name]['responses']>
type Success<R> = R extends { 200: { content: { 'application/json': infer T } } }
  ? T
  : R extends { 201: { content: { 'application/json': infer T } } }
    ? T
    : never

/** The authority that served this page. The cookie of the sign-in goes along by itself; the header says that our own page asks. */
export const api = createClient({
  url: location.origin,
  confirm: askAboutHeld,
  fetch: (request) => {
    request.headers.set('x-writ-console', '1')
    return fetch(request)
  },
})
