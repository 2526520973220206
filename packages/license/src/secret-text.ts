/** A secret in hand. Printing, joining or serialising it shows the redacted form; `exposeText` is the one way to the secret. */
export class SecretText {
  readonly redacted: string
  readonly #text: string

  constructor(text: string, redacted: string) {
    this.#text = text
    this.redacted = redacted
  }

  exposeText(): string {
    return this.#text
  }

  toString(): string {
    return this.redacted
  }

  toJSON(): string {
    return this.redacted
  }
}
