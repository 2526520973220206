import type { WireRequest } from '@writ/engine'
import type { Decision, Reason } from './decision.ts'
import { keyOf, nameOf, type Who } from './question.ts'

/** A yes that was given, and how long time alone leaves it standing. */
export interface Known {
  readonly decision: Decision
  /** Epoch milliseconds. */
  readonly at: number
  /** Exclusive; Infinity: time alone never changes it. */
  readonly until: number
}

const MOST = 10_000
/** How far a clock may be set back by those who keep it right. */
const SKEW_MILLISECONDS = 60_000

/** Refusals that close an identity, or a licence, whatever was known before and wherever it is asked: revocation wins. */
const CLOSES_IDENTITY: readonly Reason[] = ['identity_suspended', 'identity_revoked', 'identity_unknown', 'risk_denied']
const CLOSES_LICENSE: readonly Reason[] = ['license_suspended', 'license_revoked']

/** What the authority last said, in this process alone. It is asked when nobody answers, and by those who opted to reuse. */
export class Memory {
  readonly #yeses = new Map<string, Known & { readonly identity: string; readonly actor: string; readonly revision: number }>()
  /** By identity and by licence: the refusal that closed it. */
  readonly #closed = new Map<string, Decision>()
  #revision = 0
  #latest = 0

  /** Hears every answer of the authority, so that a no ends what it contradicts. */
  hear(question: WireRequest, decision: Decision): void {
    const { identity, actor } = question
    const { reason, license, revision = 0 } = decision
    this.#revision = Math.max(this.#revision, revision)
    const names = [who(identity), ...(actor === undefined ? [] : [who(actor)])]
    if (!decision.allowed) this.#yeses.delete(keyOf(question))
    // What is no decision says nothing of anybody.
    if (decision.error !== undefined) return
    // A key that is told no reasons cannot tell a revocation from any other no.
    const isUntold = !decision.allowed && reason === undefined
    if (isUntold) this.#yeses.clear()
    if (isUntold || (reason !== undefined && CLOSES_IDENTITY.includes(reason))) {
      // Which of the two was meant is not told: neither helps until it is heard to be well.
      for (const name of names) this.#close(name, decision, (known) => known.identity === name || known.actor === name)
    } else if (revision >= this.#revision) for (const name of names) this.#closed.delete(name)
    if (license === undefined) return
    if (reason !== undefined && CLOSES_LICENSE.includes(reason)) {
      this.#close(`license:${license}`, decision, (known) => known.decision.license === license)
    } else if (decision.allowed && revision >= this.#revision) this.#closed.delete(`license:${license}`)
  }

  /** Keeps a yes. One from an older revision than others came from is not: what came between might have ended it. */
  learn(question: WireRequest, decision: Decision, at: number, until: number): void {
    const { revision = 0 } = decision
    if (!decision.allowed || revision < this.#revision || until <= at) return
    const identity = who(question.identity)
    const actor = question.actor === undefined ? '' : who(question.actor)
    put(this.#yeses, keyOf(question), { decision, at, until, identity, actor, revision })
  }

  /** The last known yes to exactly this question. @param current only of the newest revision heard of */
  recall(question: WireRequest, now: number, current = false): Known | undefined {
    const known = this.#yeses.get(keyOf(question))
    if (known === undefined || now >= known.until || now < known.at || (current && known.revision < this.#revision)) return undefined
    return known
  }

  /** The refusal that closes this identity, actor or licence, as far as was heard. */
  closing({ identity, actor }: WireRequest, license: string | undefined): Decision | undefined {
    return (
      this.#closed.get(who(identity)) ??
      (actor === undefined ? undefined : this.#closed.get(who(actor))) ??
      (license === undefined ? undefined : this.#closed.get(`license:${license}`))
    )
  }

  /** Whether the clock reads earlier than it did. Then no date can be held against it. */
  turnedBack(now: number): boolean {
    this.#latest = Math.max(this.#latest, now)
    return now < this.#latest - SKEW_MILLISECONDS
  }

  /** The authority does not know the key any more: what it said to it is not to be used either. */
  forgetYeses(): void {
    this.#yeses.clear()
  }

  #close(name: string, decision: Decision, ends: (known: { identity: string; actor: string; decision: Decision }) => boolean): void {
    put(this.#closed, name, decision)
    for (const [key, known] of this.#yeses) if (ends(known)) this.#yeses.delete(key)
  }
}

function who(identity: Who | undefined): string {
  return `identity:${nameOf(identity)}`
}

/** The oldest goes when there are too many. */
function put<V>(map: Map<string, V>, key: string, value: V): void {
  map.delete(key)
  map.set(key, value)
  if (map.size <= MOST) return
  const [oldest] = map.keys()
  if (oldest !== undefined) map.delete(oldest)
}
