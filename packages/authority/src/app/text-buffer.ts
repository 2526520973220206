const PIECE_UNITS = 4_096
const END_BYTES = 16

/**
 * Gathers texts as bytes outside of the heap. What waits for a moment to be written in bulk would, as strings, be copied by every
 * collection of garbage meanwhile.
 */
export class TextBuffer {
  readonly #capacity: number
  #bytes: Buffer | undefined
  #length = 0
  /** Not among the bytes yet: what comes in small pieces is written in larger ones. */
  #text = ''

  /** @param capacity bytes; a longer text is taken alone */
  constructor(capacity: number) {
    this.#capacity = capacity
  }

  /** In bytes; of the last {@link PIECE_UNITS} in UTF-16 units, which are no more. */
  get length(): number {
    return this.#length + this.#text.length
  }

  /** @returns false when it does not fit beside what is here; then nothing was added */
  add(text: string): boolean {
    const most = (this.#text.length + text.length) * 3 // UTF-8 of one UTF-16 unit
    if (this.#length + most > this.#capacity && this.length > 0) return false
    this.#text += text
    if (this.#text.length >= PIECE_UNITS) this.#write()
    return true
  }

  #write(): void {
    this.#bytes ??= Buffer.allocUnsafeSlow(Math.max(this.#capacity, this.#text.length * 3) + END_BYTES)
    this.#length += this.#bytes.write(this.#text, this.#length)
    this.#text = ''
  }

  /**
   * Everything so far, which is the caller's from now on.
   * @param end stands after it, if there is anything; 5 UTF-16 units at most
   */
  take(end = ''): Buffer {
    if (this.length === 0) return Buffer.alloc(0)
    const text = this.#text + end
    this.#text = ''
    // What is little takes little room, however long it waits for its store.
    if (this.#bytes === undefined) return Buffer.from(text)
    this.#length += this.#bytes.write(text, this.#length)
    const taken = this.#bytes.subarray(0, this.#length)
    this.#bytes = undefined
    this.#length = 0
    return taken
  }
}
