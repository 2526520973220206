import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { answer, type Client, createClient, oneTime } from '@writ/client'
import { formatInstant, type WireDecision, type WireRequest } from '@writ/engine'
import { decisionSteps } from './decision-steps.ts'
import { deviceSteps } from './device-steps.ts'
import { impactSteps } from './impact-steps.ts'
import { licenseFileSteps } from './license-file-steps.ts'
import { lifeSteps } from './life-steps.ts'
import { limitSteps } from './limit-steps.ts'
import { liveSteps } from './live-steps.ts'
import type { Narrator } from './narrator.ts'
import { PEOPLE } from './people.ts'
import type { DemoServer } from './server.ts'

/** What the steps share: two clients, who are the vendor and an application, and the licences by customer. */
export interface Tour {
  readonly narrator: Narrator
  readonly server: DemoServer
  /** The vendor: holds the administrator's key. */
  readonly vendor: Client
  /** An application: may ask, consume, and vouch for who is asking. */
  readonly application: Client
  /** Of the application. */
  readonly key: string
  readonly licenses: Readonly<Record<'acme' | 'globex' | 'solo', string>>
  /** One real question. */
  check(question: WireRequest): Promise<WireDecision>
  /** The same at another instant: consumes nothing, and the answer says `simulated`. */
  explainAt(question: WireRequest, at: number): Promise<WireDecision>
}

const TERMS = join(import.meta.dirname, '../../../../examples/atlas.terms.yaml')
const DAY = 86_400_000

/** The whole tour, over HTTP alone. */
export async function runTour(server: DemoServer, narrator: Narrator): Promise<void> {
  const vendor = createClient({
    url: server.url,
    key: server.key,
    confirm: async ({ members }) => {
      const { impact, confirmation } = members as {
        impact: { losing: number; instants: { at: string }[] }
        confirmation: { token: string }
      }
      narrator.say(
        `held: it takes access from ${impact.losing} identities, from ${impact.instants[0]?.at} on; the vendor confirms just that`,
      )
      return confirmation.token
    },
  })
  const source = readFileSync(TERMS, 'utf8')

  narrator.heading('A vendor, three customers, thirty people')
  let licenses = { acme: '', globex: '', solo: '' }
  let key = ''
  await narrator.step('Publish the contract, examples/atlas.terms.yaml', () => publish(vendor, source, narrator))
  await narrator.step('Create customers, people and licences', async () => {
    await narrator.progress(
      'creating',
      (told) => populate(vendor, told),
      (count) => `${count} organizations and identities`,
    )
    licenses = await issueLicenses(vendor)
    for (const [customer, id] of Object.entries(licenses)) narrator.say(`${customer} holds ${id}`)
    key = await enforcerKey(vendor)
    narrator.say('the application gets a key that may ask and consume, and manages nothing')
  })

  const application = createClient({ url: server.url, key })
  const tour: Tour = {
    narrator,
    server,
    vendor,
    application,
    key,
    licenses,
    check: async (question) => (await answer(application.POST('/v1/check', { body: question as never }))) as unknown as WireDecision,
    explainAt: async (question, at) => {
      const body = { ...question, at: formatInstant(at) }
      return (await answer(application.POST('/v1/explain', { body: body as never }))) as unknown as WireDecision
    },
  }
  narrator.heading('Yes, and no with what would help')
  await decisionSteps(tour)
  narrator.heading('Limits that hold')
  await limitSteps(tour, source)
  narrator.heading('The life of a licence, and of an identity')
  await lifeSteps(tour)
  narrator.heading('Live: decided where the work is done')
  await liveSteps(tour)
  narrator.heading('With no network')
  await licenseFileSteps(tour)
  await deviceSteps(tour)
  narrator.heading('Nobody goes dark by surprise')
  await impactSteps(tour)
}

async function publish(vendor: Client, terms: string, narrator: Narrator): Promise<void> {
  const edition = await answer(
    vendor.POST('/v1/products/{product}/editions', { params: { path: { product: 'atlas' } }, body: { terms }, headers: oneTime() }),
  )
  if ('publication' in edition) throw new Error('the terms of the demo ask for no sign-off')
  narrator.say(`${edition.product} edition ${edition.edition}, ${edition.hash}`)
  narrator.holds('it is the first edition, without a warning', edition.edition === 1 && edition.warnings.length === 0)
}

async function populate(vendor: Client, told: (text: string) => void): Promise<number> {
  const customers = [
    ['acme', 'Acme Logistics'],
    ['globex', 'Globex'],
    ['solo', 'Solo Studio'],
  ] as const
  for (const [id, title] of customers) await answer(vendor.POST('/v1/organizations', { body: { id, title }, headers: oneTime() }))
  let done = 0
  for (const { id, in: memberships } of PEOPLE) {
    const body = { id, kind: 'human' as const, in: mutable(memberships) }
    await answer(vendor.POST('/v1/identities', { body, headers: oneTime() }))
    told(`${++done} of ${PEOPLE.length} people`)
  }
  const warehouse = { id: 'warehouse', kind: 'postgres', environment: 'production', region: 'eu-central' }
  await answer(vendor.POST('/v1/resources', { body: warehouse, headers: oneTime() }))
  return customers.length + done
}

function mutable(memberships: Readonly<Record<string, readonly string[]>>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(memberships).map(([organization, roles]) => [organization, [...roles]]))
}

async function issueLicenses(vendor: Client): Promise<Tour['licenses']> {
  // Ten days old: no month of a quota turns over while the tour runs.
  const starts = formatInstant(Math.floor(Date.now() / DAY) * DAY - 10 * DAY)
  const issue = async (organization: string, plan: string) => {
    const body = { product: 'atlas', plan, organization, starts, ends: null }
    return (await answer(vendor.POST('/v1/licenses', { body, headers: oneTime() }))).id
  }
  return { acme: await issue('acme', 'standard'), globex: await issue('globex', 'enterprise'), solo: await issue('solo', 'free') }
}

async function enforcerKey(vendor: Client): Promise<string> {
  const body = {
    name: 'Atlas, the application',
    scopes: ['decide', 'consume', 'simulate', 'assert:identity', 'assert:context', 'assert:proofs'] as const,
    products: ['atlas'],
  }
  return (await answer(vendor.POST('/v1/api-keys', { body: { ...body, scopes: [...body.scopes] }, headers: oneTime() }))).key
}
