/** Of this process alone, or whoever may choose ids could choose many that fall on one place. */
const [SEED = 1, RANDOM = 1] = crypto.getRandomValues(new Uint32Array(2))
const FACTOR = RANDOM | 1

const FREE = -1

/**
 * Strings at the edge of World, small integers inside it. An integer, once given, keeps its meaning.
 * An open table of (hash, integer) pairs: at a million strings a `Map` walks a chain of entries and strings that no cache holds, and
 * for a string that just came in it also leaves the compiled code to hash it.
 */
export class Interner {
  readonly #names: string[] = []
  /** Pairs; at most half of them are taken, so that the next free one is near. */
  #slots = new Int32Array(32).fill(FREE)

  intern(name: string): number {
    const hash = hashOf(name)
    const known = this.#lookUp(name, hash)
    if (known !== undefined) return known
    const id = this.#names.push(name) - 1
    if (this.#names.length * 4 > this.#slots.length) this.#grow()
    else this.#take(hash, id)
    return id
  }

  find(name: string): number | undefined {
    return this.#lookUp(name, hashOf(name))
  }

  name(id: number): string {
    return this.#names[id] as string
  }

  get size(): number {
    return this.#names.length
  }

  #lookUp(name: string, hash: number): number | undefined {
    const slots = this.#slots
    const last = slots.length - 2
    for (let at = (hash << 1) & last; ; at = (at + 2) & last) {
      const id = slots[at + 1] as number
      if (id === FREE) return undefined
      if (slots[at] === hash && this.#names[id] === name) return id
    }
  }

  #take(hash: number, id: number): void {
    const slots = this.#slots
    const last = slots.length - 2
    let at = (hash << 1) & last
    while (slots[at + 1] !== FREE) at = (at + 2) & last
    slots[at] = hash
    slots[at + 1] = id
  }

  #grow(): void {
    this.#slots = new Int32Array(this.#slots.length * 2).fill(FREE)
    for (const [id, name] of this.#names.entries()) this.#take(hashOf(name), id)
  }
}

/** Multiply and fold, two characters at a time. */
function hashOf(text: string): number {
  let hash = SEED
  const last = text.length - 1
  for (let i = 0; i < last; i += 2) {
    hash = Math.imul(hash ^ text.charCodeAt(i) ^ (text.charCodeAt(i + 1) << 16), FACTOR)
    hash ^= hash >>> 15
  }
  if (last % 2 === 0) hash = Math.imul(hash ^ text.charCodeAt(last), FACTOR)
  hash ^= text.length
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b)
  return hash ^ (hash >>> 13)
}
