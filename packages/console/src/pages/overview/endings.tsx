import { Link } from '@tanstack/react-router'
import { type License, useTitles } from '../../api/records.ts'
import { StateBadge } from '../../parts/state-badge.tsx'
import { Time } from '../../parts/time.tsx'
import { counted, DAY, onDay } from '../../parts/when.ts'
import classes from './overview.module.css'

interface EndingsProps {
  readonly days: readonly { readonly day: string; readonly licenses: number }[]
  /** Those of the next 30 days, the soonest first. */
  readonly soon: readonly License[]
  readonly now: number
}

const SHOWN = 90
const month = new Intl.DateTimeFormat(undefined, { month: 'long' })

/** 90 days as a strip, the warmer the more licences end; below it the next ones by name. */
export function Endings({ days, soon, now }: EndingsProps) {
  const byDay = new Map(days.map(({ day, licenses }) => [day, licenses]))
  const strip = Array.from({ length: SHOWN }, (_, index) => {
    const at = now + index * DAY
    return { at, count: byDay.get(localDay(at)) ?? 0 }
  })
  const total = strip.reduce((sum, { count }) => sum + count, 0)
  const next = soon.slice(0, 6)
  const titleOf = useTitles([...new Set(next.flatMap(({ organization }) => organization ?? []))])
  return (
    <>
      <div className={classes.strip} role="img" aria-label={`${counted(total, 'licence')} end in the next 90 days`}>
        {strip.map(({ at, count }) => (
          <div
            key={at}
            className={`${classes.day} ${heat(count, at)}`}
            title={`${onDay(at)}: ${count === 0 ? 'none ends' : `${counted(count, 'licence')} end`}`}
          />
        ))}
      </div>
      <div className={classes.months} aria-hidden="true">
        {strip.map(
          ({ at }, index) =>
            (index === 0 || new Date(at).getDate() === 1) && (
              <span key={at} style={{ left: `${(index / SHOWN) * 100}%` }}>
                {index === 0 ? 'today' : month.format(at)}
              </span>
            ),
        )}
      </div>
      {next.length > 0 && (
        <ol className={classes.endings}>
          {next.map(({ id, organization, holder, product, plan, state, ends, trial_ends: trial }) => (
            <li key={id}>
              <Time at={trial ?? ends ?? ''} as="day" />
              {organization === undefined ? (
                <Link to="/identities/$id" params={{ id: holder ?? '' }}>
                  {holder}
                </Link>
              ) : (
                <Link to="/organizations/$id" params={{ id: organization }}>
                  {titleOf(organization)}
                </Link>
              )}
              <Link to="/licenses/$id" params={{ id }}>
                {product} {plan}
                {trial !== undefined && ', trial'}
              </Link>
              <StateBadge state={state} />
            </li>
          ))}
        </ol>
      )}
      {soon.length > next.length && (
        <p>
          <Link to="/licenses" search={{ sort: 'ends', state: 'in_force' }}>
            All that end, the soonest first
          </Link>
        </p>
      )}
    </>
  )
}

/** The date where the reader is, as the API writes days. */
function localDay(at: number): string {
  const date = new Date(at)
  return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`
}

function heat(count: number, at: number): string | undefined {
  if (count > 0) return [classes.heat1, classes.heat2, classes.heat3][Math.min(count, 3) - 1]
  return [0, 6].includes(new Date(at).getDay()) ? classes.weekend : ''
}
