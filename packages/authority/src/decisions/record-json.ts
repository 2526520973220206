import type { DecisionRecord } from './store.ts'

/**
 * Writes records as `JSON.stringify` does, but for the order of members. What those of one batch of questions have in common is written
 * once for all of them.
 */
export function recordWriter(): (record: DecisionRecord) => string {
  let latest: DecisionRecord | undefined
  let common = ''
  return (record) => {
    if (latest === undefined || !isAlike(record, latest)) common = commonOf(record)
    latest = record
    const { allowed, reason, identity, actor, license, organization } = record
    return `${common},${JSON.stringify({ allowed, reason, identity, actor, license, organization }).slice(1)}`
  }
}

function isAlike(a: DecisionRecord, b: DecisionRecord): boolean {
  return (
    a.at === b.at &&
    a.requestId === b.requestId &&
    a.credential === b.credential &&
    a.feature === b.feature &&
    a.resource === b.resource &&
    a.revision === b.revision
  )
}

function commonOf({ at, requestId, credential, feature, resource, revision }: DecisionRecord): string {
  return JSON.stringify({ at, requestId, credential, feature, resource, revision }).slice(0, -1)
}
