import type { Fact } from '@writ/engine'
import type { AuditDetail } from '../audit/store.ts'
import type { NewEvent } from '../notify/event.ts'
import { factKey } from './fact-key.ts'
import type { Touched } from './tables.ts'

/** An audit row beside the one of the mutation. */
export interface Told {
  /** `null`: the vendor's own. */
  readonly organization: string | null
  /** Kind and id; absent: that of the mutation. */
  readonly subject?: string
  readonly detail: AuditDetail
}

/** What a mutation is a part of: more was asked for at once than is done at once. */
export interface Whole {
  /** What is changed in parts, as it was asked for. */
  readonly of: string
  /** All that is left of it, what is done now included. Asked for when it is to be weighed, not for every part. */
  readonly all: () => readonly Fact[]
  /** Nothing is left of it after this. */
  readonly isLast: boolean
}

/** What a mutation says to the feed while it runs. Nothing of it is seen before the transaction commits. */
export class Draft {
  readonly #facts = new Map<string, Fact>()
  readonly #following: Fact[] = []
  readonly #touched = new Map<string, Touched>()
  #detail: AuditDetail = {}
  readonly #told: Told[] = []
  readonly #events: NewEvent[] = []
  #isUnchanged = false
  #whole: Whole | undefined
  #coversLater: string | undefined
  #coveredBy: string | undefined
  #isHeldBeyond = true
  #onceWeighed: (() => Promise<void>) | undefined

  /** States an entity whole, or removes it. Of two statements about one entity the later counts. */
  state(...facts: readonly Fact[]): void {
    for (const fact of facts) this.#facts.set(factKey(fact), fact)
  }

  /** Says what follows from it in changes of their own: the guard weighs it with the rest, and of them what they take beyond it. */
  follow(...facts: readonly Fact[]): void {
    for (const fact of facts) this.#following.push(fact)
  }

  /** Says that a row outside World, which every node keeps in memory, is another now. */
  touch(kind: string, id: string): void {
    this.#touched.set(JSON.stringify([kind, id]), { kind, id })
  }

  /** Adds to the audit row what was changed, in words of the API. Never a secret. */
  note(detail: AuditDetail): void {
    this.#detail = { ...this.#detail, ...detail }
  }

  /** Writes an audit row of its own: for an organization that is not to read the rest, or for one thing among several. */
  alsoTell(told: Told): void {
    this.#told.push(told)
  }

  /** Lets webhooks hear of it. */
  announce(event: NewEvent): void {
    this.#events.push(event)
  }

  /** Has all of it weighed, and confirmed once, instead of this part alone. */
  partOf(whole: Whole): void {
    this.#whole = whole
  }

  /** Lets changes that follow from it, under the same name and by the same actor, go through with what this one was weighed with. */
  coverLater(of: string): void {
    this.#coversLater = of
  }

  /**
   * Says that it follows from what was weighed under a name: only what it takes beyond that is judged.
   * @param isHeld false: that is told and counted, and held by nothing
   */
  coveredBy(of: string, isHeld = true): void {
    this.#coveredBy = of
    this.#isHeldBeyond = isHeld
  }

  /** Does something more once the guard has let it through, in the same transaction. */
  onceWeighed(work: () => Promise<void>): void {
    this.#onceWeighed = work
  }

  /** Says that all was so already: the answer is given without a change and without an audit row. */
  unchanged(): void {
    this.#isUnchanged = true
  }

  get isUnchanged(): boolean {
    return this.#isUnchanged
  }
  get whole(): Whole | undefined {
    return this.#whole
  }
  get covers(): { readonly later: string | undefined; readonly by: string | undefined; readonly isHeld: boolean } {
    return { later: this.#coversLater, by: this.#coveredBy, isHeld: this.#isHeldBeyond }
  }
  get afterWeighing(): (() => Promise<void>) | undefined {
    return this.#onceWeighed
  }
  get facts(): readonly Fact[] {
    return [...this.#facts.values()]
  }
  /** What is stated and what follows from it. */
  get weighed(): readonly Fact[] {
    return [...this.#facts.values(), ...this.#following]
  }
  get touched(): readonly Touched[] {
    return [...this.#touched.values()]
  }
  get detail(): AuditDetail {
    return this.#detail
  }
  get events(): readonly NewEvent[] {
    return this.#events
  }
  get told(): readonly Told[] {
    return this.#told
  }
}
