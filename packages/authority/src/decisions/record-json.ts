import type { DecisionRecord } from './store.ts'

/**
 * Writes an array of records. What those of one batch of questions have in common stands once, with what each has of its own:
 * `[{ at, …, identity, … }, { at, …, each: [{ identity, … }, …] }]`.
 */
export class RecordWriter {
  #latest: DecisionRecord | undefined
  #isInEach = false

  /** What the array ends with after the latest. */
  get end(): string {
    return this.#isInEach ? ']}]' : ']'
  }

  /** What an array begins with whose first record it is. */
  first(record: DecisionRecord): string {
    this.#latest = record
    this.#isInEach = false
    return `[${whole(record)}`
  }

  /** What adds it to the records before. */
  next(record: DecisionRecord): string {
    const isAlike = this.#latest !== undefined && areAlike(record, this.#latest)
    const wasInEach = this.#isInEach
    this.#latest = record
    this.#isInEach = isAlike
    if (!isAlike) return wasInEach ? `]},${whole(record)}` : `,${whole(record)}`
    return wasInEach ? `,${own(record)}` : `,${common(record)},"each":[${own(record)}`
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

function whole(record: DecisionRecord): string {
  return `${common(record)},${own(record).slice(1)}`
}

/** An object that is not closed. */
function common({ at, requestId, credential, feature, resource, revision }: DecisionRecord): string {
  return JSON.stringify({ at, requestId, credential, feature, resource, revision }).slice(0, -1)
}

function own({ allowed, reason, identity, actor, license, organization }: DecisionRecord): string {
  return JSON.stringify({ allowed, reason, identity, actor, license, organization })
}
