import { decisionToWire, type IdentityFact, propose, requestFromWire, type Spending, type WireRequest, type World } from '@writ/engine'
import { type LicenseClaims, rosterId } from '@writ/license'
import type { Clock } from '../clock.ts'
import { type Decision, refusal } from '../decision.ts'
import { Enforcer, type EnforcerOptions } from '../enforcer.ts'
import type { Fetch } from '../fetched.ts'
import { ConsumedIds } from '../live/consumed-ids.ts'
import type { AnyProduct, Product } from '../product.ts'
import { type Question, toWire } from '../question.ts'
import { WritError } from '../writ-error.ts'
import { CLOCK_SKEW_MILLISECONDS } from './clock-guard.ts'
import type { DeviceGuard } from './device-guard.ts'
import { type Explanation, explainFile } from './explain.ts'
import type { FileStatus } from './file-status.ts'
import { LocalUsage } from './local-usage.ts'
import type { Fault } from './open-license.ts'

/** Somebody whom the application vouches for, where the file says `identities: asserted`. */
export interface Person extends Pick<IdentityFact, 'id' | 'factors' | 'attributes'> {
  /** Default: human. */
  readonly kind?: IdentityFact['kind']
  /** In the organization that holds the licence. */
  readonly roles?: readonly string[]
}

interface Opened<P extends Product> extends EnforcerOptions<P> {
  readonly clock: Clock
  readonly claims?: LicenseClaims
  readonly world?: World
  readonly fault?: Fault
  readonly guard?: DeviceGuard
  readonly status?: FileStatus
}

/** Seats taken here come after those that the file has. */
const FIRST_ORDER = 2 ** 40

/** Decides by a license file. Everything since its issue is offline grace: the terms say how long that lasts. */
export class OfflineWrit<const P extends Product = AnyProduct> extends Enforcer<P> {
  /** What the file says; absent: it does not verify. */
  readonly claims: LicenseClaims | undefined
  readonly #fault: Fault | undefined
  readonly #world: World | undefined
  readonly #clock: Clock
  readonly #usage: LocalUsage
  readonly #guard: DeviceGuard | undefined
  readonly #status: FileStatus | undefined
  /** Of this run: a repeated id is not counted twice. */
  readonly #consumed = new ConsumedIds()
  #seats = 0

  constructor(opened: Opened<P>) {
    super(opened)
    this.claims = opened.claims
    this.#fault = opened.fault
    this.#world = opened.world
    this.#clock = opened.clock
    this.#guard = opened.guard
    this.#status = opened.status
    this.#usage = new LocalUsage(opened.clock, opened.claims, opened.guard)
  }

  /** Why every answer is no; absent: the file holds. */
  get fault(): Fault | undefined {
    const error = this.claims && this.#guard?.refuses?.(this.claims.jti)
    return error === undefined ? this.#fault : { reason: 'license_file_invalid', remedies: [], error }
  }

