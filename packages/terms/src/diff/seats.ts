import { writeDuration } from '../forms/duration.ts'
import { writePercent } from '../forms/number.ts'
import type { Seats } from '../model.ts'
import { listed, without } from '../words.ts'
import { writeSeats } from '../write/terms.ts'
import type { Tell, Told } from './consequence.ts'

export function seats(plan: string, was: Seats | undefined, now: Seats | undefined, tell: Tell): void {
  const where = { plan }
  if (was === undefined || now === undefined) {
    if (was !== now)
      tell({
        type: 'seats',
        direction: now === undefined ? 'widens' : 'narrows',
        where,
        before: was && writeSeats(was),
        after: now && writeSeats(now),
        sentence: `${plan}: ${now === undefined ? 'nobody needs a seat any more' : `every ${listed(now.for, 'or')} needs one of ${now.count} ${now.kind} seats`}`,
      })
    return
  }
  const say = (sentence: string, direction: Told['direction'], before: Told['before'], after: Told['after']): void =>
    tell({ type: 'seats', direction, where, before, after, sentence: `${plan}: ${sentence}` })
  if (was.kind !== now.kind) say(`seats are ${now.kind} instead of ${was.kind}`, 'narrows', was.kind, now.kind)
  if (was.count !== now.count) say(`seats ${was.count} → ${now.count}`, now.count < was.count ? 'narrows' : 'widens', was.count, now.count)
  if (was.overage.kind !== now.overage.kind || was.overage.amount !== now.overage.amount) {
    const [old, fresh] = [extra(was), extra(now)]
    say(
      `${overage(now)} instead of ${overage(was)} more seats are let in and billed`,
      fresh < old ? 'narrows' : fresh > old ? 'widens' : 'neutral',
      overage(was),
      overage(now),
    )
  }
  const [freed, bound] = [without(was.for, now.for), without(now.for, was.for)]
  if (bound.length > 0) say(`every ${listed(bound, 'or')} needs a seat now`, 'narrows', was.for, now.for)
  if (freed.length > 0) say(`no ${listed(freed, 'or')} needs a seat any more`, 'widens', was.for, now.for)
  if (was.take !== now.take)
    say(`seats are taken ${now.take} instead of ${was.take}`, now.take === 'by admin' ? 'narrows' : 'widens', was.take, now.take)
  if (was.holdSeconds !== now.holdSeconds)
    say(
      `a freed seat is held for ${writeDuration(now.holdSeconds)} instead of ${writeDuration(was.holdSeconds)}`,
      now.holdSeconds > was.holdSeconds ? 'narrows' : 'widens',
      writeDuration(was.holdSeconds),
      writeDuration(now.holdSeconds),
    )
  if (was.leaseSeconds !== now.leaseSeconds)
    say(
      `a heartbeat keeps a seat ${kept(now)} instead of ${kept(was)}`,
      (now.leaseSeconds ?? Number.POSITIVE_INFINITY) < (was.leaseSeconds ?? Number.POSITIVE_INFINITY) ? 'narrows' : 'widens',
      kept(was),
      kept(now),
    )
  if (was.outage !== now.outage)
    say(
      `seats of enforcers that are lost are ${now.outage === 'keep' ? 'kept' : 'given away'}`,
      now.outage === 'keep' ? 'widens' : 'narrows',
      was.outage,
      now.outage,
    )
}

function extra({ count, overage }: Seats): number {
  return Math.floor(overage.kind === 'percent' ? (count * overage.amount) / 100 : overage.amount)
}

function overage({ overage: { kind, amount } }: Seats): string {
  return kind === 'percent' ? writePercent(amount) : String(amount)
}

function kept({ leaseSeconds }: Seats): string {
  return leaseSeconds === undefined ? 'until it is released' : `for ${writeDuration(leaseSeconds)}`
}
