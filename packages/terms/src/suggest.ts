const LONGEST = 64

/** "Did you mean …?" for a misspelt word, or undefined when no known word is near. */
export function didYouMean(word: string, known: Iterable<string>): string | undefined {
  const near = nearest(word, known)
  return near === undefined ? undefined : `Did you mean ${JSON.stringify(near)}?`
}

/** Like {@link didYouMean}; where nothing is near and the choice is small, the choice itself. */
export function didYouMeanOrOneOf(word: string, known: readonly string[]): string | undefined {
  const near = didYouMean(word, known)
  if (near !== undefined || known.length === 0 || known.length > 24) return near
  return `Use ${known.length === 1 ? '' : 'one of '}${known.map((each) => JSON.stringify(each)).join(', ')}.`
}

function nearest(word: string, known: Iterable<string>): string | undefined {
  if (word.length === 0 || word.length > LONGEST) return undefined
  const lower = word.toLowerCase()
  let best: string | undefined
  // A third of the letters may be wrong, and a swap of neighbours counts as one.
  let least = Math.max(1, Math.floor(word.length / 3)) + 1
  for (const candidate of known) {
    if (Math.abs(candidate.length - word.length) >= least) continue
    const away = distance(lower, candidate.toLowerCase(), least)
    if (away < least) [best, least] = [candidate, away]
  }
  return best
}

/** Edits between two words, a swap of neighbouring letters being one (optimal string alignment); `enough` or more when that is sure. */
function distance(a: string, b: string, enough: number): number {
  let before: number[] = []
  let above = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1]
      let cost = Math.min((above[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, (above[column - 1] ?? 0) + (same ? 0 : 1))
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
        cost = Math.min(cost, (before[column - 2] ?? 0) + 1)
      current.push(cost)
    }
    // A swap can undo one row at most, so two rows that are far enough stay far enough.
    if (Math.min(...above) >= enough && Math.min(...current) >= enough) return enough
    before = above
    above = current
  }
  return above[b.length] ?? 0
}
