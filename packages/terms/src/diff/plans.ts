import { writeDuration } from '../forms/duration.ts'
import type { Grace, Plan, Terms } from '../model.ts'
import { listed, without } from '../words.ts'
import { conditions } from './conditions.ts'
import type { Tell } from './consequence.ts'
import { includes } from './includes.ts'
import { seats } from './seats.ts'

export function plans(before: Terms, after: Terms, tell: Tell): void {
  const [old, now] = [[...before.plans.keys()], [...after.plans.keys()]]
  for (const plan of without(old, now))
    tell({
      type: 'plan',
      direction: 'narrows',
      where: { plan },
      before: plan,
      sentence: `the plan ${plan} is no longer sold, and no licence can keep it when it moves`,
    })
  for (const plan of without(now, old))
    tell({
      type: 'plan',
      direction: 'widens',
      where: { plan },
      after: plan,
      sentence: `there is a new plan ${plan}, with ${contents(after.plans.get(plan))}`,
    })
  const kept = [old.filter((plan) => now.includes(plan)), now.filter((plan) => old.includes(plan))] as const
  if (kept[0].join('\n') !== kept[1].join('\n'))
    tell({ type: 'order', direction: 'neutral', before: kept[0], after: kept[1], sentence: `plans are listed as ${listed(kept[1])}` })
  for (const [name, plan] of after.plans) {
    const was = before.plans.get(name)
    if (was !== undefined) compare(name, was, plan, before, after, tell)
  }
}

function contents(plan: Plan | undefined): string {
  const features = [...(plan?.includes.keys() ?? [])]
  return features.length === 0 ? 'nothing yet' : listed(features)
}

function compare(plan: string, was: Plan, now: Plan, before: Terms, after: Terms, tell: Tell): void {
  const where = { plan }
  if (was.title !== now.title)
    tell({
      type: 'title',
      direction: 'neutral',
      where,
      before: was.title,
      after: now.title,
      sentence: `${plan} is called ${JSON.stringify(now.title)} instead of ${JSON.stringify(was.title)}`,
    })
  for (const name of new Set([...was.price.keys(), ...now.price.keys()])) {
    const [old, fresh] = [was.price.get(name), now.price.get(name)]
    if (old !== fresh)
      tell({
        type: 'price',
        direction: 'neutral',
        where: { plan, name },
        before: old,
        after: fresh,
        sentence: `${plan}: the price at ${name} is ${fresh ?? 'none'} instead of ${old ?? 'none'}`,
      })
  }
  trial(plan, was.trialSeconds, now.trialSeconds, tell)
  seats(plan, was.seats, now.seats, tell)
  grace(plan, was, now, after, tell)
  if (was.enforcement !== now.enforcement)
    tell({
      type: 'enforcement',
      direction: now.enforcement === 'advise' ? 'widens' : 'narrows',
      where,
      before: was.enforcement,
      after: now.enforcement,
      sentence:
        now.enforcement === 'advise'
          ? `${plan}: what its limits and dates would refuse is allowed and recorded`
          : `${plan}: what was only recorded is refused`,
    })
  conditions(`${plan}: `, where, was.conditions, now.conditions, tell)
  includes(plan, was, now, before, after, tell)
}

function trial(plan: string, was: number | undefined, now: number | undefined, tell: Tell): void {
  if (was === now) return
  const [old, fresh] = [was, now].map((seconds) => (seconds === undefined ? undefined : writeDuration(seconds)))
  tell({
    type: 'trial',
    direction: (now ?? 0) < (was ?? 0) ? 'narrows' : 'widens',
    where: { plan },
    before: old,
    after: fresh,
    sentence:
      fresh === undefined
        ? `${plan}: there is no trial any more`
        : `${plan}: a trial is ${fresh}${old === undefined ? '' : ` instead of ${old}`}`,
  })
}

function grace(plan: string, was: Plan, now: Plan, after: Terms, tell: Tell): void {
  const causes: readonly (readonly [string, keyof Grace & `${string}Seconds`, string])[] = [
    ['expiry', 'expirySeconds', 'after the end of a licence'],
    ['payment', 'paymentSeconds', 'after a missed payment'],
    ['offline', 'offlineSeconds', 'without contact'],
  ]
  for (const [name, member, when] of causes) {
    const [old, fresh] = [was.grace[member], now.grace[member]]
    if (old === fresh) continue
    const longer = fresh > old && !(name === 'expiry' && degradesWider(was, now, after))
    tell({
      type: 'grace',
      direction: longer ? 'widens' : 'narrows',
      where: { plan, name },
      before: writeDuration(old),
      after: writeDuration(fresh),
      sentence: `${plan}: grace ${when} is ${writeDuration(fresh)} instead of ${writeDuration(old)}`,
    })
  }
  const [old, fresh] = [was.grace.degradeTo, now.grace.degradeTo]
  if (old === fresh) return
  tell({
    type: 'degrade',
    direction: old === undefined && now.enforcement !== 'advise' ? 'widens' : 'narrows',
    where: { plan },
    before: old,
    after: fresh,
    sentence: `${plan}: when expiry grace is over, ${fresh === undefined ? 'nothing' : fresh} is left instead of ${old ?? 'nothing'}`,
  })
}

/** While a licence degrades its seats are the smaller plan's, which may have more of them; longer grace then puts that off. */
function degradesWider(was: Plan, now: Plan, after: Terms): boolean {
  const to = was.grace.degradeTo ?? now.grace.degradeTo
  return to !== undefined && now.seats !== undefined && after.plans.get(to)?.seats === undefined
}
