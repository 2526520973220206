import { useNow } from '../clock.ts'
import { atMinute, exactly, fromNow, onDay } from './when.ts'

interface TimeProps {
  /** RFC 3339, as the API writes it. */
  readonly at: string
  /** `ago`: relative, and it ticks. */
  readonly as?: 'day' | 'minute' | 'ago'
}

/** An instant in the reader's zone; the exact one, with its zone, on hover. */
export function Time({ at, as = 'minute' }: TimeProps) {
  const now = useNow()
  const instant = Date.parse(at)
  const text = as === 'ago' ? fromNow(instant, now) : as === 'day' ? onDay(instant) : atMinute(instant)
  return (
    <time dateTime={at} title={exactly(instant)} className="number">
      {text}
    </time>
  )
}
