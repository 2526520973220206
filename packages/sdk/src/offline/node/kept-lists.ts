import { createHash } from 'node:crypto'
import { type VerifyOptions, verifyStatusList } from '@writ/license'
import type { ListName, ListsHere } from '../device-guard.ts'
import { DeviceError } from './device-error.ts'
import type { Memory } from './memory.ts'
import { MOST_LISTS } from './sealed-record.ts'

/** The newest status list of each name that a device ever saw, in a file of its own, and in the record when it was issued. */
export class KeptLists implements ListsHere {
  readonly #memory: Memory
  readonly #roots: VerifyOptions['roots']
  /** Of the list that a version before kept without one, once it is known. */
  #name: ListName | undefined

  constructor(memory: Memory, roots: VerifyOptions['roots']) {
    this.#memory = memory
    this.#roots = roots
  }

  seen(list: ListName): number | undefined {
    const { lists = [], listed } = this.#memory.record
    return lists.find(isOf(list))?.issued ?? (this.#mayBeNameless(list) ? listed : undefined)
  }

  /** @throws {DeviceError} DEVICE_RECORD_UNWRITABLE */
  heard(list: ListName, token: string, issuedAt: number): void {
    if (this.#memory.isOver || issuedAt <= (this.seen(list) ?? 0)) return
    // The list first: a record of one that is not there would close everything.
    this.#keep(list, token, issuedAt)
  }

  /** @returns `undefined`: none was seen, or it is gone */
  async newest(list: ListName): Promise<string | undefined> {
    const { listed } = this.#memory.record
    if (listed === undefined) return this.#memory.read(fileOf(list))
    const nameless = this.#memory.read('status')
    // Where it is gone, or nobody signed it, nobody knows whose it was: then it is missed by the licence that is opened first.
    const name = (nameless && (await nameOf(nameless, listed, this.#roots))) || list
    this.#name ??= name
    try {
      // Meanwhile a newer one may have taken its place.
      if (this.#memory.record.listed === listed) {
        this.#keep(this.#name, nameless, listed)
        this.#memory.drop('status')
      }
    } catch {
      // It counts all the same, and the disk may have room at the next opening.
    }
    const kept = this.#memory.read(fileOf(list))
    return this.#memory.record.listed !== undefined && this.#mayBeNameless(list) ? (nameless ?? kept) : kept
  }

  /** Names of their files. */
  get files(): readonly string[] {
    return ['status', ...(this.#memory.record.lists ?? []).map(fileOf)]
  }

  #keep(list: ListName, token: string | undefined, issued: number): void {
    const { listed, ...record } = this.#memory.record
    const nameless = listed === undefined || this.#mayBeNameless(list) ? {} : { listed }
    const others = (record.lists ?? []).filter((each) => !isOf(list)(each))
    if (others.length === MOST_LISTS) throw new DeviceError('DEVICE_RECORD_UNWRITABLE', { why: 'MOST_LISTS' })
    if (token !== undefined) this.#memory.keep(fileOf(list), token)
    this.#memory.write({ lists: [...others, { ...list, issued }], ...nameless }, record)
  }

  #mayBeNameless(list: ListName): boolean {
    return this.#name === undefined || isOf(list)(this.#name)
  }
}

const isOf = (list: ListName) => (each: ListName) => each.iss === list.iss && each.uri === list.uri

function fileOf({ iss, uri }: ListName): string {
  return `status-${createHash('sha256').update(`${iss} ${uri}`).digest('hex').slice(0, 32)}`
}

/** Whose list it is by its own word, for which somebody must have signed: else whoever edits it would say of which licence it is not. */
async function nameOf(token: string, listed: number, roots: VerifyOptions['roots']): Promise<ListName | undefined> {
  try {
    const { iss, sub } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { iss: string; sub: string }
    const { issuer, uri, issuedAt } = await verifyStatusList(token, { roots, issuer: iss, uri: sub, now: listed, isKept: true })
    return issuedAt === listed ? { iss: issuer, uri } : undefined
  } catch {
    return undefined
  }
}
