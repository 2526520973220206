import { signDeviceContact } from '@writ/license'
import type { Signer } from '@writ/trust'
import type { Clock } from '../../clock.ts'
import { type Activation, ask } from './authority.ts'
import { DeviceError } from './device-error.ts'
import { inTime } from './in-time.ts'
import type { KeptUnits } from './kept-units.ts'
import type { Memory } from './memory.ts'
import type { DeviceRecord } from './sealed-record.ts'
import { partsToTell, type Spent, usedOf, withTold } from './spent.ts'

interface Parts {
  readonly url: string | undefined
  readonly clock: Clock
  readonly signer: Signer
  readonly memory: Memory
  readonly units: KeptUnits
  readonly workload: () => Promise<{ readonly workload?: string }>
}

/** What a device says to the authority. Each contact has a number of its own, which is signed for no other: two of one number are of two devices. */
export class Contacts {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /**
   * Tells all that was spent. Whoever calls waits for the call before: two at once would sign one number for two contacts.
   * @throws {DeviceError} DEVICE_NOT_ACTIVATED, ACTIVATION_REFUSED, AUTHORITY_UNREACHABLE, DEVICE_CLOSED, DEVICE_RECORD_UNWRITABLE
   */
  async make(): Promise<Activation> {
    const { memory } = this.#parts
    const { activation } = memory.record
    if (activation === undefined) throw new DeviceError('DEVICE_NOT_ACTIVATED', undefined)
    const parts = partsToTell(memory.record.spent, activation.license)
    for (const part of parts.slice(0, -1)) await this.#tell(activation, part)
    return this.#tell(activation, parts.at(-1) ?? [], memory.record.leaving)
  }

  /** One contact. @param releases with the last word: what is told of a share that was given back frees nothing */
  async #tell(activation: NonNullable<DeviceRecord['activation']>, part: readonly Spent[], releases?: 'yes'): Promise<Activation> {
    const { memory, units, clock, signer, url, workload } = this.#parts
    const { pending = { jti: crypto.randomUUID(), counter: memory.record.counter + 1 } } = memory.record
    // Before it is sent: a number that was signed is never signed for another contact.
    units.settle({ pending })
    const { id, issuer, license } = activation
    const spent = part.map(({ meter, from, until }) => ({
      meter,
      from,
      until,
      used: usedOf(memory.record.spent, { license, meter, from }),
    }))
    const said = async () => ({
      aud: issuer,
      iat: Math.floor(clock() / 1000),
      jti: pending.jti,
      activation: id,
      counter: pending.counter,
      ...(spent.length > 0 && { spent }),
      ...(releases !== undefined ? { releases } : await workload()),
    })
    const contact = await inTime(said().then((contact) => signDeviceContact(contact, signer)))
    const answer = await ask(url, `/v1/activations/${encodeURIComponent(id)}/contact`, undefined, { contact })
    const { pending: _, ...record } = memory.record
    const heard = withTold(record.spent, license, spent, memory.proven)
    memory.write({ counter: pending.counter, spent: heard, ...(answer.state === 'cloned' && { cloned: 'yes' }) }, record)
    return answer
  }
}
