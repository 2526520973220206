import { Link } from '@tanstack/react-router'
import type { Answered } from '../api/client.ts'
import { useTitles } from '../api/records.ts'
import classes from './limit-bars.module.css'
import { Empty } from './states.tsx'
import { fromNow, inFigures, onDay } from './when.ts'

type Limit = Answered<'listFullestLimits'>['items'][number]

/** How full each limit is, and when it will be at the pace so far. */
export function LimitBars({ limits, now }: { readonly limits: readonly Limit[]; readonly now: number }) {
  const titleOf = useTitles([...new Set(limits.flatMap(({ organization }) => organization ?? []))])
  if (limits.length === 0) return <Empty says="No licence in use has a limit." />
  return (
    <ul className={classes.bars}>
      {limits.map((limit) => {
        const { license, organization, holder, kind, meter, used, reserved, fill } = limit
        const name = kind === 'seats' ? 'seats' : (meter ?? '')
        return (
          <li key={`${license} ${name}`}>
            <span>
              <Link to="/licenses/$id" params={{ id: license }}>
                {organization === undefined ? holder : titleOf(organization)}
              </Link>{' '}
              {name}
            </span>
            <span className="number">
              {inFigures(used)}
              {reserved > 0 && ` and ${inFigures(reserved)} held back`} of {inFigures(limit.limit)}
            </span>
            <Bar fill={fill} label={`${name}: ${Math.round(fill * 100)} % of the limit`} />
            <span className={`${classes.trend} quiet`}>{trend(limit, now)}</span>
          </li>
        )
      })}
    </ul>
  )
}

/** One bar, with a word for a screen reader; full is hatched too. */
export function Bar({ fill, label }: { readonly fill: number; readonly label: string }) {
  const level = fill >= 1 ? classes.full : fill >= 0.8 ? classes.near : ''
  return (
    <div className={classes.bar} role="img" aria-label={label}>
      <div className={`${classes.fill} ${level}`} style={{ width: `${Math.min(100, fill * 100)}%` }} />
    </div>
  )
}

/** When a limit will be full if it goes on as in this period so far; a straight line, and said as such. */
function trend({ used, limit, from, until, kind }: Limit, now: number): string {
  if (used >= limit) return until === undefined ? 'full' : `full; begins anew ${fromNow(Date.parse(until), now)}`
  if (kind === 'seats' || from === undefined || until === undefined || used === 0) return ''
  const start = Date.parse(from)
  const full = start + ((now - start) / used) * limit
  return full < Date.parse(until) ? `full on ${onDay(full)} at this pace` : `lasts until it begins anew on ${onDay(Date.parse(until))}`
}
