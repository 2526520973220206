import { useNow } from '../clock.ts'
import type { Tone } from './state-badge.tsx'
import classes from './time-line.module.css'
import { DAY, exactly, onDay } from './when.ts'

export interface Span {
  /** Epoch milliseconds. */
  readonly from: number
  /** Exclusive; absent: an open end. */
  readonly until?: number | undefined
  readonly tone: Tone
  /** "In grace for payment". */
  readonly says: string
}

export interface Mark {
  readonly at: number
  readonly says: string
}

interface TimeLineProps {
  /** What it is the life of, for a screen reader. */
  readonly label: string
  readonly spans: readonly Span[]
  readonly marks?: readonly Mark[]
  /** What the window shows at least. */
  readonly from?: number | undefined
  readonly until?: number | undefined
  /** One low bar without words, for tables. */
  readonly small?: boolean
}

/** One horizontal line of time with a mark at now; each part tells its exact instants on hover, and in a list for who does not see it. */
export function TimeLine({ label, spans, marks = [], from, until, small = false }: TimeLineProps) {
  const now = useNow()
  const known = [...spans.flatMap((span) => [span.from, span.until ?? span.from]), ...marks.map(({ at }) => at), now]
  const first = Math.min(from ?? Number.POSITIVE_INFINITY, ...known)
  const lastKnown = Math.max(until ?? Number.NEGATIVE_INFINITY, ...known)
  const room = Math.max(lastKnown - first, DAY) * 0.06
  const start = first - (from === undefined ? room / 3 : 0)
  // An open end goes on past everything that is known.
  const end = lastKnown + (until === undefined ? room : 0)
  const at = (instant: number): number => (Math.min(Math.max(instant, start), end) - start) / (end - start)
  const percent = (share: number): string => `${(share * 100).toFixed(3)}%`

  return (
    <figure className={`${classes.line} ${small ? classes.small : ''}`} aria-label={label}>
      <div className={classes.track} aria-hidden="true">
        {spans.map((span) => (
          <div
            key={`${span.from} ${span.says}`}
            className={`${classes.span} ${classes[span.tone]} ${span.until === undefined ? classes.open : ''}`}
            style={{ left: percent(at(span.from)), width: percent(at(span.until ?? end) - at(span.from)) }}
            title={inWords(span)}
          >
            {!small && at(span.until ?? end) - at(span.from) > 0.1 && <span>{span.says}</span>}
          </div>
        ))}
        {marks.map((mark) => (
          <div
            key={`${mark.at} ${mark.says}`}
            className={classes.mark}
            style={{ left: percent(at(mark.at)) }}
            title={`${mark.says}: ${exactly(mark.at)}`}
          />
        ))}
        <div className={classes.now} style={{ left: percent(at(now)) }} title={`Now: ${exactly(now)}`}>
          {!small && <span>now</span>}
        </div>
      </div>
      {!small && (
        <div className={classes.axis} aria-hidden="true">
          {ticks(start, end).map((tick) => (
            <span key={tick} style={{ left: percent(at(tick)) }}>
              {onDay(tick)}
            </span>
          ))}
        </div>
      )}
      <ol className="hidden">
        {spans.map((span) => (
          <li key={`${span.from} ${span.says}`}>{inWords(span)}</li>
        ))}
        {marks.map((mark) => (
          <li key={`${mark.at} ${mark.says}`}>
            {mark.says}: {exactly(mark.at)}
          </li>
        ))}
      </ol>
    </figure>
  )
}

function inWords({ says, from, until }: Span): string {
  return `${says}: from ${exactly(from)} ${until === undefined ? 'on, without an end' : `until ${exactly(until)}`}`
}

/** Up to five dates at equal distances, off the very edges so that none is cut. */
function ticks(start: number, end: number): number[] {
  return [0.06, 0.28, 0.5, 0.72, 0.94].map((share) => start + (end - start) * share)
}
