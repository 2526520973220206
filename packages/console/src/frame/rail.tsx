import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { parkedQuery } from '../api/guard.ts'
import { useKnownMay, useMay } from '../api/me.ts'
import { Icon } from '../look/icons.tsx'
import classes from './frame.module.css'
import { PLACES } from './places.ts'
import { Who } from './who.tsx'

/** The pages, those that the reader may not read marked with the reason, and who the reader is. */
export function Rail({ narrow, onNarrow }: { readonly narrow: boolean; readonly onNarrow: (narrow: boolean) => void }) {
  const may = useMay()
  const { data: parked } = useQuery({ ...parkedQuery, enabled: useKnownMay('guard.read') })
  const waiting = parked?.items.length ?? 0
  return (
    <div className={`${classes.rail} ${narrow ? classes.narrow : ''}`}>
      {PLACES.map(({ to, name, icon, needs }) => {
        const why = may(needs)
        return (
          <Link
            key={to}
            to={to}
            activeOptions={{ exact: to === '/', includeSearch: false }}
            aria-label={
              why === undefined
                ? to === '/' && waiting > 0
                  ? `${name}, ${waiting} waiting for somebody to confirm`
                  : name
                : `${name}, closed to you: ${why}`
            }
            title={why ?? (narrow ? name : undefined)}
            className={why === undefined ? undefined : classes.closed}
          >
            <Icon name={icon} />
            <span>{name}</span>
            {to === '/' && waiting > 0 && (
              <b className={classes.count} title="Changes that wait for somebody to confirm them">
                {waiting}
              </b>
            )}
            {why !== undefined && <Icon name="lock" size={14} />}
          </Link>
        )
      })}
      <Who />
      <button
        type="button"
        className={classes.fold}
        onClick={() => onNarrow(!narrow)}
        aria-expanded={!narrow}
        aria-label={narrow ? 'Show the names of the pages' : 'Fold the rail'}
      >
        <Icon name="fold" />
        <span>Fold</span>
      </button>
    </div>
  )
}
