import type { Spread } from './measure.ts'

/** One line of the table that `npm run bench` prints: both sides measured in the same run, round by round in turns. */
export interface Row {
  readonly what: string
  readonly beside: string
  /** Both sides as people read them, e.g. `1.62 µs`; `compared` is empty where nothing stands beside. */
  readonly measured: string
  readonly compared: string
  readonly ratio?: Spread
  /** As people read it, e.g. `≤ 1.4`; empty where a figure is only reported. */
  readonly target: string
  readonly met?: boolean
  readonly detail?: string
}

/** What a benchmark is told. */
export interface Options {
  /** As little work as runs every line: for the test that keeps the benchmarks from rotting. Its figures mean nothing. */
  readonly quick: boolean
}

export type Benchmark = (options: Options) => Promise<Row[]>
