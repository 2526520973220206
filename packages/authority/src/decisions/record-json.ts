import type { DecisionRecord } from './store.ts'

/** What the records of one batch of questions have in common stands once, with what each has of its own: `[{ at, …, each: [{ identity, … }] }]`. */
export class RecordWriter {
  static readonly end = ']}]'
  #latest: DecisionRecord | undefined

  /** What an array begins with whose first record it is. */
  first(record: DecisionRecord): string {
    this.#latest = record
    return `[${opening(record)}${own(record)}`
  }

  /** What adds it to the records before. */
  next(record: DecisionRecord): string {
    const isAlike = this.#latest !== undefined && areAlike(record, this.#latest)
    this.#latest = record
    return isAlike ? `,${own(record)}` : `]},${opening(record)}${own(record)}`
  }
}

function areAlike(a: DecisionRecord, b: DecisionRecord): boolean {
  return (
    a.at === b.at &&
    a.requestId === b.requestId &&
    a.credential === b.credential &&
    a.feature === b.feature &&
    a.resource === b.resource &&
    a.revision === b.revision
  )
}

function opening({ at, requestId, credential, feature, resource, revision }: DecisionRecord): string {
  return `${JSON.stringify({ at, requestId, credential, feature, resource, revision }).slice(0, -1)},"each":[`
}

function own({ allowed, reason, identity, actor, license, organization }: DecisionRecord): string {
  return JSON.stringify({ allowed, reason, identity, actor, license, organization })
}
