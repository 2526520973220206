import { writeRate } from '../forms/limit.ts'
import type { Entry, Feature, Limit, ResourceSelector, Terms } from '../model.ts'
import { listed } from '../words.ts'
import { condition, conditionSentences } from './conditions.ts'
import { type Inline, number, say, strong } from './document.ts'
import { duration } from './names.ts'

/** What one alternative includes, and on what conditions: sentences, without a name in front. */
export function entryInWords(entry: Entry, feature: Feature, terms: Terms): Inline[] {
  const { resources, commands, assurance, approval, obligations, needs, conditions, when, rate } = entry
  const sentences: Inline[][] = [
    amount(entry, feature, terms),
    ...(rate === undefined
      ? []
      : [say`No faster than ${writeRate(rate)}${rate.burst === rate.count ? '' : `, ${number(rate.burst)} at once`}.`]),
    ...(resources === undefined ? [] : [say`Only on ${onResources(resources)}.`]),
    ...(commands === undefined ? [] : [say`Only to ${listed(commands)}.`]),
    ...(assurance === undefined
      ? []
      : [say`Only after a proof of ${strong(assurance.level)} or stronger, given ${fresh(assurance.withinSeconds)}.`]),
    ...(approval === undefined
      ? []
      : [
          say`Only after approval by ${approval.count === 1 ? 'one other person' : `${approval.count} other people`} with the role ${strong(approval.by)}${approval.forSeconds === undefined ? '' : `, for up to ${duration(approval.forSeconds)}`}.`,
        ]),
    ...(obligations.record ? [say`Every use is recorded.`] : []),
    ...(obligations.mask.length === 0 ? [] : [say`What is shown is without ${listed(obligations.mask)}.`]),
    ...(needs === undefined ? [] : [say`Only while another authority allows ${strong(needs)}.`]),
    ...(when === undefined ? [] : [say`Only ${condition(when)}.`]),
    ...conditionSentences(conditions).map((sentence) => say`For this alone: only ${sentence}.`),
  ]
  return sentences.flatMap((sentence, i) => (i === 0 ? sentence : [' ', ...sentence]))
}

function amount({ limit, then, value }: Entry, feature: Feature, { meters }: Terms): Inline[] {
  const unit = meters.get(feature.meter ?? '')?.unit
  const size =
    value === undefined
      ? []
      : [`up to ${typeof value === 'number' ? number(value) : value}${feature.unit === undefined ? '' : ` ${feature.unit}`}`]
  if (limit === undefined)
    return say`${[...size, ...(feature.meter === undefined ? [] : ['as often as wanted'])].join(', ') || 'included'}.`
  const over =
    then.kind === 'refuse'
      ? 'More is refused'
      : then.kind === 'bill'
        ? 'More is allowed, and billed'
        : `More is allowed, no faster than ${writeRate(then.rate)}`
  const count = `up to ${number(limit.count)}${unit === undefined ? '' : ` (unit: ${unit})`} ${period(limit)}`
  return say`${[...size, count].join(', ')}. ${over}.`
}

function period({ period: span, perSeat, calendarZone }: Limit): string {
  const seat = perSeat ? 'for each seat that is taken, at least one, ' : ''
  return calendarZone === undefined ? `${seat}in each ${span} of the licence` : `${seat}in each calendar ${span} in ${calendarZone}`
}

function fresh(withinSeconds: number | undefined): string {
  return withinSeconds === undefined ? 'in the same session' : `no longer than ${duration(withinSeconds)} ago`
}

function onResources({ environment, region, labels }: ResourceSelector): string {
  const parts = [
    ...(environment === undefined ? [] : [`the environment ${listed(environment, 'or')}`]),
    ...(region === undefined ? [] : [`the region ${listed(region, 'or')}`]),
    ...[...labels].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([label, values]) => `the label ${label}: ${listed(values, 'or')}`),
  ]
  return parts.length === 0 ? 'a resource' : `resources with ${listed(parts)}`
}
