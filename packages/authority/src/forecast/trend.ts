/** A week has working days and others, so fewer days say nothing. */
const WEEK = 7
const LEAST_WITH_USE = 3

/**
 * How much is added a day: a seventh of the median week, of all weeks there are, each beginning a day after the one before. Whatever is done
 * once a week counts as it should, and one odd day among three weeks not at all.
 * @param daily what was added on each day, in order @returns `undefined`: there is too little to say
 */
export function perDay(daily: readonly number[]): number | undefined {
  if (daily.length < WEEK || daily.filter((each) => each > 0).length < LEAST_WITH_USE) return undefined
  const weeks = Array.from({ length: daily.length - WEEK + 1 }, (_, from) =>
    daily.slice(from, from + WEEK).reduce((sum, each) => sum + each, 0),
  ).sort((a, b) => a - b)
  const [low = 0, high = 0] = [weeks[(weeks.length - 1) >> 1], weeks[weeks.length >> 1]]
  return (low + high) / 2 / WEEK
}
