import { writeDuration } from '../forms/duration.ts'
import { writeLimit, writeRate } from '../forms/limit.ts'
import { writeHours } from '../forms/week.ts'
import type { Assurance, Conditions, Entry, Hours, ResourceSelector } from '../model.ts'
import { sortedMap, unlessEmpty, type Written, written } from './document.ts'

export function writeAssurance({ level, withinSeconds }: Assurance): string {
  return withinSeconds === undefined ? level : `${level} within ${writeDuration(withinSeconds)}`
}

/** The entries of one feature: alone or as alternatives, in their order. */
export function writeEntries(entries: readonly Entry[]): Written {
  const [only] = entries
  return only !== undefined && entries.length === 1 ? writeEntry(only) : entries.map(writeEntry)
}

export function writeEntry(entry: Entry): Written {
  const { limit, rate, resources, approval, obligations } = entry
  return written(
    ['limit', limit && writeLimit(limit)],
    ['then', writeThen(entry.then)],
    ['rate', rate && writeRate(rate)],
    ['burst', rate === undefined || rate.burst === rate.count ? undefined : rate.burst],
    ['value', entry.value],
    ['resources', resources && writeResources(resources)],
    ['commands', entry.commands],
    ['assurance', entry.assurance && writeAssurance(entry.assurance)],
    [
      'approval',
      approval &&
        written(
          ['by', approval.by],
          ['count', approval.count === 1 ? undefined : approval.count],
          ['for', approval.forSeconds === undefined ? undefined : `up to ${writeDuration(approval.forSeconds)}`],
        ),
    ],
    ['obligations', unlessEmpty(written(['record', obligations.record || undefined], ['mask', unlessEmpty(obligations.mask)]))],
    ['when', entry.when],
    ['needs', entry.needs],
    ['conditions', writeConditions(entry.conditions)],
  )
}

function writeThen(then: Entry['then']): string | undefined {
  if (then.kind === 'throttle') return `throttle ${writeRate(then.rate)}`
  return then.kind === 'bill' ? 'bill' : undefined
}

export function writeResources({ environment, region, labels }: ResourceSelector): Written {
  return written(['environment', environment], ['region', region], ['labels', unlessEmpty(sortedMap(labels, (values) => values))])
}

export function writeConditions({ hours, regions, networks, when }: Conditions): ReadonlyMap<string, Written> | undefined {
  return unlessEmpty(written(['hours', hours && writeHoursMap(hours)], ['regions', regions], ['networks', networks], ['when', when]))
}

export function writeHoursMap({ zone, open, closedOn }: Hours): Written {
  return written(['zone', zone], ['open', writeHours(open)], ['closed_on', unlessEmpty(closedOn)])
}
