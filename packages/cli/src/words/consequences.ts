import type { Paint } from '../io.ts'

/** What is shown of a consequence; as `diff` and the authority give it. */
export interface Shown {
  readonly direction: 'narrows' | 'widens' | 'neutral'
  readonly effect: 'at_once' | 'sold_or_moved'
  readonly sentence: string
}

const GROUPS = [
  { of: 'narrows at_once', heading: 'Takes away at once, from every edition ever sold' },
  { of: 'narrows sold_or_moved', heading: 'Takes away from licences sold under it, or moved to it' },
  { of: 'widens at_once', heading: 'Gives at once, to every edition ever sold' },
  { of: 'widens sold_or_moved', heading: 'Gives to licences sold under it, or moved to it' },
  { of: 'neutral', heading: 'Changes nothing that anybody may do' },
] as const

/** Under headings that say who is concerned, and when; what takes away first. */
export function consequencesInWords(consequences: readonly Shown[], paint: Paint): string[] {
  const marks = { narrows: paint.red('-'), widens: paint.green('+'), neutral: paint.dim('~') }
  return GROUPS.flatMap(({ of, heading }) => {
    const group = consequences.filter(({ direction, effect }) => of === direction || of === `${direction} ${effect}`)
    if (group.length === 0) return []
    return [paint.bold(heading), ...group.map(({ direction, sentence }) => `  ${marks[direction]} ${sentence}`), '']
  })
}

/** `2 take away, 1 gives, 3 neither`. */
export function countsInWords(consequences: readonly Shown[]): string {
  const count = (direction: Shown['direction']) => consequences.filter((each) => each.direction === direction).length
  const [away, gives, neither] = [count('narrows'), count('widens'), count('neutral')]
  return `${away} take${away === 1 ? 's' : ''} away, ${gives} give${gives === 1 ? 's' : ''}, ${neither} neither`
}
