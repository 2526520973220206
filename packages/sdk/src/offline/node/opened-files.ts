import { DeviceError } from './device-error.ts'

/** Later files of one run that an application has open at once, at the most. */
const MOST_OPENED = 64

/** Files that were opened here, by their ids: each is looked at again when a key is found to be revoked. */
export class OpenedFiles {
  /** The latest last. */
  readonly #opened = new Map<string, string>()
  readonly #refused = new Map<string, Error>()
  #round = 0
  #latest: Promise<void> = Promise.resolve()

  /** Why a file counts no more; absent: it counts. */
  refuses(id: string): Error | undefined {
    return this.#refused.get(id)
  }

  /** Of those that were opened long ago nobody would know any more. */
  remember(id: string, file: string): void {
    this.#opened.delete(id)
    this.#opened.set(id, file)
    const [oldest] = this.#opened.keys()
    if (this.#opened.size <= MOST_OPENED || oldest === undefined) return
    this.#opened.delete(oldest)
    this.#refused.set(oldest, new DeviceError('LICENSE_FILE_REFUSED', { code: 'LICENSE_REPLACED' }))
  }

  /**
   * Done when all is looked at by the latest that is known: what an older look finds, or finds no more, is of no account.
   * @param read throws for a file that does not hold, by all that is known by now
   */
  lookAgain(read: (file: string) => Promise<unknown>): Promise<void> {
    const look = this.#look(read, ++this.#round)
    this.#latest = look
    return look
  }

  async #look(read: (file: string) => Promise<unknown>, round: number): Promise<void> {
    for (const [id, file] of this.#opened) {
      const fault = await read(file).then(
        () => undefined,
        (error: Error) => error,
      )
      if (round !== this.#round) return this.#latest
      // Another was opened under this id meanwhile.
      if (this.#opened.get(id) !== file) continue
      if (fault === undefined) this.#refused.delete(id)
      else this.#refused.set(id, fault)
    }
  }
}
