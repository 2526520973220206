/** Thrown to undo what follows from a change that was weighed: by now it would take something from more than a few beyond that. */
export class Grown extends Error {
  /** How many lose something that nobody was asked about, those before counted with them. */
  readonly losing: number
  constructor(losing: number) {
    super('more would lose something than was weighed')
    this.losing = losing
  }
}
