import { answer } from '@writ/client'
import { formatInstant, type WireDecision } from '@writ/engine'
import type { Tour } from './tour.ts'

const DAY = 86_400_000
/** Who asks from where: the plan `standard` is for callers in the EU. */
export const IN_GERMANY = { country: 'DE' }

export async function decisionSteps(tour: Tour): Promise<void> {
  const { narrator, check, explainAt, application } = tour

  await narrator.step('Allowed', async () => {
    const decision = await check({ identity: 'gina', organization: 'globex', feature: 'atlas:dashboard.view' })
    narrator.answer('gina of globex (enterprise) views a dashboard', decision, { allowed: true, remedies: [], notices: [] })
  })

  await narrator.step('Not in the plan: the plans that would include it', async () => {
    const decision = await check({ identity: 'sol', organization: 'solo', feature: 'atlas:report.export', context: IN_GERMANY })
    narrator.answer('sol of solo (free) exports a report', decision, {
      allowed: false,
      reason: 'not_entitled',
      remedies: ['upgrade'],
      also: [['standard and enterprise would include it', ({ remedies }) => includes(remedies[0]?.plans, 'standard', 'enterprise')]],
    })
  })

  await narrator.step('Outside hours: when it opens', async () => {
    const sunday = nextSunday(Date.now())
    const question = { identity: 'ann', organization: 'acme', feature: 'atlas:dashboard.view', context: IN_GERMANY }
    narrator.answer(`ann of acme (standard) views a dashboard on Sunday, ${formatInstant(sunday)}`, await explainAt(question, sunday), {
      allowed: false,
      reason: 'outside_hours',
      remedies: ['wait'],
      simulated: true,
      also: [['it opens on Monday at 08:00 in Berlin', ({ remedies }) => inBerlin(String(remedies[0]?.until)) === 'Mon 08:00']],
    })
    const monday = sunday + DAY
    narrator.answer(`the same on Monday, ${formatInstant(monday)}`, await explainAt(question, monday), { allowed: true, simulated: true })
  })

  await narrator.step('Outside the region', async () => {
    const question = { identity: 'ann', organization: 'acme', feature: 'atlas:dashboard.view', context: { country: 'US' } }
    narrator.answer('ann calls from the United States, on a Monday', await explainAt(question, nextSunday(Date.now()) + DAY), {
      allowed: false,
      reason: 'outside_region',
      remedies: [],
      simulated: true,
    })
  })

  await narrator.step('Step up: the level it takes, and then it is met', async () => {
    const question = { identity: 'gina', organization: 'globex', feature: 'atlas:users.manage' }
    narrator.answer('gina manages users, having proven nothing', await check(question), {
      allowed: false,
      reason: 'step_up_required',
      remedies: ['step_up'],
      also: [
        [
          'a passkey (phr) would do, at most 15 minutes old',
          ({ remedies: [remedy] }) => includes(remedy?.acr_values, 'phr') && remedy?.max_age === 900,
        ],
      ],
    })
    const proven = (level: string) => ({ ...question, proofs: [{ level, at: secondsAgo(5) }] })
    narrator.answer('with a one-time password, 5 s ago', await check(proven('otp')), { allowed: false, reason: 'step_up_required' })
    narrator.answer('with a passkey, 5 s ago', await check(proven('passkey')), { allowed: true })
  })

  await narrator.step('A stronger proof sees more', async () => {
    const question = {
      identity: 'gina',
      organization: 'globex',
      feature: 'atlas:warehouse.query',
      resource: 'warehouse',
      commands: ['select'],
    }
    const proven = (level: string) => ({ ...question, proofs: [{ level, at: secondsAgo(5) }] })
    narrator.answer('gina reads the production database, with a passkey', await check(proven('passkey')), {
      allowed: true,
      obligations: ['record', 'mask'],
    })
    narrator.answer('with a hardware key', await check(proven('hardware')), { allowed: true, obligations: ['record'] })
    const dropping = { ...proven('hardware'), commands: ['ddl'] }
    narrator.answer('and wants to change its schema', await check(dropping), { allowed: false, reason: 'not_entitled' })
  })

  await narrator.step('The same question in AuthZEN 1.0', async () => {
    const body = {
      subject: { type: 'user', id: 'sol' },
      action: { name: 'atlas:report.export' },
      resource: { type: 'product', id: 'atlas' },
      context: { organization: 'solo' },
    }
    const { decision, context } = await answer(application.POST('/access/v1/evaluation', { body }))
    narrator.answer('POST /access/v1/evaluation, about sol', context as unknown as WireDecision, { allowed: false, reason: 'not_entitled' })
    narrator.holds('"decision": false', decision === false)
  })

  await narrator.step('1,000 questions in one batch', async () => {
    const yes = { subject: { type: 'user', id: 'gina' }, action: { name: 'atlas:dashboard.view' }, context: { organization: 'globex' } }
    const no = { subject: { type: 'user', id: 'sol' }, action: { name: 'atlas:report.export' }, context: { organization: 'solo' } }
    const body = {
      resource: { type: 'product', id: 'atlas' },
      evaluations: Array.from({ length: 1_000 }, (_, index) => (index % 2 === 0 ? yes : no)),
    }
    const { evaluations = [] } = await answer(application.POST('/access/v1/evaluations', { body }))
    const allowed = evaluations.filter(({ decision }) => decision).length
    narrator.say(`POST /access/v1/evaluations: ${allowed} allowed, ${evaluations.length - allowed} refused`)
    const inOrder = evaluations.every(({ decision }, index) => decision === (index % 2 === 0))
    narrator.holds('1,000 answers, in the order of the questions, every second one a no', evaluations.length === 1_000 && inOrder)
  })
}

function secondsAgo(seconds: number): string {
  return formatInstant(Date.now() - seconds * 1_000)
}

function includes(list: unknown, ...wanted: readonly string[]): boolean {
  return Array.isArray(list) && wanted.every((each) => list.includes(each))
}

/** Noon in UTC of the next Sunday after today, which is a Sunday in Berlin all year. */
function nextSunday(now: number): number {
  const today = Math.floor(now / DAY) * DAY
  return today + (7 - new Date(today).getUTCDay()) * DAY + DAY / 2
}

function inBerlin(instant: string): string {
  const form = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Europe/Berlin',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  })
  const parts = Object.fromEntries(form.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]))
  return `${parts.weekday} ${parts.hour}:${parts.minute}`
}
