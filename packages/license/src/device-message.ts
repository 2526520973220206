import {
  armor,
  epochSeconds,
  exposeUnverifiedPayload,
  integer,
  type JwsProfile,
  keyId,
  list,
  mapOf,
  oneOf,
  type PublicJwk,
  parseStrictJson,
  publicJwk,
  readJws,
  record,
  type Shape,
  type Signer,
  signJws,
  text,
  unarmor,
  verifyJws,
} from '@writ/trust'
import { DeviceMessageError } from './device-message-error.ts'
import { id, instant } from './file-facts.ts'

/** An air-gapped request travels by hand, so it may be old; one over the network lives for minutes. */
export const MAX_REQUEST_SECONDS = 31 * 86_400
/** Tolerated difference of the two clocks, seconds. */
export const DEVICE_SKEW_SECONDS = 300

const ACTIVATION_REQUEST: JwsProfile = { typ: 'writ-activation-request+jws', extra: [], maxLength: 12_288 }
const DEVICE_CONTACT: JwsProfile = { typ: 'writ-device-contact+jws', extra: [], maxLength: 16_384 }

const DEVICE_PROOF: JwsProfile = { typ: 'writ-device-proof+jws', extra: [], maxLength: 1_024 }

/** What part of hard quotas and seats a device asks for. */
export interface WantedShare {
  readonly seats?: number
  /** Units a window, by meter. */
  readonly quotas?: Readonly<Record<string, number>>
}

/** What a device says to be activated, signed by its own key: whoever has no such key cannot have it activated. */
export interface ActivationRequest {
  /** The authority, as its root names it: no other will take the request. */
  readonly aud: string
  /** Epoch seconds, by the clock of the device. */
  readonly iat: number
  /** Exclusive. At most 31 days after `iat`. */
  readonly exp: number
  /** Good once: what it made is given again, and nothing else is made of it. */
  readonly jti: string
  readonly jwk: PublicJwk
  /** For people, who have to tell devices apart. */
  readonly name: string
  readonly fingerprint?: { readonly components: readonly string[]; readonly at_least: number }
  readonly share?: WantedShare
  /** A token of the platform that the device runs on, in the place of hardware: an OpenID Connect ID token, at most 4,096 characters. */
  readonly workload?: string
}

/** Units that were spent by a share in one window, in all. */
export interface SpentUnits {
  readonly meter: string
  /** Half-open, epoch milliseconds, as the window of the limit. */
  readonly from: number
  readonly until: number
  readonly used: number
}

/** What an activated device says when it has a network again. */
export interface DeviceContact {
  readonly aud: string
  readonly iat: number
  readonly jti: string
  readonly activation: string
  /** Higher than at any contact before. Of two devices with one key, the second to come says a number that was said. */
  readonly counter: number
  readonly spent?: readonly SpentUnits[]
  /** It gives its place back and uses its file no more. */
  readonly releases?: 'yes'
  /** Of a workload: a token of its platform, as at its activation. */
  readonly workload?: string
}

const jti = text(64, /^[A-Za-z0-9_-]{16,64}$/)
const count = integer(0, Number.MAX_SAFE_INTEGER)
const workload = text(4_096, /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/)
const REQUEST = record(
  {
    aud: text(512),
    iat: epochSeconds,
    exp: epochSeconds,
    jti,
    jwk: record({ kty: oneOf('OKP'), crv: oneOf('Ed25519'), x: text(43, /^[A-Za-z0-9_-]{43}$/) }),
    name: text(128),
  },
  {
    fingerprint: record({ components: list(text(64, /^[0-9a-f]{64}$/), 1, 32), at_least: integer(1, 32) }),
    share: record({}, { seats: count, quotas: mapOf(id, count, 64) }),
    workload,
  },
)
const CONTACT = record(
  { aud: text(512), iat: epochSeconds, jti, activation: id, counter: integer(1, Number.MAX_SAFE_INTEGER) },
  {
    spent: list(record({ meter: id, from: instant, until: instant, used: count }), 0, 64),
    releases: oneOf('yes'),
    workload,
  },
)

/**
 * Has a key sign a fresh challenge, and checks what it signed.
 * @returns the thumbprint of the key, which the device holds at this moment
 * @throws {TrustError} SIGNATURE_INVALID
 */
export async function proveDeviceKey(device: Signer): Promise<string> {
  const challenge = crypto.randomUUID()
  const jws = readJws(await signJws({ challenge }, device, DEVICE_PROOF), DEVICE_PROOF)
  const said = parseStrictJson(await verifyJws(jws, device.publicJwk), { maxBytes: 1024, maxDepth: 2 })
  if ((said as { challenge?: unknown }).challenge !== challenge)
    throw new DeviceMessageError('DEVICE_MESSAGE_INVALID', { path: '.challenge' })
  return jws.kid
}

/** @returns a compact JWS @throws {DeviceMessageError} DEVICE_MESSAGE_INVALID for what nobody would accept */
export async function signActivationRequest(said: Omit<ActivationRequest, 'jwk'>, device: Signer): Promise<string> {
  const request = { ...said, jwk: device.publicJwk }
  parsed(new TextEncoder().encode(JSON.stringify(request)), REQUEST, ACTIVATION_REQUEST)
  return signJws(request, device, ACTIVATION_REQUEST)
}

