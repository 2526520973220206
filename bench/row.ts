/** One line of the table that `npm run bench` prints: always a ratio against something named, measured in the same run. */
export interface Row {
  readonly what: string
  readonly beside: string
  readonly ratio: number
  /** As people read it, e.g. `≤ 1.4`. */
  readonly target: string
  readonly detail: string
}
