import { MAX_TOKEN_LENGTH, type TokenClaims, TokenError, verifyDpop, verifyEntitlementToken } from '@writ/license'
import { type Clock, systemClock } from '../clock.ts'
import type { Enforcer, EnforcerOptions } from '../enforcer.ts'
import type { AnyProduct, Product } from '../product.ts'
import { WritError } from '../writ-error.ts'
import { KeySet, type KeySetOptions } from './key-set.ts'
import { StatusCache } from './status-cache.ts'
import { TokenWrit } from './token-writ.ts'

export interface TokensOptions<P extends Product = AnyProduct> extends EnforcerOptions<P>, Omit<KeySetOptions, 'clock'> {
  /** Who is asked to go by a token: it must be meant for it. Default: the product. */
  readonly audience?: string
  /** Is asked what a token cannot say: units, resources that it does not name, circumstances that are not its own. */
  readonly authority?: Enforcer<P>
  /**
   * Looks the token up in the status list that it names, had anew so often: default 30 seconds. `false`: not at all, and a revocation arrives with the
   * token's end.
   */
  readonly status?: { readonly everySeconds: number } | false
  /** True: refuse it all the same. For whoever hears of revocations sooner than a token ends. */
  readonly isRevoked?: (claims: TokenClaims) => boolean | Promise<boolean>
  /** True: a token that is not bound to a key is refused. */
  readonly onlyBound?: boolean
  /**
   * Remembers a DPoP proof until an instant, epoch seconds; false: it was seen before. Default: in this process. Several processes that
   * serve one URL share a memory, or a proof is good once in each.
   */
  readonly remember?: (id: string, until: number) => boolean | Promise<boolean>
  readonly clock?: Clock
}

/** What brought a token that is bound to a key. */
export interface Bearing {
  readonly method: string
  readonly url: string
  /** The `DPoP` header. */
  readonly dpop?: string | undefined
}

/** Opens entitlement tokens in this process: the authority is asked for its keys now and then, and for nothing else. */
export class Tokens<const P extends Product = AnyProduct> {
  readonly #options: TokensOptions<P>
  readonly #keys: KeySet
  readonly #audience: string
  readonly #clock: Clock
  readonly #remember: NonNullable<TokensOptions['remember']>
  readonly #statuses: StatusCache | undefined

  /** @throws {WritError} OPTION_INVALID */
  constructor(options: TokensOptions<P>) {
    const { url, audience = options.product?.product, clock = systemClock, remember } = options
    if (!URL.canParse(url)) throw new WritError('OPTION_INVALID', { option: 'url' })
    if (audience === undefined) throw new WritError('OPTION_INVALID', { option: 'audience' })
    this.#options = options
    this.#audience = audience
    this.#clock = clock
    this.#keys = new KeySet({ ...options, clock })
    this.#remember = remember ?? memory(clock)
    const { status = { everySeconds: 30 }, roots, fetch } = options
    const keySet = () => this.#keys.with(undefined)
    this.#statuses = status === false ? undefined : new StatusCache({ roots, clock, fetch, keySet, everySeconds: status.everySeconds })
  }

  /**
   * Verifies a token, and answers by it.
   * @param bearing the request that brought it; needed for a token that is bound to a key
   * @throws {TokenError} why it is not gone by: to the caller, all of it is 401 `invalid_token`
   * @throws what reading the key set throws while there is none to go by
   */
  async open(token: string, bearing?: Bearing): Promise<TokenWrit<P>> {
    const { isRevoked, onlyBound } = this.#options
    const now = Math.floor(this.#clock() / 1_000)
    const keySet = await this.#keys.with(kidOf(token))
    const claims = await verifyEntitlementToken(token, { keySet, audience: this.#audience, now })
    const { product } = this.#options
    if (product !== undefined && claims.product !== product.product) throw new TokenError('TOKEN_AUDIENCE_REFUSED', undefined)
    const jkt = claims.cnf?.jkt
    if (jkt === undefined && onlyBound === true) throw new TokenError('DPOP_MISSING', undefined)
    if (jkt !== undefined) {
      if (bearing === undefined) throw new TokenError('DPOP_MISSING', undefined)
      const { method, url, dpop: proof } = bearing
      await verifyDpop({ proof, method, url, token, jkt, now, remember: this.#remember })
    }
    if ((await this.#statuses?.isRevoked(claims)) === true || (await isRevoked?.(claims)) === true)
      throw new TokenError('TOKEN_REVOKED', undefined)
    return new TokenWrit<P>({ ...this.#options, claims, clock: this.#clock })
  }
}

/** Says only which key to have at hand; what the header says counts when its signature holds. */
function kidOf(token: string): string | undefined {
  if (token.length > MAX_TOKEN_LENGTH) return undefined
  try {
    const header = token.slice(0, token.indexOf('.')).replaceAll('-', '+').replaceAll('_', '/')
    const { kid } = JSON.parse(atob(header)) as { kid?: unknown }
    return typeof kid === 'string' ? kid : undefined
  } catch {
    return undefined
  }
}

const MOST_REMEMBERED = 100_000

/** Bounded: who proves so often within a minute that it is full is refused, never let through twice. */
function memory(clock: Clock): (id: string, until: number) => boolean {
  const seen = new Map<string, number>()
  return (id, until) => {
    const now = clock() / 1_000
    if (seen.size >= MOST_REMEMBERED) for (const [old, end] of seen) if (end <= now) seen.delete(old)
    if (seen.has(id) || seen.size >= MOST_REMEMBERED) return false
    seen.set(id, until)
    return true
  }
}
