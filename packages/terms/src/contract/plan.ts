import { writePercent } from '../forms/number.ts'
import type { Grace, Plan, Seats, Terms } from '../model.ts'
import { listed } from '../words.ts'
import { conditionSentences } from './conditions.ts'
import { type Inline, number, type Paragraph, type Section, say, series, strong } from './document.ts'
import { entryInWords } from './entry.ts'
import { byName, duration, nameOf } from './names.ts'

export function planSection(name: string, plan: Plan, terms: Terms): Section {
  return {
    title: plan.title === name ? name : `${plan.title} (${name})`,
    paragraphs: [
      ...byName(plan.price).map(([provider, price]) => ({ text: say`Its price is the one called ${price} at ${provider}.` })),
      ...(plan.trialSeconds === undefined
        ? []
        : [{ text: say`It may be tried for ${duration(plan.trialSeconds)}, once for each customer. A trial ends without grace.` }]),
      { text: seats(plan.seats) },
      ...grace(plan.grace, terms).map((text) => ({ text })),
      {
        text:
          plan.enforcement === 'enforce'
            ? say`What goes beyond this plan is refused.`
            : say`Use without a seat, beyond what is included, outside opening hours, beyond a limit, after the end or without payment is allowed and recorded. Everything else that goes beyond this plan is refused.`,
      },
      ...conditionSentences(plan.conditions).map((sentence) => ({ text: say`Everything in this plan holds only ${sentence}.` })),
      ...included(plan, terms),
    ],
  }
}

function seats(of: Seats | undefined): Inline[] {
  if (of === undefined) return say`Nobody needs a seat.`
  const many = of.count === 1 ? 'There is 1 seat, for' : `There are ${number(of.count)} seats, each for`
  const whose = `Every ${listed(of.for, 'or')} who uses it needs one.`
  const more =
    of.overage.amount === 0 && of.overage.kind === 'count'
      ? 'No more are let in.'
      : `Up to ${of.overage.kind === 'percent' ? writePercent(of.overage.amount) : number(of.overage.amount)} more ${of.overage.kind === 'count' && of.overage.amount === 1 ? 'is' : 'are'} let in, and billed.`
  if (of.kind === 'named') {
    const taken = of.take === 'on use' ? 'A seat is taken by who first uses the product.' : 'A seat is given by an administrator.'
    const held =
      of.holdSeconds === 0 ? '' : ` A seat that was freed goes to somebody else no sooner than ${duration(of.holdSeconds)} later.`
    return say`${many} one person by name. ${whose} ${more} ${taken}${held}`
  }
  const lease =
    of.leaseSeconds === undefined
      ? 'A seat is kept until it is released.'
      : `A seat that is not used for ${duration(of.leaseSeconds)} is free again.`
  const lost = of.outage === 'keep' ? 'kept' : 'given away'
  return say`${many} one person at a time. ${whose} ${more} ${lease} When contact to an application is lost, the seats that were taken there are ${lost}.`
}

function grace({ expirySeconds, paymentSeconds, offlineSeconds, degradeTo }: Grace, terms: Terms): Inline[][] {
  const then =
    degradeTo === undefined ? say`stops` : say`goes on with what both this plan and the plan ${nameOf('plan', degradeTo, terms)} include`
  return [
    expirySeconds === 0
      ? say`When the licence ends it ${then}.`
      : say`When the licence ends it goes on as before for ${duration(expirySeconds)}. After that it ${then}.`,
    paymentSeconds === 0
      ? say`When a payment is missed the licence stops.`
      : say`When a payment is missed the licence goes on for ${duration(paymentSeconds)}.`,
    offlineSeconds === 0
      ? say`Without contact to the authority it stops at once.`
      : say`Without contact to the authority it goes on for ${duration(offlineSeconds)}, and never beyond its end and grace.`,
  ]
}

function included(plan: Plan, terms: Terms): Paragraph[] {
  const missing = byName(terms.features).filter(([feature]) => !plan.includes.has(feature))
  return [
    ...byName(plan.includes).flatMap(([name, entries]): Paragraph[] => {
      const feature = terms.features.get(name)
      const [only] = entries
      if (feature === undefined || only === undefined) return []
      const title = nameOf('feature', name, terms)
      if (entries.length === 1) return [{ text: say`${title}: ${entryInWords(only, feature, terms)}` }]
      return [{ text: say`${title}, by the first of these that fits:`, items: entries.map((entry) => entryInWords(entry, feature, terms)) }]
    }),
    ...(plan.includes.size === 0 ? [{ text: say`Nothing is included.` }] : []),
    ...(missing.length === 0 || plan.includes.size === 0
      ? []
      : [{ text: say`${strong('Not included')}: ${series(missing.map(([feature]) => nameOf('feature', feature, terms)))}.` }]),
  ]
}