/**
 * Reads an activation request. It is signed by the key that it carries, which proves that whoever wrote it has that key, and nothing else.
 * @param expected.now epoch seconds
 * @throws {DeviceMessageError} DEVICE_MESSAGE_INVALID, DEVICE_MESSAGE_FOR_ANOTHER, DEVICE_MESSAGE_OUT_OF_TIME
 */
export async function verifyActivationRequest(
  compact: string,
  expected: { readonly audience: string; readonly now: number },
): Promise<ActivationRequest & { readonly deviceKey: string }> {
  return asMessageError(async () => {
    const jws = readJws(compact, ACTIVATION_REQUEST)
    // The key is in the text that it signs, so this much is read before the signature is checked; nothing else comes of it.
    const claimed = parsed<ActivationRequest>(exposeUnverifiedPayload(jws), REQUEST, ACTIVATION_REQUEST)
    const jwk = publicJwk(claimed.jwk)
    if ((await keyId(jwk)) !== jws.kid) throw new DeviceMessageError('DEVICE_MESSAGE_INVALID', { path: '.jwk' })
    const request = parsed<ActivationRequest>(await verifyJws(jws, jwk), REQUEST, ACTIVATION_REQUEST)
    const { fingerprint } = request
    if (fingerprint !== undefined) {
      const { components, at_least } = fingerprint
      if (new Set(components).size !== components.length || at_least > components.length)
        throw new DeviceMessageError('DEVICE_MESSAGE_INVALID', { path: '.fingerprint' })
    }
    const { iat, exp } = request
    if (exp <= iat || exp - iat > MAX_REQUEST_SECONDS) throw new DeviceMessageError('DEVICE_MESSAGE_INVALID', { path: '.exp' })
    if (request.aud !== expected.audience) throw new DeviceMessageError('DEVICE_MESSAGE_FOR_ANOTHER', undefined)
    if (iat > expected.now + DEVICE_SKEW_SECONDS || exp <= expected.now - DEVICE_SKEW_SECONDS)
      throw new DeviceMessageError('DEVICE_MESSAGE_OUT_OF_TIME', { now: expected.now })
    return { ...request, deviceKey: jws.kid }
  })
}

export async function signDeviceContact(said: DeviceContact, device: Signer): Promise<string> {
  parsed(new TextEncoder().encode(JSON.stringify(said)), CONTACT, DEVICE_CONTACT)
  return signJws(said, device, DEVICE_CONTACT)
}

/** Which key a contact says signed it, and of which activation: to look the key up, and for nothing else. */
export async function unverifiedActivationOf(compact: string): Promise<string> {
  return asMessageError(
    async () => parsed<DeviceContact>(exposeUnverifiedPayload(readJws(compact, DEVICE_CONTACT)), CONTACT, DEVICE_CONTACT).activation,
  )
}

/**
 * @param expected.jwk the key of the activation, as it was activated
 * @throws {DeviceMessageError} DEVICE_MESSAGE_INVALID, DEVICE_MESSAGE_FOR_ANOTHER
 */
export async function verifyDeviceContact(
  compact: string,
  expected: { readonly audience: string; readonly jwk: PublicJwk },
): Promise<DeviceContact> {
  return asMessageError(async () => {
    const contact = parsed<DeviceContact>(await verifyJws(readJws(compact, DEVICE_CONTACT), expected.jwk), CONTACT, DEVICE_CONTACT)
    if (contact.aud !== expected.audience) throw new DeviceMessageError('DEVICE_MESSAGE_FOR_ANOTHER', undefined)
    return contact
  })
}

function parsed<T>(payload: Uint8Array, shape: Shape, { maxLength }: JwsProfile): T {
  const json = parseStrictJson(payload, { maxBytes: maxLength, maxDepth: 4 })
  const path = shape(json)
  if (path !== undefined) throw new DeviceMessageError('DEVICE_MESSAGE_INVALID', { path })
  return json as T
}

/** Whatever is wrong with the text, its sender is told one thing. */
async function asMessageError<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    if (error instanceof DeviceMessageError) throw error
    throw new DeviceMessageError('DEVICE_MESSAGE_INVALID', { path: '' }, { cause: error })
  }
}

const LABEL = 'WRIT ACTIVATION REQUEST'

/** A request in armour, as a file that is carried by hand. */
export function armorRequest(compact: string): string {
  return armor(LABEL, compact)
}

/** @param text compact, or in armour @returns the compact text @throws {DeviceMessageError} DEVICE_MESSAGE_INVALID */
export function readRequestText(text: string): string {
  if (!text.startsWith('-----')) return text.trim()
  try {
    return unarmor(LABEL, text, MAX_ARMORED)
  } catch (cause) {
    throw new DeviceMessageError('DEVICE_MESSAGE_INVALID', { path: '' }, { cause })
  }
}

const MAX_ARMORED = 16_384
