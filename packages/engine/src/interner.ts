/** Strings at the edge of World, small integers inside it. An integer, once given, keeps its meaning. */
export class Interner {
  readonly #ids = new Map<string, number>()
  readonly #names: string[] = []

  intern(name: string): number {
    let id = this.#ids.get(name)
    if (id === undefined) {
      id = this.#names.length
      this.#ids.set(name, id)
      this.#names.push(name)
    }
    return id
  }

  find(name: string): number | undefined {
    return this.#ids.get(name)
  }

  name(id: number): string {
    return this.#names[id] as string
  }

  get size(): number {
    return this.#names.length
  }
}