  /**
   * States who somebody is, whole; the application has verified it. Only for files that leave identities to the application.
   * @throws {RangeError} for a file that has a roster
   */
  vouch({ id, kind = 'human', roles = [], factors, attributes }: Person): void {
    const { claims } = this
    if (claims === undefined || this.#world === undefined) return
    if (claims.identities !== 'asserted') throw new RangeError('this license file says itself who may use it')
    const { holder } = claims
    const fact: IdentityFact = {
      fact: 'identity',
      id,
      kind,
      status: 'active',
      in: 'organization' in holder ? { [holder.organization]: roles } : {},
      ...(factors !== undefined && { factors }),
      ...(attributes !== undefined && { attributes }),
    }
    this.#world.apply({ revision: this.#world.revision + 1, facts: [fact] })
  }

  /** Where a list says whether the file is still good; absent: the file names none. */
  get status(): LicenseClaims['status'] {
    return this.claims?.status
  }

  /** When there may be a newer status list, epoch milliseconds, 0: none was seen; absent: the file names none. */
  get statusDue(): number | undefined {
    return this.#status?.due
  }

  /**
   * Goes by a status list that was carried here: of this file, and of the people in it. It only takes away: what a file says of plan, roles and end
   * grows old all the same, and a fresh file is what renews it.
   * @param options.isKept it was gone by before: that it is over by now does not matter
   * @throws {StatusError} any STATUS_* code; then what was known before counts
   * @throws {RangeError} for a file that names no list
   */
  async heed(statusList: string, { isKept = false }: { readonly isKept?: boolean } = {}): Promise<void> {
    const world = this.#world
    if (this.#status === undefined || world === undefined) throw new RangeError('this license file names no status list')
    await this.#status.heed(statusList, (facts) => world.apply({ revision: world.revision + 1, facts }), isKept)
  }

  /**
   * {@link heed}, over the network.
   * @returns the list, to carry on to where there is none
   * @throws {WritError} NO_STATUS_LIST
   * @throws {StatusError} any STATUS_* code
   */
  async refreshStatus({ fetch }: { readonly fetch?: Fetch } = {}): Promise<string> {
    if (this.#status === undefined) throw new RangeError('this license file names no status list')
    const list = await this.#status.fetched(fetch)
    await this.heed(list)
    return list
  }

  /**
   * Keeps floating seats that checks took, for another lease: a heartbeat for people who are there and ask nothing. A check keeps a seat as well.
   * @param identities ids as they ask @returns those who have one
   */
  async holdSeats(identities: readonly string[]): Promise<string[]> {
    const record = this.claims && this.#world?.license(this.claims.license)
    const seats = record && this.#world?.sold(record)?.plan.plan.seats
    if (this.fault !== undefined || this.#guard?.isOver === true || seats?.kind !== 'floating') return []
    return this.#ofPeople(identities, (license, ids) => this.#usage.keep(license, ids, seats.leaseSeconds, this.#clock()))
  }

  /**
   * Frees floating seats at once, for others on this device.
   * @param identities ids as they ask; `all`: of everybody, as after a restart that nobody's session outlived @returns whose; of all, as the file names them
   */
  async releaseSeats(identities: readonly string[] | 'all'): Promise<string[]> {
    if (identities === 'all') return this.claims === undefined ? [] : [...this.#usage.free(this.claims.license, 'all', this.#clock())]
    return this.#ofPeople(identities, (license, ids) => this.#usage.free(license, ids, this.#clock()))
  }

  async #ofPeople(identities: readonly string[], work: (license: string, ids: readonly string[]) => readonly string[]): Promise<string[]> {
    const { claims } = this
    if (claims === undefined) return []
    const ids = claims.roster === undefined ? identities : await Promise.all(identities.map((id) => rosterId(claims.license, id)))
    const done = new Set(work(claims.license, ids))
    return identities.filter((_, i) => done.has(ids[i] as string))
  }

  /** What this file is worth here: what holds, until when, and what happens next. `undefined`: it does not verify; `fault` says why. */
  explain(): Explanation | undefined {
    const { claims } = this
    if (claims === undefined) return undefined
    const now = this.#clock()
    const guard = this.#guard
    if (guard === undefined) return explainFile(claims, { now })
    const spent = guard.units.spentAt(claims.license, now)
    const seated = this.#usage.floating(claims.license).length
    return explainFile(claims, { now, clock: guard.time.look(now), deviceKey: guard.key, spent, seated })
  }

  protected async answer(question: Question): Promise<Decision> {
    return this.#decide(toWire(question, this.product), true)
  }

  /** In order; like the authority's batch it takes nothing without `consume`. */
  protected async answerAll(questions: readonly Question[]): Promise<readonly Decision[]> {
    const decisions: Decision[] = []
    for (const question of questions) {
      const wire = toWire(question, this.product)
      decisions.push(await this.#decide(wire, wire.consume !== undefined))
    }
    return decisions
  }

  async #decide(wire: WireRequest, takes: boolean): Promise<Decision> {
    const { fault, claims } = this
    const world = this.#world
    if (this.#guard?.isOver === true) return refusal('device_mismatch', [{ type: 'reactivate' }])
    if (claims === undefined || world === undefined) return refusal(fault?.reason ?? 'license_file_invalid', fault?.remedies ?? [])
    const { consume } = wire
    const known = consume === undefined || !takes ? undefined : this.#consumed.get(consume.id)
    if (known !== undefined && known !== 'elsewhere') {
      if (known.question !== JSON.stringify(wire))
        throw new WritError('QUESTION_REFUSED', { status: 422, code: 'CONSUME_ID_REUSED', pointers: [] })
      return known.decision
    }
    const request = await this.#named(wire, claims)
    const now = this.#clock()
    // The file was issued at a proven time: a clock that reads earlier was turned back.
    const turnedBack = this.#guard?.time.look(now) === 'turned_back' || now < claims.iat * 1000 - CLOCK_SKEW_MILLISECONDS
    const missing = this.#status?.isMissing === true ? 'check_in_overdue' : undefined
    const standing = turnedBack ? 'clock_turned_back' : (fault?.reason ?? missing)
    world.standing = { staleSince: claims.iat * 1000, ...(standing !== undefined && { fault: standing }) }
    const { decision, spending } = propose(world, this.#usage, requestFromWire(request), now)
    if (takes && decision.allowed && spending !== undefined && !this.#take(world, spending, now))
      return refusal('quota_unavailable', [{ type: 'reconnect' }])
    // A file's World has a revision of its own, which says nothing about the authority's.
    const { revision: _, trace: __, ...answer } = decisionToWire(decision)
    if (takes && consume !== undefined && decision.allowed) {
      this.#consumed.set(consume.id, { question: JSON.stringify(wire), decision: answer as Decision })
    }
    return answer as Decision
  }

  /** A roster names nobody: whoever knows an id finds its pseudonym. */
  async #named(wire: WireRequest, { license, roster }: LicenseClaims): Promise<WireRequest> {
    if (roster === undefined) return wire
    const { identity, actor } = wire
    return {
      ...wire,
      ...(typeof identity === 'string' && { identity: await rosterId(license, identity) }),
      ...(typeof actor === 'string' && { actor: await rosterId(license, actor) }),
    }
  }

  /** @returns false: nothing was taken */
  #take(world: World, spending: Spending, now: number): boolean {
    if (!this.#usage.spend(spending, now)) return false
    if (spending.seat?.kind !== 'named') return true
    const { license, seat } = spending
    const order = FIRST_ORDER + this.#seats++
    world.apply({ revision: world.revision + 1, facts: [{ fact: 'seat', license, identity: seat.identity, order }] })
    return true
  }
}
