import { expect, test } from 'vitest'
import { json, type Reply, writTo } from '../test/fake-authority.ts'
import { Writ } from './index.ts'

const plainYes: Reply = ({ body }) => json({ evaluations: (body.evaluations as unknown[]).map(() => ({ decision: true })) })

test('a batch is one request, and each question is an evaluation of its own', async () => {
  const { writ, asked } = writTo(plainYes)
  await writ.batch([
    { identity: 'ann', feature: 'cross', organization: 'acme', context: { ip: '10.0.0.1' }, consume: { amount: 1, id: 'c-1' } },
    { identity: 'ann', feature: 'engine', resource: 'mary', commands: ['start'] },
    { identity: 'ann', feature: 'engine', resource: { id: 'bess', labels: { age: 'old' } } },
  ])
  expect(asked).toMatchObject([
    {
      path: '/access/v1/evaluations',
      body: {
        evaluations: [
          {
            subject: { type: 'user', id: 'ann' },
            action: { name: 'ferry:cross' },
            resource: { type: 'product', id: 'ferry:cross' },
            context: { ip: '10.0.0.1', organization: 'acme', consume: { amount: 1, id: 'c-1' } },
          },
          { action: { name: 'ferry:engine', properties: { commands: ['start'] } }, resource: { type: 'ship', id: 'mary' } },
          { resource: { type: 'ship', id: 'bess', properties: { labels: { age: 'old' } } } },
        ],
      },
    },
  ])
})

test('a plain yes, a no with its reason, a no that says nothing, and an item at fault are each a decision', async () => {
  const refused = { allowed: false, reason: 'no_license', remedies: [{ type: 'buy' }], obligations: [], notices: [], revision: 4 }
  const evaluations = [
    { decision: true },
    { decision: false, context: refused },
    { decision: false },
    { decision: false, context: { error: { status: 422, message: 'reused' } } },
    // Says yes and no at once.
    { decision: true, context: refused },
  ]
  const { writ } = writTo(() => json({ evaluations }))
  const nothing = { remedies: [], obligations: [], notices: [] }
  expect(await writ.batch(evaluations.map(() => ({ identity: 'ann', feature: 'cross' }) as const))).toEqual([
    { allowed: true, ...nothing },
    refused,
    { allowed: false, ...nothing },
    { allowed: false, ...nothing, error: { status: 422, message: 'reused' } },
    refused,
  ])
})

const broken: { name: string; body: unknown }[] = [
  { name: 'too few', body: { evaluations: [] } },
  { name: 'too many', body: { evaluations: [{ decision: true }, { decision: true }] } },
  { name: 'none', body: {} },
  { name: 'one that does not say', body: { evaluations: [{}] } },
]
for (const { name, body } of broken)
  test(`answers that do not fit the questions are none: ${name}`, async () => {
    await expect(writTo(() => json(body)).writ.batch([{ identity: 'ann', feature: 'cross' }])).rejects.toMatchObject({
      code: 'ANSWER_MALFORMED',
    })
  })

test('what an evaluation cannot say is named before anything is asked', async () => {
  const { writ, asked } = writTo(plainYes)
  const faulty = { identity: { issuer: 'i', subject: 's' }, feature: 'cross' } as const
  await expect(writ.batch([faulty])).rejects.toMatchObject({ code: 'QUESTION_INVALID', details: { member: 'identity' } })
  const untyped = new Writ({ url: 'http://authority.test' })
  const unknown = untyped.batch([{ identity: 'ann', feature: 'engine', resource: 'mary' }])
  await expect(unknown).rejects.toMatchObject({ details: { member: 'resource' } })
  const clash = untyped.batch([{ identity: 'ann', feature: 'cross', context: { wanted: 'x' } }])
  await expect(clash).rejects.toMatchObject({ details: { member: 'context' } })
  const many = Array.from({ length: 1001 }, () => ({ identity: 'ann', feature: 'cross' }) as const)
  await expect(writ.batch(many)).rejects.toMatchObject({ code: 'BATCH_TOO_LARGE', details: { most: 1000 } })
  expect(await writ.batch([])).toEqual([])
  expect(asked).toEqual([])
})

test('entitlements are a decision for each feature that needs no resource, with the obligations held', async () => {
  const { writ, asked } = writTo(({ body }) => {
    const items = body.evaluations as { action: { name: string } }[]
    const context = { allowed: true, remedies: [], obligations: [{ type: 'record' }], notices: [] }
    return json({ evaluations: items.map(({ action }) => ({ decision: true, ...(action.name === 'ferry:deck' && { context }) })) })
  })
  const { cross, view, deck } = await writ.entitlements({ identity: 'ann', organization: 'acme' })
  expect([cross.allowed, view.allowed, deck.allowed]).toEqual([true, true, false])
  expect(Object.keys(await writ.entitlements('ann'))).toEqual(['cross', 'view', 'deck'])
  expect(asked[0]?.body).toMatchObject({ evaluations: [{ context: { organization: 'acme' } }, {}, {}] })
  await expect(new Writ({ url: 'http://authority.test' }).entitlements('ann')).rejects.toMatchObject({ code: 'PRODUCT_NEEDED' })
})
