import { ApiProblem } from './api-problem.ts'

type Send = (request: Request) => Promise<Response>

/** Sends again what is held, once whoever asks has said so; and asks again when it comes to something else by then. */
export function confirming(send: Send, confirm: (held: ApiProblem) => Promise<string | undefined>): Send {
  const again: Send = async (request) => {
    if (request.method === 'GET' || request.method === 'HEAD') return send(request)
    const kept = request.clone()
    try {
      return await send(request)
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.code !== 'CONFIRMATION_REQUIRED') throw error
      const token = await confirm(error)
      if (token === undefined) throw error
      const headers = new Headers(kept.headers)
      headers.set('writ-confirmation', token)
      return again(new Request(kept, { headers }))
    }
  }
  return again
}
