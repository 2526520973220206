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

  seen({ iss, uri }: ListName): number | undefined {
    return this.#memory.record.lists?.find((each) => each.iss === iss && each.uri === uri)?.issued
  }

  /** @throws {DeviceError} DEVICE_RECORD_UNWRITABLE */
  heard(list: ListName, token: string, issuedAt: number): void {
    if (this.#memory.isOver || issuedAt <= (this.seen(list) ?? 0)) return
    const others = (this.#memory.record.lists ?? []).filter(({ iss, uri }) => iss !== list.iss || uri !== list.uri)
    if (others.length === MOST_LISTS) throw new DeviceError('DEVICE_RECORD_UNWRITABLE', { why: 'MOST_LISTS' })
    // The list first: a record of one that is not there would close everything.
    this.#memory.keep(fileOf(list), token)
    this.#memory.write({ lists: [...others, { ...list, issued: issuedAt }] })
  }

  /** @returns `undefined`: none was seen, or it is gone */
  newest(list: ListName): string | undefined {
    this.#named(list)
    return this.#memory.read(fileOf(list))
  }

  /** Names of their files. */
  get files(): readonly string[] {
    return ['status', ...(this.#memory.record.lists ?? []).map(fileOf)]
  }

  /** A version before kept one list, and not its name. */
  #named(list: ListName): void {
    const { listed, ...record } = this.#memory.record
    if (listed === undefined) return
    const kept = this.#memory.read('status')
    if (kept !== undefined) this.#memory.keep(fileOf(list), kept)
    this.#memory.write({ lists: [{ ...list, issued: listed }] }, record)
    this.#memory.drop('status')
  }
}

function fileOf({ iss, uri }: ListName): string {
  return `status-${createHash('sha256').update(`${iss} ${uri}`).digest('hex').slice(0, 32)}`
}
