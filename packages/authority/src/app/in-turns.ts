/** So many at a time keep the process for about a millisecond. */
const IN_ONE_TURN = 2000

/** Looks at many things in memory, letting others have their turn in between: a list of everything must not hold up a decision. */
export async function inTurns<T>(things: readonly T[], look: (thing: T) => void): Promise<void> {
  for (let from = 0; from < things.length; from += IN_ONE_TURN) {
    if (from > 0) await new Promise<void>((resolve) => setImmediate(resolve))
    for (const thing of things.slice(from, from + IN_ONE_TURN)) look(thing)
  }
}
