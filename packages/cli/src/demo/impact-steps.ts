import { ApiProblem, answer, createClient, oneTime } from '@writ/client'
import { IN_GERMANY } from './decision-steps.ts'
import type { Tour } from './tour.ts'

const HORIZON_DAYS = 120

/** From whom a change would take what, before it is made; and what time alone will take. */
export async function impactSteps({ narrator, server, vendor, licenses, check }: Tour): Promise<void> {
  const path = `/v1/licenses/${licenses.acme}/revoke`

  await narrator.step('What would happen if the licence of acme were revoked?', async () => {
    const { losing, groups } = await answer(vendor.POST('/v1/impact', { body: { change: { method: 'POST', path } } }))
    narrator.holds(`${losing} people would lose what they have`, losing > 20)
    const [group] = groups
    const lost = group?.effects.filter(({ effect }) => effect === 'loses').map(({ feature }) => feature) ?? []
    narrator.say(
      `${group?.identities} of them as ${group?.roles?.join(', ')}: ${lost.slice(0, 4).join(', ')}${lost.length > 4 ? ' …' : ''}`,
    )
  })

  await narrator.step('It does not go through by accident', async () => {
    const unconfirmed = createClient({ url: server.url, key: server.key })
    const params = { path: { id: licenses.acme } }
    const refused = await answer(unconfirmed.POST('/v1/licenses/{id}/revoke', { params, headers: oneTime() })).then(
      () => 'done',
      (error: unknown) => (error instanceof ApiProblem ? error.code : String(error)),
    )
    narrator.holds(`held: ${refused}, until somebody confirms just that`, refused === 'CONFIRMATION_REQUIRED')
    const ann = { identity: 'ann', organization: 'acme', feature: 'atlas:dashboard.view', context: IN_GERMANY }
    narrator.answer('ann views a dashboard, as before', await check(ann), { allowed: true })
  })

  await narrator.step(`What will happen by itself in the next ${HORIZON_DAYS} days?`, async () => {
    const { losing, instants } = await answer(vendor.POST('/v1/impact', { body: { horizon_days: HORIZON_DAYS } }))
    const first = instants.find((instant) => instant.losing > 0)
    narrator.holds(
      `the licence of acme ends: ${first?.losing} people lose it from ${first?.at} on, its grace counted in`,
      (first?.losing ?? 0) > 20,
    )
    narrator.say(`${losing} in all; nobody need be surprised`)
  })
}
