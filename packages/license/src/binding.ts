import type { LicenseClaims } from './claims.ts'
import { LicenseError } from './error.ts'

/** What is known where the file is used. */
export interface DeviceFacts {
  /** Thumbprint of the key that the device has proven to hold. */
  readonly deviceKey?: string
  /** Hashes by `fingerprintComponent` of what the device is made of. */
  readonly fingerprint?: readonly string[]
  readonly organization?: string
  readonly identity?: string
}

/**
 * Holds a verified file against the device it is used on. Every member of its binding must match; a fact that is not known does not
 * match. A file without a binding fits everywhere.
 * @throws {LicenseError} DEVICE_MISMATCH
 */
export function checkBinding(claims: Pick<LicenseClaims, 'binding'>, device: DeviceFacts): void {
  const { binding } = claims
  if (binding === undefined) return
  if (binding.device_key !== undefined && binding.device_key !== device.deviceKey) throw mismatch('device_key')
  if (binding.fingerprint !== undefined) {
    const found = new Set(device.fingerprint)
    const hits = binding.fingerprint.components.filter((component) => found.has(component)).length
    if (hits < binding.fingerprint.at_least) throw mismatch('fingerprint')
  }
  if (binding.organization !== undefined && binding.organization !== device.organization) throw mismatch('organization')
  if (binding.identity !== undefined && binding.identity !== device.identity) throw mismatch('identity')
}

/**
 * One hardware fact as it stands in a file: hashed with the licence id, so that a file shows no serial number and two files of one
 * machine cannot be matched.
 * @returns SHA-256 of licence id, NUL, name, NUL, value; hex
 */
export async function fingerprintComponent(license: string, name: string, value: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${license}\0${name}\0${value}`))
  return hex(new Uint8Array(digest))
}

export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function mismatch(binding: 'device_key' | 'fingerprint' | 'organization' | 'identity'): LicenseError<'DEVICE_MISMATCH'> {
  return new LicenseError('DEVICE_MISMATCH', { binding })
}
