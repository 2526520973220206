import { writeDuration } from '../forms/duration.ts'
import { writeFraction, writePercent, writeSpeed } from '../forms/number.ts'
import { writeDays, writeTime } from '../forms/week.ts'
import type { Ends, Feature, Grace, Level, Meter, Plan, Seats, Signal, SignalEffect, Terms } from '../model.ts'
import { sortedMap, unlessEmpty, type Written, written } from './document.ts'
import { writeAssurance, writeConditions, writeEntries } from './entry.ts'

/** The canonical form: short forms in one spelling, defaults left out, `extends` resolved, sorted where order means nothing. */
export function writeTerms(terms: Terms): ReadonlyMap<string, Written> {
  const { properties } = terms
  return written(
    ['terms', 1],
    ['product', terms.product],
    ['title', unless(terms.title, terms.product)],
    ['features', unlessEmpty(sortedMap(terms.features, writeFeature))],
    ['meters', unlessEmpty(sortedMap(terms.meters, writeMeter))],
    ['context', unlessEmpty(sortedMap(terms.context, ({ type, from }) => written(['type', type], ['from', from])))],
    ['attributes', unlessEmpty(sortedMap(terms.attributes, (type) => type))],
    [
      'properties',
      unlessEmpty(
        written(
          ...(['subject', 'resource', 'action'] as const).map(
            (of) => [of, unlessEmpty(sortedMap(properties[of], (type) => type))] as const,
          ),
        ),
      ),
    ],
    ['assurance', unlessEmpty(new Map(terms.levels.map((level) => [level.name, writeLevel(level)])))],
    ['signals', unlessEmpty(writeSignals(terms))],
    ['roles', unlessEmpty(sortedMap(terms.roles, (patterns) => patterns))],
    ['ends', terms.ends && writeEnds(terms.ends)],
    ['publish', terms.signedOffBy && written(['signed_off_by', terms.signedOffBy])],
    ['plans', unlessEmpty(new Map([...terms.plans].map(([name, plan]) => [name, writePlan(name, plan)])))],
    [
      'federation',
      unlessEmpty(sortedMap(terms.federation, ({ authority, product }) => written(['authority', authority], ['product', product]))),
    ],
  )
}

function unless<T>(value: T, usual: T): T | undefined {
  return value === usual ? undefined : value
}

export function writeFeature(feature: Feature, name: string): Written {
  return written(
    ['title', unless(feature.title, name)],
    ['type', unless(feature.type, 'switch')],
    ['unit', feature.unit],
    ['values', feature.values],
    ['meter', feature.meter],
    ['resource', feature.resource],
    ['commands', feature.commands],
    ['assurance', feature.assurance && writeAssurance(feature.assurance)],
    ['repair', unless(feature.repair, false)],
    ['unreachable', unless(feature.unreachable, 'closed')],
  )
}

export function writeMeter({ unit, alertAt }: Meter): Written {
  return written(['unit', unit], ['alert_at', unlessEmpty(alertAt.map(writeFraction))])
}

function writeLevel({ acr, anyOf, attested }: Level): Written {
  const alternatives = anyOf.map((all) => (all.length === 1 ? (all[0] as string) : all))
  return written(['acr', acr], ['any_of', alternatives], ['attested', unless(attested, false)])
}

function writeSignals({ signals, onSignalFailure }: Terms): ReadonlyMap<string, Written> {
  const failure = onSignalFailure.kind === 'require' ? `require ${onSignalFailure.level}` : unless(onSignalFailure.kind, 'allow')
  return written(...sortedMap(signals, writeSignal), ['on_failure', failure])
}

function writeSignal({ effect, overKmPerHour }: Signal): Written {
  return written(['over', overKmPerHour === undefined ? undefined : writeSpeed(overKmPerHour)], writeEffect(effect))
}

function writeEffect(effect: SignalEffect): readonly [string, Written] {
  return effect.kind === 'require' ? ['require', effect.level] : [effect.kind, true]
}

export function writeEnds({ days, minuteOfDay, zone }: Ends): Written {
  return written(['on', writeDays(days)], ['at', writeTime(minuteOfDay)], ['zone', zone])
}

export function writePlan(name: string, plan: Plan): ReadonlyMap<string, Written> {
  return written(
    ['title', unless(plan.title, name)],
    ['price', unlessEmpty(sortedMap(plan.price, (price) => price))],
    ['trial', plan.trialSeconds === undefined ? undefined : writeDuration(plan.trialSeconds)],
    ['seats', plan.seats && writeSeats(plan.seats)],
    ['grace', unlessEmpty(writeGrace(plan.grace))],
    ['enforcement', unless(plan.enforcement, 'enforce')],
    ['includes', unlessEmpty(sortedMap(plan.includes, writeEntries))],
    ['conditions', writeConditions(plan.conditions)],
  )
}

export function writeSeats(seats: Seats): Written {
  const { overage } = seats
  return written(
    [seats.kind, seats.count],
    ['overage', overage.kind === 'percent' ? writePercent(overage.amount) : unless(overage.amount, 0)],
    ['for', seats.for.length === 1 && seats.for[0] === 'human' ? undefined : seats.for],
    ['take', unless(seats.take, 'on use')],
    ['hold', seats.holdSeconds === 0 ? undefined : writeDuration(seats.holdSeconds)],
    ['lease', seats.leaseSeconds === undefined ? undefined : writeDuration(seats.leaseSeconds)],
    ['outage', unless(seats.outage, 'release')],
  )
}

function writeGrace(grace: Grace): ReadonlyMap<string, Written> {
  return written(
    ['expiry', grace.expirySeconds === 0 ? undefined : writeDuration(grace.expirySeconds)],
    ['payment', grace.paymentSeconds === 0 ? undefined : writeDuration(grace.paymentSeconds)],
    ['offline', grace.offlineSeconds === 86_400 ? undefined : writeDuration(grace.offlineSeconds)],
    ['then', grace.degradeTo === undefined ? undefined : `degrade to ${grace.degradeTo}`],
  )
}
