import { readFileSync } from 'node:fs'
import { type Served, serve } from '@writ/testing/served'
import { activate } from './device.ts'

const DAY = 86_400_000
const ATLAS = readFileSync(new URL('../../../examples/atlas.terms.yaml', import.meta.url), 'utf8')
/** Open at every hour, or what was asked, used and seated would hang on when the scene is made. */
const TERMS = ATLAS.replace(/open: \[mon-fri 08:00-18:00\], closed_on: \[[^\]]*\]/, 'open: [mon-sun 00:00-24:00]')
if (TERMS === ATLAS) throw new Error('the example has other hours now')

/** An authority with the scene. @param folder of its store and keys */
export async function serveScene(folder: string): Promise<Served> {
  const served = await serve(folder)
  await populate(served)
  return served
}

/** A vendor in the middle of its life: customers in every state, people who may and who may not, and some who were just refused. */
async function populate(served: Served): Promise<void> {
  const { done } = served
  const days = (count: number) => new Date(Date.now() + count * DAY).toISOString()
  await done('POST', '/v1/products/atlas/editions', { terms: TERMS })
  const customers = { acme: 'Acme Logistics', globex: 'Globex', initech: 'Initech', solo: 'Solo Studio', umbrella: 'Umbrella Analytics' }
  for (const [id, title] of Object.entries(customers)) await done('POST', '/v1/organizations', { id, title })

  const person = (id: string, name: string, organization: string, ...roles: string[]) =>
    done('POST', '/v1/identities', { id, name, in: { [organization]: roles } })
  await person('ann', 'Ann Abara', 'acme', 'analyst')
  await person('ben', 'Ben Okoro', 'acme', 'viewer')
  await person('cara', 'Cara Lindqvist', 'acme', 'admin')
  await person('sam', 'Sam Suspended', 'acme', 'analyst')
  await person('rex', 'Rex Revoked', 'acme', 'analyst')
  for (const name of ['Dan', 'Ella', 'Finn', 'Greta', 'Hal', 'Iris', 'Jon', 'Kira'])
    await person(name.toLowerCase(), name, 'acme', 'analyst')
  await person('gina', 'Gina Rossi', 'globex', 'admin', 'operator')
  await done('POST', '/v1/identities', { id: 'omar', name: 'Omar Haddad', in: { globex: ['analyst'], acme: ['viewer'] } })
  await person('sol', 'Sol Vega', 'solo', 'admin')
  await done('POST', '/v1/identities', { id: 'nightly', kind: 'service', in: { globex: ['analyst'] } })
  await done('POST', '/v1/identities/sam/suspend')
  await done('POST', '/v1/identities/rex/revoke')
  await done('POST', '/v1/identities/omar/signals', { name: 'new_device' })
  await done('POST', '/v1/resources', { id: 'warehouse', kind: 'postgres', environment: 'production', region: 'eu-central' })
  await done('POST', '/v1/resources', { id: 'warehouse-staging', kind: 'postgres', environment: 'staging', region: 'eu-central' })
  await done('POST', '/v1/resources', { id: 'bastion', kind: 'ssh', environment: 'production', region: 'eu-central' })

  const license = (id: string, organization: string, plan: string, starts: string, more: object = {}) =>
    done('POST', '/v1/licenses', { id, product: 'atlas', plan, organization, starts, ...more })
  await license('acme-standard', 'acme', 'standard', days(-120), { ends: days(24) })
  await license('globex-enterprise', 'globex', 'enterprise', days(-300), { ends: days(65) })
  await license('globex-vault', 'globex', 'enterprise_vault', days(10), { ends: days(375) })
  await license('initech-standard', 'initech', 'standard', days(-200))
  await done('POST', '/v1/licenses/initech-standard/past-due', { since: days(-3) })
  await license('initech-old', 'initech', 'free', days(-400), { ends: days(-90) })
  await license('solo-free', 'solo', 'free', days(-40))
  await done('POST', '/v1/licenses', { id: 'umbrella-trial', product: 'atlas', plan: 'standard', organization: 'umbrella', trial: true })
  await license('umbrella-held', 'umbrella', 'free', days(-20), { ends: days(24) })
  await done('POST', '/v1/licenses/umbrella-held/suspend')
  await done('POST', '/v1/grants', {
    identity: 'gina',
    organization: 'globex',
    feature: 'atlas:host.shell',
    approved_by: [{ identity: 'cara', roles: ['admin'] }],
    until: new Date(Date.now() + 50 * 60_000).toISOString(),
  })

  const scopes = ['decide', 'consume', 'simulate', 'assert:identity', 'assert:context', 'assert:proofs']
  const { key } = await done('POST', '/v1/api-keys', { name: 'Atlas, the application', scopes, products: ['atlas'] })
  const check = (identity: string, feature: string, more: object = {}) =>
    done('POST', '/v1/check', { identity, feature: `atlas:${feature}`, context: { country: 'DE' }, ...more }, key)
  for (const who of ['ann', 'ben', 'cara', 'dan', 'ella', 'finn', 'greta', 'hal']) await check(who, 'dashboard.view')
  for (let n = 0; n < 4; n++) await check('ann', 'report.export', { consume: { amount: 205, id: `export ${n}` } })
  await check('ann', 'report.export', { consume: { amount: 205, id: 'too many' } })
  await check('gina', 'api.call', { organization: 'globex', consume: { amount: 900, id: 'calls' } })
  await check('sol', 'api.call', { consume: { amount: 2, id: 'calls of sol' } })
  await check('sam', 'dashboard.view')
  await check('rex', 'dashboard.view')
  await check('sol', 'report.export')
  await check('cara', 'users.manage')
  await check('ben', 'report.export', { context: { country: 'US' } })
  // Two devices, and of one there is a copy.
  await activate(served, { license: 'globex-enterprise', name: 'Till at the gate' })
  await activate(served, { license: 'globex-enterprise', name: 'Laptop of Gina', isCopied: true })
  // The next edition: one plan gives more, and a feature wants a stronger proof, at once, of everybody.
  const next = TERMS.replace(
    'report.export:  { title: Export reports, meter: exports }',
    'report.export:  { title: Export reports, meter: exports, assurance: password }',
  ).replace('report.export: { limit: 1000 per month }', 'report.export: { limit: 2000 per month }')
  await done('POST', '/v1/products/atlas/editions', { terms: next })
  await done('POST', '/v1/licenses/acme-standard/keys')
  await done('POST', '/v1/licenses/globex-enterprise/files', { identities: 'asserted' })
}
