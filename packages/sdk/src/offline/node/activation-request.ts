import { signActivationRequest, type VerifyOptions, type WantedShare } from '@writ/license'
import type { Signer } from '@writ/trust'
import { DeviceError } from './device-error.ts'
import { atLeast, type Components, hashed, type Match } from './fingerprint.ts'

/** How to be activated. */
export interface ActivateOptions {
  /** For people, who have to tell devices apart. Default: `device`. */
  readonly name?: string
  /** What it asks for of hard quotas, units a window; absent: as the vendor's rules say. */
  readonly share?: WantedShare
  /** Binds the file to what the machine is made of, beside its key: so much of `components` must be found again. Needs `license`. */
  readonly fingerprint?: Match
  /** The id of the licence: a fingerprint is hashed with it. */
  readonly license?: string
}

interface Asking {
  readonly roots: VerifyOptions['roots']
  readonly signer: Signer
  readonly components: Components
  readonly workload: () => Promise<{ readonly workload?: string }>
}

/** @param iat, exp epoch seconds @returns a compact JWS @throws {DeviceError} DEVICE_OPTION_INVALID */
export async function activationRequest(
  { roots, signer, components, workload }: Asking,
  { name = 'device', share, fingerprint, license }: ActivateOptions,
  iat: number,
  exp: number,
): Promise<string> {
  const [root] = roots
  if (root === undefined) throw new DeviceError('DEVICE_OPTION_INVALID', { option: 'roots' })
  const said = {
    aud: root.issuer,
    iat,
    exp,
    jti: crypto.randomUUID(),
    name,
    ...(share !== undefined && { share }),
    ...(await workload()),
  }
  if (fingerprint === undefined) return signActivationRequest(said, signer)
  if (license === undefined) throw new DeviceError('DEVICE_OPTION_INVALID', { option: 'license' })
  const found = await hashed(license, components)
  if (found.length === 0) throw new DeviceError('DEVICE_OPTION_INVALID', { option: 'fingerprint' })
  return signActivationRequest({ ...said, fingerprint: { components: found, at_least: atLeast(fingerprint, found.length) } }, signer)
}
