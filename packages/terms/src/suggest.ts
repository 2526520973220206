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
  // A third of the letters may be wrong, at most four, and a swap of neighbours counts as one.
  let least = Math.min(4, Math.max(1, Math.floor(word.length / 3))) + 1
  for (const candidate of known) {
    if (Math.abs(candidate.length - word.length) >= least) continue
    const away = distance(lower, candidate.toLowerCase(), least)
    if (away < least) [best, least] = [candidate, away]
  }
  return best
}

/**
 * Edits between two words, a swap of neighbouring letters being one (optimal string alignment); `enough` or more when it is that many.
 * Only the band of cells that could still be below `enough` is worked out, so long names that are nothing alike cost little.
 */
function distance(a: string, b: string, enough: number): number {
  let before: readonly number[] = []
  let above = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = Math.max(1, row - enough); column <= Math.min(b.length, row + enough); column++) {
      const same = a[row - 1] === b[column - 1]
      let cost = Math.min(at(above, column) + 1, at(current, column - 1) + 1, at(above, column - 1) + (same ? 0 : 1))
      if (a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) cost = Math.min(cost, at(before, column - 2) + 1)
      current[column] = cost
    }
    before = above
    above = current
  }
  return Math.min(enough, at(above, b.length))
}

function at(cells: readonly number[], index: number): number {
  return cells[index] ?? Number.POSITIVE_INFINITY
}
