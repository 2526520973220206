import type { Instant } from '@writ/engine'
import type { Authority } from '../app/authority.ts'
import { inTurns } from '../app/in-turns.ts'
import type { Reach } from '../enforcers/scope.ts'
import { inSight } from '../licenses/overview.ts'
import { fullestLimits, type LimitFill } from '../usage/limits.ts'
import { endingsOf } from './endings.ts'
import type { NewEvent } from './event.ts'
import { announce } from './store.ts'

const EVERYTHING: Reach = { scopes: [] }
const SEATS_NEARLY_FULL = 0.9
const MOST_LIMITS = 2_000
/** Of one statement. */
const AT_ONCE = 500

/**
 * Tells what time and use have brought about, each once: computed from dates and counters, so that a node that was away finds what it
 * missed, and written under keys, so that nodes that look at once tell it once.
 */
export class Warnings {
  /** Told already, as far as this node knows: of what is still so. */
  #told: ReadonlySet<string> = new Set()

  async look(authority: Pick<Authority, 'db' | 'world' | 'clock'>): Promise<void> {
    const { db, world, clock } = authority
    const now = clock()
    const found: NewEvent[] = []
    await inTurns(inSight(authority, EVERYTHING, {}), (license) => {
      const plan = world.sold(license)?.plan.plan
      if (plan !== undefined) found.push(...endingsOf(license, plan, now))
    })
    found.push(...(await limitsReached(authority, now)))
    const keys = new Set(found.flatMap(({ key }) => (key === undefined ? [] : [key])))
    const fresh = found.filter(({ key }) => key === undefined || !this.#told.has(key))
    for (let from = 0; from < fresh.length; from += AT_ONCE) await announce(db, fresh.slice(from, from + AT_ONCE), now)
    this.#told = keys
  }
}

async function limitsReached(authority: Pick<Authority, 'db' | 'world' | 'clock'>, now: Instant): Promise<NewEvent[]> {
  const { items } = await fullestLimits(authority, EVERYTHING, {}, 0.01, MOST_LIMITS)
  return items.flatMap((item) => (item.kind === 'seats' ? seats(item, now) : quota(authority, item)))
}

/** Of the marks that the terms name, the highest that is reached. */
function quota({ world }: Pick<Authority, 'world'>, { license, meter = '', from = 0, until = 0, used, limit }: LimitFill): NewEvent[] {
  const marks = world.sold(license)?.terms.terms.meters.get(meter)?.alertAt ?? []
  const reached = Math.max(...marks.filter((mark) => limit > 0 && used >= mark * limit))
  if (!Number.isFinite(reached)) return []
  const window = { from: new Date(from).toISOString(), ...(until < 8.64e15 && { until: new Date(until).toISOString() }) }
  return [
    {
      ...of(license, 'quota.threshold', { meter, threshold: reached, used, limit, ...window }),
      key: `quota:${license.id}:${meter}:${from}:${limit}:${reached}`,
    },
  ]
}

/** Once a month, since seats come and go at the edge. */
function seats({ license, used, limit, fill }: LimitFill, now: Instant): NewEvent[] {
  if (fill < SEATS_NEARLY_FULL) return []
  const month = new Date(now).toISOString().slice(0, 7)
  return [{ ...of(license, 'seats.nearly_full', { used, limit }), key: `seats:${license.id}:${limit}:${month}` }]
}

function of({ fact }: LimitFill['license'], type: NewEvent['type'], more: object): NewEvent {
  const { id, product, plan, organization, holder } = fact
  const whose = { ...(organization !== undefined && { organization }), ...(holder !== undefined && { identity: holder }) }
  return {
    type,
    product,
    ...(organization !== undefined && { organizations: [organization] }),
    data: { license: id, product, plan, ...whose, ...more },
  }
}
