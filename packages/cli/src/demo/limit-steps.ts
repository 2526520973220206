import { answer, oneTime } from '@writ/client'
import type { WireDecision } from '@writ/engine'
import { IN_GERMANY } from './decision-steps.ts'
import { AT_ACME } from './people.ts'
import type { Tour } from './tour.ts'

const HOURS = /^ *hours: .*\n/m

/** Real consumption must come out the same at any hour, so Acme moves to an edition that is open around the clock. */
export async function limitSteps(tour: Tour, source: string): Promise<void> {
  const { narrator, vendor, licenses, check } = tour

  await narrator.step('A new edition of the contract: open around the clock', async () => {
    const terms = source.replace(HOURS, '')
    narrator.holds('one line of the file is gone: the opening hours', terms.length < source.length)
    const path = { product: 'atlas' }
    const made = await answer(vendor.POST('/v1/products/{product}/editions', { params: { path }, body: { terms }, headers: oneTime() }))
    if ('publication' in made) throw new Error('the terms of the demo ask for no sign-off')
    const { edition } = made
    const before = await answer(vendor.GET('/v1/licenses/{id}', { params: { path: { id: licenses.acme } } }))
    narrator.holds('whoever bought under edition 1 keeps edition 1', edition === 2 && before.edition === 1)
    const after = await answer(
      vendor.POST('/v1/licenses/{id}/change-plan', {
        params: { path: { id: licenses.acme } },
        body: { plan: 'standard', edition },
        headers: oneTime(),
      }),
    )
    narrator.holds('acme is moved to edition 2, on the same plan', after.edition === 2 && after.plan === 'standard')
  })

  await narrator.step('Seats: 25 are sold, 2 more are let in and billed, then it is full', async () => {
    const take = (identity: string) => check({ identity, organization: 'acme', feature: 'atlas:dashboard.view', context: IN_GERMANY })
    const included = await narrator.progress(
      'taking seats',
      async (told) => {
        const answers: WireDecision[] = []
        for (const identity of AT_ACME.slice(0, 25)) {
          answers.push(await take(identity))
          told(`${answers.length} of 25`)
        }
        return answers
      },
      (answers) => `${answers.length} people view a dashboard, and each takes a seat`,
    )
    narrator.holds(
      '25 are allowed, without a notice',
      included.every(({ allowed, notices }) => allowed && notices.length === 0),
    )
    const [p26 = '', p27 = '', p28 = ''] = AT_ACME.slice(25)
    for (const [ordinal, identity] of [
      ['26th', p26],
      ['27th', p27],
    ] as const) {
      const said = await take(identity)
      narrator.answer(`${identity} is the ${ordinal}`, said, {
        allowed: true,
        notices: ['overage'],
        also: [['the overage is that of a seat', ({ notices }) => notices[0]?.feature === 'seat']],
      })
    }
    narrator.answer(`${p28} is the 28th`, await take(p28), { allowed: false, reason: 'seats_exhausted', remedies: ['upgrade'] })
    const { taken, limit } = await answer(vendor.GET('/v1/licenses/{id}/seats', { params: { path: { id: licenses.acme } } }))
    narrator.holds(`the authority counts ${taken} seats of at most ${limit}`, taken === 27 && limit === 27)
  })

  await narrator.step('A hard quota, to the last unit: 1,000 reports a month', async () => {
    const take = (amount: number, id: string = crypto.randomUUID()) =>
      check({ identity: 'ann', organization: 'acme', feature: 'atlas:report.export', context: IN_GERMANY, consume: { amount, id } })
    const id = crypto.randomUUID()
    narrator.answer('ann exports 600 reports', await take(600, id), { allowed: true })
    narrator.answer('the same request again, as after a lost connection: the same answer, not counted twice', await take(600, id), {
      allowed: true,
    })
    narrator.answer('399 more', await take(399), { allowed: true })
    narrator.answer('2 more, where 1 is left', await take(2), { allowed: false, reason: 'quota_exhausted', remedies: ['wait', 'upgrade'] })
    const raced = await Promise.all(Array.from({ length: 8 }, () => take(1)))
    const winners = raced.filter(({ allowed }) => allowed).length
    const others = raced.filter(({ reason }) => reason === 'quota_exhausted').length
    narrator.holds(
      `eight callers race for the last one: ${winners} wins, ${others} are told quota_exhausted`,
      winners === 1 && others === 7,
    )
    narrator.answer('the 1,001st', await take(1), { allowed: false, reason: 'quota_exhausted', remedies: ['wait', 'upgrade'] })
    const { meters } = await answer(vendor.GET('/v1/usage', { params: { query: { license: licenses.acme } } }))
    const used = meters.find(({ meter }) => meter === 'exports')?.used
    narrator.holds(`the ledger has counted ${used}`, used === 1_000)
  })
}
