import type { Product } from '../../product.ts'
import type { VisibleDecision, VisibleEntitlements } from '../enforcement.ts'

const TIMEOUT_MILLISECONDS = 10_000

/** The own back end of the page did not say what may be used. */
export class EntitlementsUnheard extends Error {
  override readonly name = 'EntitlementsUnheard'
  /** Of the HTTP answer; absent: there was none, or it was of another form. */
  readonly status: number | undefined
  constructor(status: number | undefined, options?: ErrorOptions) {
    super('What may be used here could not be heard.', options)
    this.status = status
  }
}

/** @throws {EntitlementsUnheard} */
export async function fetchEntitlements<P extends Product>(url: string): Promise<VisibleEntitlements<P>> {
  const response = await fetch(url, { headers: { accept: 'application/json' }, signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS) }).catch(
    (cause: unknown) => {
      throw new EntitlementsUnheard(undefined, { cause })
    },
  )
  if (!response.ok) throw new EntitlementsUnheard(response.status)
  const body: unknown = await response.json().catch(() => undefined)
  if (!areEntitlements(body)) throw new EntitlementsUnheard(undefined)
  return body as VisibleEntitlements<P>
}

/** What is no decision never counts as one. */
function areEntitlements(body: unknown): body is Record<string, VisibleDecision> {
  return typeof body === 'object' && body !== null && Object.values(body).every((each) => typeof each?.allowed === 'boolean')
}
