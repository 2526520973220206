import type { Fact, World } from '@writ/engine'
import { type Reach, seesProduct } from '../enforcers/scope.ts'
import { asSeen, audienceOf, sees } from './audience.ts'
import type { Recent } from './recent.ts'

/** Facts after which others get their turn. */
const PART = 2_000

/**
 * The facts that a credential sees, in parts, others' work and further changes between them; the last part holds what was changed
 * meanwhile. Together they build a World of the revision that is returned.
 * @throws when more was changed meanwhile than is remembered
 */
export async function* snapshotParts(world: World, recent: Recent, reach: Reach): AsyncGenerator<Fact[], number> {
  const { revision } = world
  let part: Fact[] = []
  for (const fact of factsInSight(world, reach)) {
    part.push(fact)
    if (part.length < PART) continue
    yield part
    part = []
    await new Promise((resolve) => setImmediate(resolve))
  }
  // From here to the end nothing else runs, so that both are of one revision.
  const meanwhile = recent.since(revision, reach)
  if (meanwhile === undefined) throw new Error('more was changed while a snapshot was read than is remembered')
  const reached = world.revision
  yield [...part, ...meanwhile]
  return reached
}

function* factsInSight(world: World, reach: Reach): Iterable<Fact> {
  if (reach.organizations === undefined) {
    for (const fact of world.facts()) if (isInSight(world, reach, fact)) yield fact
    return
  }
  for (const edition of world.editionFacts()) if (seesProduct(reach, edition.product)) yield edition
  const rows = new Set<number>()
  const licenses = new Set<string>()
  for (const id of reach.organizations) {
    const organization = world.organizationIds.find(id)
    if (organization === undefined) continue
    const fact = world.stated({ of: 'organization', id })
    if (fact !== undefined) yield fact
    for (const license of world.licensesOf(organization)) licenses.add(license.id)
    for (const row of world.identities.members(organization)) rows.add(row)
  }
  for (const row of rows) {
    const fact = world.identities.fact(row)
    if (fact === undefined) continue
    yield asSeen(reach, fact)
    for (const license of world.licensesHeldBy(row)) licenses.add(license.id)
    for (const grant of world.grantsOf(row)) if (isInSight(world, reach, grant)) yield grant
    yield* world.signalsOf(row)
  }
  for (const id of licenses) {
    const fact = world.stated({ of: 'license', id })
    if (fact === undefined || !isInSight(world, reach, fact)) continue
    yield fact
    yield* world.seatFacts(id)
  }
  yield* world.allResources()
  for (const fact of world.elsewhereFacts()) if (isInSight(world, reach, fact)) yield fact
}

function isInSight(world: World, reach: Reach, fact: Fact): boolean {
  if (fact.fact === 'edition') return seesProduct(reach, fact.product)
  return fact.fact !== 'removed' && sees(reach, audienceOf(world, fact))
}
