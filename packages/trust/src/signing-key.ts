import type { CryptoKey } from 'jose'
import { TrustError } from './error.ts'
import { importKey, keyId, type PrivateJwk, type PublicJwk, privateJwk, publicJwk, type Signer, verifyingKey } from './key.ts'

/** An Ed25519 key pair in memory. Printing or serialising one shows its public half only. */
export class SigningKey implements Signer {
  readonly kid: string
  readonly publicJwk: PublicJwk
  readonly #key: CryptoKey

  private constructor(kid: string, jwk: PublicJwk, key: CryptoKey) {
    this.kid = kid
    this.publicJwk = jwk
    this.#key = key
  }

  /** @throws {TrustError} ED25519_UNSUPPORTED */
  static async generate(): Promise<SigningKey> {
    try {
      const pair = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])
      if (!('privateKey' in pair)) throw new TrustError('ED25519_UNSUPPORTED', undefined)
      const { kty, crv, x } = await crypto.subtle.exportKey('jwk', pair.publicKey)
      const jwk = publicJwk({ kty, crv, x })
      const kid = await keyId(jwk)
      // A name that begins like an option cannot be typed at a command line.
      return kid.startsWith('-') ? SigningKey.generate() : new SigningKey(kid, jwk, pair.privateKey)
    } catch (cause) {
      if (cause instanceof TrustError) throw cause
      throw new TrustError('ED25519_UNSUPPORTED', undefined, { cause })
    }
  }

  /** @throws {TrustError} KEY_MALFORMED, also when the two halves do not belong together */
  static async fromPrivateJwk(value: unknown): Promise<SigningKey> {
    const jwk = privateJwk(value)
    const half = publicJwk({ kty: jwk.kty, crv: jwk.crv, x: jwk.x })
    const { kid, key: verifier } = await verifyingKey(half)
    const key = new SigningKey(kid, half, await importKey(jwk, 'sign', true))
    // Ed25519 hashes the public half into each signature: a pair that does not match would leak the private one.
    const probe = new TextEncoder().encode('writ: do both halves belong together?')
    const signature = await key.sign(probe).catch(() => undefined)
    if (signature === undefined || !(await crypto.subtle.verify('Ed25519', verifier, signature, probe)))
      throw new TrustError('KEY_MALFORMED', undefined)
    return key
  }

  async sign(bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
    return new Uint8Array(await crypto.subtle.sign('Ed25519', this.#key, bytes))
  }

  /** The secret itself. Every place that may see it can be found by this name. */
  async exposePrivateJwk(): Promise<PrivateJwk> {
    const { d } = await crypto.subtle.exportKey('jwk', this.#key)
    return privateJwk({ ...this.publicJwk, d })
  }

  toJSON(): { kid: string } {
    return { kid: this.kid }
  }
}
