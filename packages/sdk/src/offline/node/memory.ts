import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { RevokedKeys } from '@writ/license'
import { type ClockFinding, ClockGuard } from '../clock-guard.ts'
import type { TimeHere } from '../device-guard.ts'
import { DeviceError } from './device-error.ts'
import { asKeySet } from './known-keys.ts'
import { type DeviceRecord, type SealedRecord, writeWhole } from './sealed-record.ts'

/** What the clock said is written down so often. */
const SEEN_MILLISECONDS = 600_000

/** What a device remembers: its record, its sense of time, and the files beside it. Once it is closed its folder is another's. */
export class Memory implements TimeHere {
  readonly #folder: string
  readonly #sealed: SealedRecord
  readonly #clocks: ClockGuard
  readonly #unlock: () => void
  #record: DeviceRecord
  #isClosed = false

  constructor(folder: string, sealed: SealedRecord, record: DeviceRecord, unlock: () => void) {
    this.#folder = folder
    this.#sealed = sealed
    this.#unlock = unlock
    const { activation, spent } = record
    // A version before kept what was spent of one licence alone.
    this.#record = activation === undefined ? record : { ...record, spent: spent.map((each) => ({ license: activation.license, ...each })) }
    this.#clocks = new ClockGuard(record)
  }

  get record(): DeviceRecord {
    return this.#record
  }

  /** Nothing is used here any more: it was closed, or said that it gives its place back. */
  get isOver(): boolean {
    return this.#isClosed || this.#record.leaving !== undefined
  }

  /** The latest instant that is signed, epoch milliseconds. */
  get proven(): number {
    return this.#clocks.state.proven
  }

  get revoked(): RevokedKeys {
    return asKeySet(this.#record.revoked ?? [])
  }

  /** @param from what was, where members of it go @throws {DeviceError} DEVICE_CLOSED, DEVICE_RECORD_UNWRITABLE */
  write(more: Partial<DeviceRecord>, from: DeviceRecord = this.#record): void {
    this.holding()
    const next = { ...from, ...more, ...this.#clocks.state }
    this.#sealed.write(next)
    this.#record = next
  }

  /** A file beside the record. @throws {DeviceError} DEVICE_CLOSED, DEVICE_RECORD_UNWRITABLE */
  keep(name: string, content: string): void {
    this.holding()
    writeWhole(join(this.#folder, name), content)
  }

  /** @returns `undefined`: it is not there */
  read(name: string): string | undefined {
    try {
      return readFileSync(join(this.#folder, name), 'utf8')
    } catch {
      return undefined
    }
  }

  drop(...names: readonly string[]): void {
    this.holding()
    for (const name of names) rmSync(join(this.#folder, name), { force: true })
  }

  /** Also before it writes whoever was under way meanwhile looks whether the folder is still its own. @throws {DeviceError} DEVICE_CLOSED */
  holding(): void {
    if (this.#isClosed) throw new DeviceError('DEVICE_CLOSED', undefined)
  }

  /** @throws {DeviceError} DEVICE_CLOSED, DEVICE_LEAVING */
  staying(): void {
    this.holding()
    if (this.#record.leaving !== undefined) throw new DeviceError('DEVICE_LEAVING', undefined)
  }

  close(): void {
    this.#isClosed = true
    this.#unlock()
  }

  anchor(signed: number): void {
    if (this.#clocks.anchor(signed) && !this.isOver) this.write({})
  }

  look(now: number): ClockFinding {
    const finding = this.#clocks.look(now)
    if (!this.isOver && this.#clocks.state.seen - this.#record.seen > SEEN_MILLISECONDS) {
      try {
        this.write({})
      } catch {
        // It only warns, and the disk may have room again at the next look.
      }
    }
    return finding
  }
}
