import classes from './consequences.module.css'
import { Badge, type Tone } from './state-badge.tsx'

interface Consequence {
  readonly direction: 'narrows' | 'widens' | 'neutral'
  readonly effect: 'at_once' | 'sold_or_moved'
  readonly sentence: string
}

const WORDS: Record<Consequence['direction'], readonly [tone: Tone, words: string]> = {
  narrows: ['bad', 'Takes'],
  widens: ['good', 'Gives'],
  neutral: ['plain', 'Neither'],
}

/** What an edition comes to, a sentence each; what takes stands first. */
export function Consequences({ of }: { readonly of: readonly Consequence[] }) {
  if (of.length === 0) return <p>Nothing changes for anybody.</p>
  return (
    <ul className={classes.consequences}>
      {of.map(({ direction, effect, sentence }) => (
        <li key={`${direction} ${sentence}`}>
          <Badge tone={WORDS[direction][0]}>{WORDS[direction][1]}</Badge>
          <span>
            {sentence}.{effect === 'at_once' && <strong> At once, for every licence ever sold.</strong>}
          </span>
        </li>
      ))}
    </ul>
  )
}
