/** Median, and the two ends: a median alone hides how noisy the machine was. */
export interface Spread {
  readonly median: number
  readonly low: number
  readonly high: number
}

/** Takes one side's figure once, e.g. microseconds a call over some thousand calls. */
export type Side = () => number | Promise<number>

/** A B A B …: a slow moment of the machine falls on all sides, and a ratio is taken within one round. */
export async function inTurns<Name extends string>(sides: Readonly<Record<Name, Side>>, rounds: number): Promise<Record<Name, number[]>> {
  const names = Object.keys(sides) as Name[]
  const figures = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>
  for (let round = 0; round < rounds; round++) for (const name of names) figures[name].push(await sides[name]())
  return figures
}

export function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b)
  return { median: sorted[sorted.length >> 1] ?? Number.NaN, low: sorted[0] ?? Number.NaN, high: sorted.at(-1) ?? Number.NaN }
}

/** Round by round. */
export function ratio(values: readonly number[], beside: readonly number[]): Spread {
  return spread(values.map((value, round) => value / (beside[round] ?? Number.NaN)))
}

/**
 * What this thread has computed for so long; for work that never waits. On a quiet machine it passes like the clock, on a busy one the
 * time that other processes had the core is left out.
 */
export function cpuMicroseconds(): number {
  const { user, system } = process.threadCpuUsage()
  return user + system
}

/** Microseconds a call. */
export async function perCall(calls: number, work: () => unknown): Promise<number> {
  const start = performance.now()
  for (let call = 0; call < calls; call++) await work()
  return ((performance.now() - start) * 1000) / calls
}

export function inMicroseconds(values: readonly number[]): string {
  const { median } = spread(values)
  return `${median.toFixed(median < 10 ? 2 : 0)} µs`
}

export function perSecond(values: readonly number[]): string {
  return `${Math.round(spread(values).median).toLocaleString('en')}/s`
}
