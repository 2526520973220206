import { DeviceError } from './device-error.ts'

/** Later files of one run that an application has open at once, at the most. */
const MOST_OPENED = 64

/** Files that were opened here, by their ids: each is looked at again when a key is found to be revoked. */
export class OpenedFiles {
  /** The latest last. */
  readonly #opened = new Map<string, string>()
  readonly #refused = new Map<string, Error>()

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

  /** @param read throws for a file that does not hold, by all that is known by now */
  async lookAgain(read: (file: string) => Promise<unknown>): Promise<void> {
    for (const [id, file] of this.#opened) {
      const fault = await read(file).then(
        () => undefined,
        (error: Error) => error,
      )
      if (fault === undefined) this.#refused.delete(id)
      else this.#refused.set(id, fault)
    }
  }
}
