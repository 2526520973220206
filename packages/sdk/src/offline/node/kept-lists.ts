import { createHash } from 'node:crypto'
import type { ListName, ListsHere } from '../device-guard.ts'
import { DeviceError } from './device-error.ts'
import type { Memory } from './memory.ts'
import { MOST_LISTS } from './sealed-record.ts'

/** The newest status list of each name that a device ever saw, in a file of its own, and in the record when it was issued. */
export class KeptLists implements ListsHere {
  readonly #memory: Memory

  constructor(memory: Memory) {
    this.#memory = memory
  }

  seen(list: ListName): number | undefined {
    const { lists = [], listed } = this.#memory.record
    return lists.find(isOf(list))?.issued ?? listed
  }

  /** @throws {DeviceError} DEVICE_RECORD_UNWRITABLE */
  heard(list: ListName, token: string, issuedAt: number): void {
    if (this.#memory.isOver || issuedAt <= (this.seen(list) ?? 0)) return
    // The list first: a record of one that is not there would close everything.
    this.#keep(list, token, issuedAt)
  }

  /** @returns `undefined`: none was seen, or it is gone */
  newest(list: ListName): string | undefined {
    const { listed } = this.#memory.record
    const kept = this.#memory.read(fileOf(list))
    if (listed === undefined) return kept
    // A version before kept one list, and not its name: it is that of the licence that is opened first.
    const nameless = this.#memory.read('status')
    try {
      this.#keep(list, nameless, listed)
      this.#memory.drop('status')
    } catch {
      // It counts all the same, and the disk may have room at the next opening.
    }
    return nameless ?? kept
  }

  /** Names of their files. */
  get files(): readonly string[] {
    return ['status', ...(this.#memory.record.lists ?? []).map(fileOf)]
  }

  #keep(list: ListName, token: string | undefined, issued: number): void {
    const { listed: _, ...record } = this.#memory.record
    const others = (record.lists ?? []).filter((each) => !isOf(list)(each))
    if (others.length === MOST_LISTS) throw new DeviceError('DEVICE_RECORD_UNWRITABLE', { why: 'MOST_LISTS' })
    if (token !== undefined) this.#memory.keep(fileOf(list), token)
    this.#memory.write({ lists: [...others, { ...list, issued }] }, record)
  }
}

const isOf = (list: ListName) => (each: ListName) => each.iss === list.iss && each.uri === list.uri

function fileOf({ iss, uri }: ListName): string {
  return `status-${createHash('sha256').update(`${iss} ${uri}`).digest('hex').slice(0, 32)}`
}
