import { answer, oneTime } from '@writ/client'
import { formatInstant } from '@writ/engine'
import { IN_GERMANY } from './decision-steps.ts'
import { OVERLAP } from './people.ts'
import type { Tour } from './tour.ts'

const DAY = 86_400_000

export async function lifeSteps({ narrator, vendor, licenses, check, explainAt }: Tour): Promise<void> {
  await narrator.step('A licence ends: grace, then no more, and who can repair is never locked out', async () => {
    const asked = formatInstant(Math.floor(Date.now() / DAY) * DAY + 90 * DAY)
    const renewed = await answer(
      vendor.POST('/v1/licenses/{id}/renew', { params: { path: { id: licenses.acme } }, body: { ends: asked }, headers: oneTime() }),
    )
    const ends = Date.parse(renewed.ends ?? '')
    narrator.say(`acme is renewed until ${asked}; the terms make that ${renewed.ends}, a working day at noon`)
    narrator.holds('the end is never earlier than asked', ends >= Date.parse(asked))
    const viewing = { identity: 'ann', organization: 'acme', feature: 'atlas:dashboard.view', context: IN_GERMANY }
    narrator.answer('ann views a dashboard one second before the end', await explainAt(viewing, ends - 1_000), {
      allowed: true,
      notices: [],
      simulated: true,
    })
    narrator.answer('one day after it', await explainAt(viewing, ends + DAY), { allowed: true, notices: ['in_grace'], simulated: true })
    const over = ends + 3 * DAY
    narrator.answer('three days after it: the grace is over', await explainAt(viewing, over), {
      allowed: false,
      reason: 'license_expired',
      remedies: ['renew'],
      simulated: true,
    })
    const repairing = { ...viewing, feature: 'atlas:plan.change', proofs: [{ level: 'otp', at: formatInstant(over - 60_000) }] }
    narrator.answer('and changes the plan, then, which stays open', await explainAt(repairing, over), { allowed: true, simulated: true })
  })

  await narrator.step('A licence is suspended', async () => {
    const question = { identity: 'gina', organization: 'globex', feature: 'atlas:dashboard.view' }
    const params = { path: { id: licenses.globex } }
    await answer(vendor.POST('/v1/licenses/{id}/suspend', { params, headers: oneTime() }))
    narrator.answer('gina of globex views a dashboard', await check(question), {
      allowed: false,
      reason: 'license_suspended',
      remedies: ['contact'],
    })
    await answer(vendor.POST('/v1/licenses/{id}/resume', { params, headers: oneTime() }))
    narrator.answer('the licence is resumed', await check(question), { allowed: true })
  })

  await narrator.step('An identity is revoked: everywhere, at the next question', async () => {
    const question = { identity: OVERLAP, organization: 'globex', feature: 'atlas:dashboard.view' }
    narrator.answer(`${OVERLAP} works for globex`, await check(question), { allowed: true })
    const { status } = await answer(vendor.POST('/v1/identities/{id}/revoke', { params: { path: { id: OVERLAP } }, headers: oneTime() }))
    narrator.say(`${OVERLAP} is ${status}; no licence was touched`)
    narrator.answer('the next question', await check(question), { allowed: false, reason: 'identity_revoked', remedies: [] })
    narrator.answer('and at acme', await check({ ...question, organization: 'acme', context: IN_GERMANY }), {
      allowed: false,
      reason: 'identity_revoked',
    })
  })
}
