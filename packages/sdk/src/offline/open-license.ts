import { type Change, World } from '@writ/engine'
import { checkBinding, type DecryptionJwk, type DeviceFacts, LicenseError, type VerifyOptions, worldFacts } from '@writ/license'
import { type Clock, systemClock } from '../clock.ts'
import type { Reason, Remedy } from '../decision.ts'
import type { EnforcerOptions } from '../enforcer.ts'
import type { AnyProduct, Product } from '../product.ts'
import type { DeviceGuard } from './device-guard.ts'
import { FileStatus } from './file-status.ts'
import { OfflineWrit } from './offline-writ.ts'
import { readFile } from './read-file.ts'

export interface OpenOptions<P extends Product = AnyProduct> extends EnforcerOptions<P> {
  /** The text of the license file. */
  readonly licenseFile: string
  /** The private half of the key that the file is encrypted to; for a file that is not, it is not needed. */
  readonly decryptionKey?: DecryptionJwk
  /** Root keys that were built in or handed over by another way, never taken from the network. */
  readonly roots: VerifyOptions['roots']
  /** What a fresher key set says (`readKeySet` of `@writ/trust`): a key revoked there signs nothing more. */
  readonly keySet?: VerifyOptions['keySet']
  /**
   * The signed list of files that a key had issued before it was revoked, one part or several, as `readRevocations` fetches it or somebody
   * carried it here. Of a revoked key no other file holds.
   */
  readonly fileLog?: string
  /** What is known of this device; a file that is bound to one is held against it. */
  readonly device?: DeviceFacts
  /** The device itself, of which `@writ/sdk/offline/node` opens one: it proves its key, guards the clock, and spends its share. */
  readonly guard?: DeviceGuard
  readonly clock?: Clock
}

/** Why every answer is no. */
export interface Fault {
  readonly reason: Extract<Reason, 'license_file_invalid' | 'device_mismatch'>
  readonly remedies: readonly Remedy[]
  readonly error: Error
}

/**
 * Opens a license file, and decides by it in this process, without a network. A file that does not hold is no reason to crash: every
 * answer is then a no that says so, and `fault` has the error.
 * @throws {LicenseError} LICENSE_OPTION_INVALID
 */
export async function openLicense<const P extends Product = AnyProduct>(options: OpenOptions<P>): Promise<OfflineWrit<P>> {
  const { decryptionKey, roots, keySet, fileLog, guard, clock = systemClock } = options
  try {
    const now = Math.floor(clock() / 1000)
    const trust = { roots, fileLog, decryptionKey, ...(keySet !== undefined && { keySet }) }
    const { claims } = await readFile(options.licenseFile, trust, now)
    guard?.time.anchor(claims.iat * 1000)
    const device = (await guard?.facts(claims.license)) ?? options.device ?? {}
    const world = new World()
    world.apply({ revision: 1, facts: worldFacts(claims) as Change['facts'] })
    const mismatch = thrownBy(() => checkBinding(claims, device))
    const status = new FileStatus({ claims, clock, guard, roots, ...(keySet !== undefined && { keySet }) })
    const named = claims.status === undefined ? {} : { status }
    return new OfflineWrit({ ...options, ...named, clock, claims, world, ...(mismatch !== undefined && { fault: faultOf(mismatch) }) })
  } catch (error) {
    if (error instanceof LicenseError && error.code === 'LICENSE_OPTION_INVALID') throw error
    // Also signed terms that this version cannot read.
    if (error instanceof LicenseError || error instanceof RangeError) return new OfflineWrit({ ...options, clock, fault: faultOf(error) })
    throw error
  }
}

function thrownBy(run: () => void): Error | undefined {
  try {
    run()
    return undefined
  } catch (error) {
    return error as Error
  }
}

function faultOf(error: Error): Fault {
  const code = error instanceof LicenseError ? error.code : undefined
  if (code === 'DEVICE_MISMATCH') return { reason: 'device_mismatch', remedies: [{ type: 'reactivate' }], error }
  return { reason: 'license_file_invalid', remedies: [], error }
}
