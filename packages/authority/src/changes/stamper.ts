import { FRESHNESS_USE, issueFreshnessStamp } from '@writ/license'
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { Clock } from '../app/clock.ts'
import type { Database } from '../app/database.ts'
import type { Sealer } from '../keys/sealer.ts'
import { signerFor } from '../keys/signing-keys.ts'
import type { Place } from './live.ts'

interface Parts {
  readonly id: string
  readonly db: Kysely<Database>
  readonly sealer: Sealer
  readonly clock: Clock
  readonly log: Logger
}

/** Signs how far this node is; `undefined` where no key can be had, which the log says once. */
export function stamper({ log, ...parts }: Parts): (place: Place) => Promise<string | undefined> {
  let isTold = false
  return async (place) => {
    const iat = Math.floor(parts.clock() / 1_000)
    try {
      const signer = await parts.db.transaction().execute((tx) => signerFor(tx, parts, FRESHNESS_USE))
      const stamp = await issueFreshnessStamp({ iss: parts.id, iat, ...place }, signer)
      isTold = false
      return stamp
    } catch (error) {
      if (!isTold) log.warn({ err: error }, 'live mode goes on without freshness stamps: there is no key to sign them')
      isTold = true
      return undefined
    }
  }
}
