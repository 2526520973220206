/**
 * Gathers texts as bytes outside of the heap. What waits for a moment to be written in bulk would, as strings, be copied by every
 * collection of garbage meanwhile.
 */
export class TextBuffer {
  readonly #capacity: number
  #bytes: Buffer | undefined
  #length = 0

  /** @param capacity bytes; a longer text is taken alone */
  constructor(capacity: number) {
    this.#capacity = capacity
  }

  get length(): number {
    return this.#length
  }

  /** @returns false when it does not fit beside what is here; then nothing was added */
  add(text: string): boolean {
    const most = text.length * 3 // UTF-8 of one UTF-16 unit
    if (this.#length + most > this.#capacity && this.#length > 0) return false
    this.#bytes ??= Buffer.allocUnsafeSlow(Math.max(this.#capacity, most))
    this.#length += this.#bytes.write(text, this.#length)
    return true
  }

  /** Everything so far, which is the caller's from now on. */
  take(): Buffer {
    const taken = this.#bytes?.subarray(0, this.#length) ?? Buffer.alloc(0)
    this.#bytes = undefined
    this.#length = 0
    return taken
  }
}
