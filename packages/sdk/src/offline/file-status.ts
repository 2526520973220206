import type { Change } from '@writ/engine'
import {
  type LicenseClaims,
  STATUS,
  STATUS_MEDIA_TYPE,
  StatusError,
  type StatusList,
  type VerifyOptions,
  verifyStatusList,
  type WorldFact,
  worldFacts,
} from '@writ/license'
import type { Clock } from '../clock.ts'
import { type Fetch, fetched } from '../fetched.ts'
import { WritError } from '../writ-error.ts'
import type { DeviceGuard } from './device-guard.ts'

interface Parts extends Pick<VerifyOptions, 'roots' | 'keySet'> {
  readonly claims: LicenseClaims
  readonly clock: Clock
  readonly guard: DeviceGuard | undefined
}

/** What status lists say of one license file and its people. The newest that was ever seen counts, and an older one is refused. */
export class FileStatus {
  readonly #parts: Parts
  readonly #facts: readonly WorldFact[]
  #newest: StatusList | undefined
  constructor(parts: Parts) {
    this.#parts = parts
    this.#facts = worldFacts(parts.claims)
  }

  /** When there may be a newer list, epoch milliseconds; absent: the file names no list. */
  get due(): number | undefined {
    if (this.#parts.claims.status === undefined) return undefined
    return this.#newest === undefined ? 0 : (this.#newest.issuedAt + this.#newest.ttl) * 1_000
  }

  get #seen(): number | undefined {
    const { claims, guard } = this.#parts
    return claims.status && guard?.lists.seen({ iss: claims.iss, uri: claims.status.uri })
  }

  /** The list that was wanted was seen once, and is not here. */
  get isMissing(): boolean {
    const seen = this.#seen
    return seen !== undefined && seen > (this.#newest?.issuedAt ?? 0)
  }

  /**
   * @param apply is given what it changes, before it is kept: also on a full disk what was refused is
   * @param known it was accepted before: then its end does not matter, since what it refused stays refused
   * @throws {StatusError} any STATUS_* code
   * @throws {RangeError} for a file that names no list
   */
  async heed(token: string, apply: (facts: Change['facts']) => void, known = false): Promise<void> {
    const { claims, clock, guard, roots, keySet } = this.#parts
    const { status } = claims
    if (status === undefined) throw new RangeError('this license file names no status list')
    const seen = () => Math.max(this.#newest?.issuedAt ?? 0, known ? 0 : (this.#seen ?? 0))
    const list = await verifyStatusList(token, {
      roots,
      issuer: claims.iss,
      uri: status.uri,
      now: Math.floor(clock() / 1_000),
      seen: seen(),
      isKept: known,
      ...(keySet !== undefined && { keySet }),
    })
    // A newer one may have been read meanwhile.
    if (list.issuedAt < seen()) throw new StatusError('STATUS_OLDER', { issuedAt: list.issuedAt, seen: seen() })
    const own = list.list.get(status.index)
    apply(this.#facts.flatMap((fact) => stated(fact, claims, list, own)) as Change['facts'])
    this.#newest = list
    guard?.time.anchor(list.issuedAt * 1_000)
    guard?.lists.heard({ iss: claims.iss, uri: status.uri }, token, list.issuedAt)
  }

  /** Over the network. @throws {WritError} NO_STATUS_LIST */
  async fetched(fetch: Fetch | undefined): Promise<string> {
    const { status } = this.#parts.claims
    if (status === undefined) throw new RangeError('this license file names no status list')
    try {
      return new TextDecoder().decode(await fetched(status.uri, STATUS_MEDIA_TYPE, fetch))
    } catch (cause) {
      throw new WritError('NO_STATUS_LIST', { uri: status.uri }, { cause })
    }
  }
}

function stated(fact: WorldFact, claims: LicenseClaims, list: StatusList, own: number): object[] {
  if (fact.fact === 'license') {
    const { suspended: _, ...rest } = fact
    if (own === STATUS.valid) return [rest]
    return [own === STATUS.suspended ? { ...rest, suspended: true } : { ...rest, revoked_at: list.issuedAt * 1_000 }]
  }
  if (fact.fact !== 'identity') return []
  const index = claims.roster?.find(({ id }) => id === fact.id)?.status_index
  if (index === undefined) return []
  const status = list.list.get(index)
  return [{ ...fact, status: status === STATUS.valid ? 'active' : status === STATUS.suspended ? 'suspended' : 'revoked' }]
}
