import type { CompiledFeature, FactValue, Scope } from '@writ/terms'
import type { AskedResource, Request } from './decision.ts'
import type { Instant, SignalFact } from './facts.ts'
import type { ProductRecord } from './products.ts'
import type { Usage } from './usage.ts'
import type { World } from './world.ts'

/** A question with its facts looked up, and the place where gates note which instants their findings hang on. */
export interface Ask {
  readonly world: World
  readonly usage: Usage
  readonly request: Request
  readonly now: Instant
  readonly identity: number
  readonly identityId: string
  readonly actor: number | undefined
  readonly product: ProductRecord
  readonly featureName: string
  /** The feature as the newest edition knows it; a candidate has its own edition's. */
  readonly feature: CompiledFeature
  readonly commands: readonly string[] | undefined
  readonly resource: AskedResource | undefined
  /** Asks whether there is any resource at all for which it holds: `impact` alone does. */
  readonly anyResource: boolean
  readonly organization: number | undefined
  /** Units asked: `consume.amount`, else `wanted`, else 1. */
  readonly amount: number
  readonly session: FactValue | null | undefined
  readonly device: FactValue | null | undefined
  /** Signals of a human that hold for this session and device at `now`. */
  readonly raised: readonly SignalFact[]
  readonly horizon: Horizon
  scope: Scope | undefined
}

/**
 * The next instant at which time alone may change the answer. Every comparison with `now` notes its boundary here;
 * then nothing changes before `soonest`, and `decide` looks whether something really does there.
 */
export class Horizon {
  readonly now: Instant
  soonest = Number.POSITIVE_INFINITY
  /** Whether crossing `soonest` ends what passed now for sure, so that no second look is needed. */
  certain = false

  constructor(now: Instant) {
    this.now = now
  }

  /** A boundary at which something may change. */
  touch(instant: Instant | undefined): void {
    if (instant === undefined || instant <= this.now || instant >= this.soonest) return
    this.soonest = instant
    this.certain = false
  }

  /** A boundary at which a pass surely ends, or its notices change. */
  bound(instant: Instant): void {
    if (instant <= this.now || instant > this.soonest || instant === Number.POSITIVE_INFINITY) return
    this.soonest = instant
    this.certain = true
  }
}
