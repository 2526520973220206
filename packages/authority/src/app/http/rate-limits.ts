import { isIPv4, isIPv6 } from 'node:net'
import { arrivalAfter, type Instant, readyAt, roomFor } from '@writ/engine'
import type { Rate } from '@writ/terms'
import type { FastifyReply, FastifyRequest, RouteOptions } from 'fastify'
import type { Credential } from '../../enforcers/credentials.ts'
import { ApiError } from '../api-error.ts'
import type { Clock } from '../clock.ts'
import type { Config } from '../config.ts'
import type { Server } from './server.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What one request counts for. Default: 1; of a management route that changes something, 5. */
    cost?: number
    /** How many a request is, where its body says so. */
    items?: (body: unknown) => number
    /** Whose allowance it is taken from; set here. */
    pace?: Pace
  }
}

type Pace = 'decisions' | 'management' | 'addresses' | 'none'

/** The allowance of one credential or address: GCRA, one number. */
class Allowance {
  readonly limit: Rate
  #arrival: Instant = 0
  constructor(limit: Rate) {
    this.limit = limit
  }

  /** @returns whether so many went through; more than the whole burst goes through when all of it is there */
  take(amount: number, now: Instant): boolean {
    const { limit } = this
    const most = amount > limit.burst ? limit.burst : amount
    // Of a clock that was set back only as much is waited out as a spent burst takes.
    const latest = now + limit.periodSeconds * 1000
    if (this.#arrival > latest) this.#arrival = latest
    if (readyAt(limit, this.#arrival, most) > now) return false
    this.#arrival = arrivalAfter(limit, this.#arrival, most, now)
    return true
  }

  room(now: Instant): number {
    return roomFor(this.limit, this.#arrival, now)
  }
  /** Seconds until so many go through. */
  wait(amount: number, now: Instant): number {
    return Math.max(1, Math.ceil((readyAt(this.limit, this.#arrival, Math.min(amount, this.limit.burst)) - now) / 1000))
  }
  /** Seconds until all is there again. */
  whole(now: Instant): number {
    return Math.max(0, Math.ceil((this.#arrival - now) / 1000))
  }
  isFull(now: Instant): boolean {
    return this.#arrival <= now
  }
}

/** One address each; beyond it the one that came first is forgotten. */
const MOST_ADDRESSES = 10_000

export interface RateLimits {
  /** After authentication, which says whose allowance it is. */
  install(server: Server): void
  /** Of a request that carries no valid credential. @returns what it is answered with */
  stranger(request: FastifyRequest, reply: FastifyReply): ApiError | undefined
}

/**
 * Limits per credential, decisions and management apart, and per address for whoever shows no valid credential. In the memory of this
 * node. Whoever shows a valid credential is never held by what others do from the same address, and what takes access away is never
 * held at all: of a stolen key, too, the thief must not be able to keep its owner from revoking it.
 * @see draft-ietf-httpapi-ratelimit-headers-10
 */
export function openRateLimits({ decisionRate, managementRate, addressRate }: Config, clock: Clock): RateLimits {
  const limits = { decisions: limitOf(decisionRate), management: limitOf(managementRate), addresses: limitOf(addressRate) }
  const decisions = new WeakMap<Credential, Allowance>()
  const management = new WeakMap<Credential, Allowance>()
  const addresses = new Map<string, Allowance>()

  /** By credential object: the common case is one look and two comparisons of numbers. */
  const held = (known: WeakMap<Credential, Allowance>, credential: Credential, limit: Rate): Allowance => {
    let allowance = known.get(credential)
    if (allowance === undefined) {
      allowance = new Allowance(limit)
      known.set(credential, allowance)
    }
    return allowance
  }
  const atAddress = (address: string, limit: Rate, now: Instant): Allowance => {
    const place = neighbourhood(address)
    const known = addresses.get(place)
    if (known !== undefined) return known
    if (addresses.size >= MOST_ADDRESSES) makeRoom(addresses, now)
    const allowance = new Allowance(limit)
    addresses.set(place, allowance)
    return allowance
  }

  const charge = (request: FastifyRequest, reply: FastifyReply, amount: number): ApiError | undefined => {
    const { pace: usual = 'none' } = request.routeOptions.config
    const pace = usual === 'none' && isDryRun(request) ? 'management' : usual
    const { credential } = request
    if (pace === 'none') return undefined
    const limit = limits[pace]
    if (limit === undefined) return undefined
    const now = clock()
    if (pace === 'addresses') return spend(atAddress(request.ip, limit, now), pace, amount, now, reply)
    if (credential === undefined) return undefined
    return spend(held(pace === 'decisions' ? decisions : management, credential, limit), pace, amount, now, reply)
  }

  return {
    install(server) {
      server.addHook('onRoute', (route) => {
        const pace = paceOf(route)
        route.config = { ...route.config, pace }
        const { items } = route.config
        if (items === undefined) return
        // The first of them was counted before the body was read.
        const rest = (request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void) => {
          const more = items(request.body) - 1
          done(more > 0 ? charge(request, reply, more) : undefined)
        }
        route.preHandler = [rest, ...[route.preHandler ?? []].flat()]
      })
      server.addHook('onRequest', (request, reply, done) => {
        const { cost, pace } = request.routeOptions.config
        const changes = pace === 'management' && request.method !== 'GET' && request.method !== 'HEAD'
        done(charge(request, reply, cost ?? (isDryRun(request) ? DRY_RUN_COST : changes ? 5 : 1)))
      })
    },
    stranger(request, reply) {
      const { addresses: limit } = limits
      if (limit === undefined) return undefined
      const now = clock()
      return spend(atAddress(request.ip, limit, now), 'addresses', 1, now, reply)
    },
  }
}

function spend(allowance: Allowance, pace: Pace, amount: number, now: Instant, reply: FastifyReply): ApiError | undefined {
  const went = allowance.take(amount, now)
  // A decision is told only when three quarters are spent: writing two headers costs more than the look.
  if (went && pace === 'decisions' && allowance.room(now) * 4 > allowance.limit.burst) return undefined
  reply.header('ratelimit-policy', `"${pace}";q=${allowance.limit.burst};w=${allowance.limit.periodSeconds}`)
  reply.header('ratelimit', `"${pace}";r=${allowance.room(now)};t=${allowance.whole(now)}`)
  if (went) return undefined
  reply.header('retry-after', allowance.wait(amount, now))
  return new ApiError('RATE_LIMITED')
}

/** Looked at by machines that watch the process, or a file of the console out of memory: as cheap as refusing would be. */
const WATCHED: readonly string[] = ['/healthz', '/readyz', '/metrics', '/console/*']

/** What it would take from whom is found out for it, over everybody. */
const DRY_RUN_COST = 20

function isDryRun({ query }: FastifyRequest): boolean {
  return (query as { dry_run?: unknown } | null)?.dry_run === 'true'
}

/** Takes access away, or says that somebody may have got some: `DELETE`, and these. */
const TAKES_AWAY = /\/(suspend|revoke|leak|signals)$/

function paceOf({ method, url, config }: RouteOptions): Pace {
  if (config?.anyCredential === true) return 'management'
  if (config?.permission === undefined) return WATCHED.includes(url) ? 'none' : 'addresses'
  if (method === 'DELETE' || (method === 'POST' && TAKES_AWAY.test(url))) return 'none'
  return config.permission === 'decide' || config.permission === 'consume' ? 'decisions' : 'management'
}

function limitOf(limit: Rate | 'off' | undefined): Rate | undefined {
  return limit === 'off' ? undefined : limit
}

/** Forgets those whose allowance is whole, which are as if never seen; else whoever came first. */
function makeRoom(addresses: Map<string, Allowance>, now: Instant): void {
  for (const [place, allowance] of addresses) if (allowance.isFull(now)) addresses.delete(place)
  if (addresses.size < MOST_ADDRESSES) return
  const [oldest] = addresses.keys()
  if (oldest !== undefined) addresses.delete(oldest)
}

/** An IPv4 address, or the /64 of an IPv6 one: whoever has one address of it has them all. */
function neighbourhood(address: string): string {
  if (!isIPv6(address)) return address
  const mapped = address.slice(address.lastIndexOf(':') + 1)
  if (isIPv4(mapped)) return mapped
  const [head = '', tail] = address.split('::')
  const groups = head.split(':')
  if (tail !== undefined) groups.push(...Array(Math.max(0, 8 - groups.length - tail.split(':').length)).fill('0'), ...tail.split(':'))
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group || '0', 16).toString(16))
    .join(':')
}
