import { mkdirSync } from 'node:fs'
import type { DecryptionJwk, VerifyOptions } from '@writ/license'
import { type Signer, SigningKey } from '@writ/trust'
import { type Clock, systemClock } from '../../clock.ts'
import { lockFolder } from '../../node/folder-lock.ts'
import { Device } from './device.ts'
import { DeviceError, inUse } from './device-error.ts'
import type { Components } from './fingerprint.ts'
import { type DeviceRecord, SealedRecord } from './sealed-record.ts'

export interface DeviceOptions {
  /** Of this device alone, on a disk that stays. In a container: on a volume. */
  readonly folder: string
  /** Root keys that were built in or handed over by another way. The first says for which authority requests are. */
  readonly roots: VerifyOptions['roots']
  /** Of the authority; absent: there is no network. */
  readonly url?: string
  /** What the record is sealed with, beside what anybody can read in this package: a text of your application. */
  readonly seal?: string
  /** A key that is kept elsewhere, in hardware or by a platform. Absent: one is made, and kept in the record. */
  readonly signer?: Signer
  /** What the machine is made of, as `readMachine` finds it: for files that are bound to a fingerprint. */
  readonly components?: Components
  /** The private half of the key that its license files are encrypted to. With it none is in the clear on disk; without it an encrypted one is refused. */
  readonly decryptionKey?: DecryptionJwk
  /**
   * In the place of hardware: the token of the platform that this workload runs on, asked for at each activation and contact, since platforms
   * renew it. Of a Kubernetes service account it is in a file: `() => readFile(path, 'utf8')`. It has 30 seconds, together with a signer, and calls
   * nothing of the device: that would wait for what waits for it.
   */
  readonly workload?: () => string | Promise<string>
  readonly clock?: Clock
}

/**
 * Opens this device, and makes its key at the first time.
 * @throws {DeviceError} DEVICE_IN_USE, DEVICE_RECORD_NEWER, DEVICE_RECORD_UNREADABLE, DEVICE_RECORD_UNWRITABLE
 */
export async function openDevice(options: DeviceOptions): Promise<Device> {
  const { folder, roots, url, seal = '', signer: elsewhere, components = {}, decryptionKey, workload, clock: given = systemClock } = options
  // What is sealed are whole milliseconds.
  const clock = () => Math.floor(given())
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const unlock = lockFolder(folder, inUse)
  try {
    const sealed = new SealedRecord(folder, seal)
    const known = sealed.read()
    const signer = elsewhere ?? (await keyOf(known))
    if (known !== undefined && known.x !== signer.publicJwk.x) throw new DeviceError('DEVICE_RECORD_UNREADABLE', undefined)
    const record = known ?? (await newRecord(signer, elsewhere === undefined))
    if (known === undefined) sealed.write(record)
    return new Device({ folder, roots, url, clock, signer, record, sealed, components, decryptionKey, workload, unlock })
  } catch (error) {
    unlock()
    throw error
  }
}

async function keyOf(record: DeviceRecord | undefined): Promise<SigningKey> {
  if (record === undefined) return SigningKey.generate()
  const { x, d } = record
  if (d === undefined) throw new DeviceError('DEVICE_OPTION_INVALID', { option: 'signer' })
  return SigningKey.fromPrivateJwk({ kty: 'OKP', crv: 'Ed25519', x, d })
}

async function newRecord(signer: Signer, isKept: boolean): Promise<DeviceRecord> {
  const { x } = signer.publicJwk
  const empty = { version: 1, x, proven: 0, seen: 0, counter: 0, spent: [] } as const
  return isKept ? { ...empty, d: (await (signer as SigningKey).exposePrivateJwk()).d } : empty
}
