/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly (string | number)[], last = 'and'): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`
}

/** What one list has and the other lacks, in its order. */
export function without<T>(list: Iterable<T>, other: Iterable<T>): T[] {
  const known = new Set(other)
  return [...list].filter((each) => !known.has(each))
}
