import { Link } from '@tanstack/react-router'
import type { Answered } from '../../api/client.ts'
import { ReasonText } from '../../parts/reason-text.tsx'
import { Empty } from '../../parts/states.tsx'
import { atMinute, inFigures } from '../../parts/when.ts'
import classes from './overview.module.css'

type Summary = Answered<'summariseDecisions'>

/** More reasons than these are too many bands to tell apart: the rest are one. */
const BANDS = 6
const REST = 'others'

/** Refusals hour by hour, stacked by reason; each band leads to who was refused. */
export function Refusals({ summary: { from, to, reasons, refused } }: { readonly summary: Summary }) {
  if (refused === 0) return <Empty says="Nobody was refused." />
  const bands = [...reasons.slice(0, BANDS), ...together(reasons.slice(BANDS))]
  const parts = bands[0]?.series.length ?? 0
  const sums = Array.from({ length: parts }, (_, part) => bands.reduce((sum, { series }) => sum + (series[part] ?? 0), 0))
  const most = Math.max(1, ...sums)
  const step = (Date.parse(to) - Date.parse(from)) / parts
  return (
    <>
      <svg
        className={classes.plot}
        viewBox={`0 0 ${parts} 100`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${inFigures(refused)} refusals, hour by hour; the most in an hour: ${inFigures(most)}`}
      >
        <Hatches />
        {Array.from({ length: parts }, (_, part) => {
          let below = 0
          return bands.map(({ reason, series }, band) => {
            const count = series[part] ?? 0
            const height = (count / most) * 96
            below += height
            return (
              count > 0 && (
                // biome-ignore lint/suspicious/noArrayIndexKey: its place in time is what it is
                <rect key={`${part} ${reason}`} x={part + 0.08} width={0.84} y={100 - below} height={height} fill={SHADES[band]}>
                  <title>{`${atMinute(Date.parse(from) + part * step)}: ${inFigures(count)} ${reason}`}</title>
                </rect>
              )
            )
          })
        })}
      </svg>
      <div className={classes.hours} aria-hidden="true">
        <span>{atMinute(Date.parse(from))}</span>
        <span>now</span>
      </div>
      <ul className={classes.reasons}>
        {bands.map(({ reason, refused: count }, band) => (
          <li key={reason}>
            <svg width="11" height="11" aria-hidden="true">
              <rect width="11" height="11" rx="2" fill={SHADES[band]} />
            </svg>
            {reason === REST ? (
              'Other reasons'
            ) : (
              <Link to="/audit" search={{ view: 'decisions', reason, from }}>
                <ReasonText reason={reason} />
              </Link>
            )}
            <span className="number">{inFigures(count)}</span>
          </li>
        ))}
      </ul>
    </>
  )
}

/** One hue in steps, and every other hatched: bands stay apart without colour. */
const SHADES = [
  'var(--accent)',
  'url(#hatch-1)',
  'color-mix(in srgb, var(--accent) 60%, var(--paper))',
  'url(#hatch-2)',
  'color-mix(in srgb, var(--accent) 30%, var(--paper))',
  'url(#hatch-3)',
  'var(--over)',
]

function Hatches() {
  return (
    <defs>
      {[85, 55, 30].map((strength, index) => (
        <pattern key={strength} id={`hatch-${index + 1}`} width="0.16" height="7" patternUnits="userSpaceOnUse">
          <rect width="0.16" height="7" fill={`color-mix(in srgb, var(--accent) ${strength / 2}%, var(--paper))`} />
          <rect width="0.16" height="3.5" fill={`color-mix(in srgb, var(--ink) ${strength}%, var(--paper))`} />
        </pattern>
      ))}
    </defs>
  )
}

function together(reasons: Summary['reasons']): Summary['reasons'] {
  if (reasons.length === 0) return []
  const series = reasons[0]?.series.map((_, part) => reasons.reduce((sum, each) => sum + (each.series[part] ?? 0), 0)) ?? []
  return [{ reason: REST, refused: reasons.reduce((sum, { refused }) => sum + refused, 0), series }]
}
