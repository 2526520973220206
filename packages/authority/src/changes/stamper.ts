import { FRESHNESS_USE, issueFreshnessStamp } from '@writ/license'
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { Clock } from '../app/clock.ts'
import type { Database } from '../app/database.ts'
import type { Sealer } from '../keys/sealer.ts'
import { signerFor } from '../keys/signing-keys.ts'
import type { PlaceNow } from './live.ts'

interface Parts {
  readonly id: string
  readonly db: Kysely<Database>
  readonly sealer: Sealer
  readonly clock: Clock
  readonly log: Logger
}

/** Signs how far this node is; `undefined` where it does not know, or no key can be had, which the log says once. */
export function stamper({ log, ...parts }: Parts): (placeNow: PlaceNow) => Promise<string | undefined> {
  let isTold = false
  return async (placeNow) => {
    try {
      const signer = await parts.db.transaction().execute((tx) => signerFor(tx, parts, FRESHNESS_USE))
      // Read only now, and together: a key that was made for this signs nothing of the second before it.
      const place = placeNow()
      if (place === undefined) return undefined
      const iat = Math.floor(parts.clock() / 1_000)
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
