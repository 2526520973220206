import type { UnitsHere } from '../device-guard.ts'
import type { Memory } from './memory.ts'
import type { DeviceRecord } from './sealed-record.ts'
import { isOf, usedOf, withSpent } from './spent.ts'

/** Of the units that are spent, so many are written down at once: a crash loses them, and none is spent twice. */
const CHUNKS = 64

/** What a device spent of its shares, written down before it is spent. */
export class KeptUnits implements UnitsHere {
  readonly #memory: Memory
  /** Units that are written down as spent, and are not yet. */
  readonly #ahead = new Map<string, number>()

  constructor(memory: Memory) {
    this.#memory = memory
  }

  spent(license: string, meter: string, from: number): number {
    return usedOf(this.#memory.record.spent, { license, meter, from }) - (this.#ahead.get(nameOf(license, meter, from)) ?? 0)
  }

  spentAt(license: string, now: number): Readonly<Record<string, number>> {
    const open = this.#memory.record.spent.filter((each) => isOf(each, license) && each.from <= now && now < each.until)
    return Object.fromEntries(open.map(({ meter, from }) => [meter, this.spent(license, meter, from)]))
  }

  spend(
    license: string,
    meter: string,
    window: { readonly from: number; readonly until: number },
    amount: number,
    share: number,
    now: number,
  ): boolean {
    // Given back, or another process's by now.
    if (this.#memory.isOver) return false
    const { from, until } = window
    const name = nameOf(license, meter, from)
    const ahead = this.#ahead.get(name) ?? 0
    if (ahead >= amount) {
      this.#ahead.set(name, ahead - amount)
      return true
    }
    const written = usedOf(this.#memory.record.spent, { license, meter, from })
    const chunk = Math.max(amount - ahead, Math.min(amount + Math.floor(share / CHUNKS), share - written))
    const book = withSpent(this.#memory.record, { license, meter, from, until, used: written + chunk }, now)
    if (book === undefined) return false
    try {
      this.#memory.write(book)
    } catch {
      return false
    }
    this.#ahead.set(name, ahead + chunk - amount)
    return true
  }

  /** Writes, with whatever else there is to write, what was spent: what was written ahead of it is given back. @throws {DeviceError} DEVICE_RECORD_UNWRITABLE */
  settle(more: Omit<Partial<DeviceRecord>, 'spent'>): void {
    const spent = this.#memory.record.spent.map((each) =>
      each.license === undefined ? each : { ...each, used: this.spent(each.license, each.meter, each.from) },
    )
    this.#memory.write({ ...more, spent })
    this.#ahead.clear()
  }
}

function nameOf(license: string, meter: string, from: number): string {
  return `${license} ${meter} ${from}`
}
