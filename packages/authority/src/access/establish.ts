import { hash } from '@writ/terms'
import type { Transaction } from 'kysely'
import type { Authority } from '../app/authority.ts'
import type { Database } from '../app/database.ts'
import { StartError } from '../app/start-error.ts'
import { findEdition, insertEdition, lockProduct } from '../catalog/store.ts'
import type { By } from '../changes/mutate.ts'
import { factOf as licenseFact } from '../licenses/license.ts'
import { insertLicense, lockLicense, updateLicense } from '../licenses/store.ts'
import { factOf as organizationFact } from '../organizations/service.ts'
import { insertOrganization } from '../organizations/store.ts'
import { OWN, OWN_CANONICAL, OWN_PLAN, OWN_SOURCE, OWN_TERMS } from './permissions.ts'

const BY: By = { actor: 'authority', requestId: 'start' }

/**
 * Publishes the authority's own terms, with the organization of those who run it and its licence: at the first start, and as a new
 * edition when they are others than before.
 * @throws {StartError} OWN_NAME_TAKEN when the store has something of somebody else under our name
 */
export async function establish(authority: Authority): Promise<void> {
  const digest = await hash(OWN_TERMS)
  await authority.mutate(BY, { action: 'authority.establish', subject: `product:${OWN}` }, async (tx, change) => {
    const now = authority.clock()
    const { newest_edition } = await lockProduct(tx, OWN, OWN_TERMS.title, now)
    const newest = newest_edition === 0 ? undefined : await findEdition(tx, OWN, newest_edition)
    if (newest !== undefined && newest.published_by !== BY.actor) throw new StartError('OWN_NAME_TAKEN', { what: 'product' })
    if (newest?.hash === digest) return change.unchanged()
    const { edition } = await insertEdition(tx, {
      product: OWN,
      hash: digest,
      title: OWN_TERMS.title,
      terms: OWN_CANONICAL,
      source: OWN_SOURCE,
      published_at: now,
      published_by: BY.actor,
      staged: false,
    })
    change.state({ fact: 'edition', product: OWN, edition, terms: OWN_CANONICAL })
    if (newest === undefined) {
      const organization = await insertOrganization(tx, { id: OWN, title: OWN_TERMS.title, roles: {} }, now)
      if (organization === undefined) throw new StartError('OWN_NAME_TAKEN', { what: 'organization' })
      change.state(organizationFact(organization))
    }
    change.state(licenseFact(await license(tx, edition, now)))
    change.note({ edition, hash: digest })
  })
}

/** What runs an authority has no end, and always the newest edition. */
async function license(tx: Transaction<Database>, edition: number, now: number) {
  const known = await lockLicense(tx, OWN)
  if (known !== undefined) {
    if (known.product !== OWN) throw new StartError('OWN_NAME_TAKEN', { what: 'licence' })
    const { version: _version, created_at: _created, updated_at: _updated, ...values } = known
    return updateLicense(tx, { ...values, edition }, now)
  }
  const values = {
    id: OWN,
    product: OWN,
    plan: OWN_PLAN,
    edition,
    organization: OWN,
    holder: null,
    // Not now: a clock that was ahead at the first start and is set right would lock everybody out.
    starts: 0,
    ends: null,
    trial_ends: null,
  }
  const made = await insertLicense(tx, { ...values, suspended: false, revoked_at: null, past_due_since: null, overrides: null }, now)
  if (made === undefined) throw new StartError('OWN_NAME_TAKEN', { what: 'licence' })
  return made
}
