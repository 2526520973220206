import { expect, test } from 'vitest'
import { type ApiProblem, answer, createClient } from './index.ts'

/** An authority that holds every mutation, twice. */
function heldTwice() {
  const sent: { body: string; word: string | null }[] = []
  const fetch = async (request: Request): Promise<Response> => {
    sent.push({ body: await request.text(), word: request.headers.get('writ-confirmation') })
    if (sent.length > 2) return Response.json({ id: 'acme', title: 'Acme', version: 1 })
    const body = { code: 'CONFIRMATION_REQUIRED', detail: 'held', confirmation: { token: `t${sent.length}` } }
    return Response.json(body, { status: 409, headers: { 'content-type': 'application/problem+json' } })
  }
  return { sent, fetch }
}
const tokenOf = ({ members }: ApiProblem) => (members.confirmation as { token: string }).token
const create = { body: { id: 'acme', title: 'Acme' } }

test('what is held is sent again, whole, with the word of who was asked; and asked about again when it changed', async () => {
  const { sent, fetch } = heldTwice()
  const client = createClient({ url: 'http://authority.example', fetch, confirm: async (held) => tokenOf(held) })
  await answer(client.POST('/v1/organizations', create))
  const body = JSON.stringify(create.body)
  expect(sent).toEqual([
    { body, word: null },
    { body, word: 't1' },
    { body, word: 't2' },
  ])
})

test('what nobody confirms is told as it was held', async () => {
  const { sent, fetch } = heldTwice()
  const client = createClient({ url: 'http://authority.example', fetch, confirm: async () => undefined })
  await expect(answer(client.POST('/v1/organizations', create))).rejects.toMatchObject({ code: 'CONFIRMATION_REQUIRED' })
  expect(sent).toHaveLength(1)
})
