import type { Fact } from '@writ/engine'
import type { ColumnType, Generated } from 'kysely'

/** JSON columns are read parsed and written as text: handed an array, the two drivers would write two different things. */
export type Json<T> = ColumnType<T, string, string>

export interface ChangesTables {
  /** One row. Whoever updates `revision` holds the place of the next change until commit. */
  authority: {
    one: true
    id: string
    revision: number
    created_at: number
    /** Another one after each restore. */
    incarnation: Generated<string>
    /** `null`: never. */
    backed_up_at: Generated<number | null>
  }
  changes: {
    revision: number
    at: number
    facts: Json<readonly Fact[]>
    /** Rows outside World that nodes keep in memory and must read again. */
    touched: Json<readonly Touched[]>
  }
  /** The current fact of each entity: what World is built from at start. */
  facts: { key: string; revision: number; body: Json<Fact> }
  /** What was answered to a request with an `Idempotency-Key`, sealed, for as long as a retry may come. */
  idempotency: { credential: string; key: string; fingerprint: string; at: number; revision: number; result: string }
}

/** Something kept in memory beside World: a kind that a follower registered for, and the row's id. */
export interface Touched {
  readonly kind: string
  readonly id: string
}
