import { Link } from '@tanstack/react-router'
import { Icon } from '../look/icons.tsx'
import classes from './frame.module.css'
import { PLACES } from './places.ts'

export function Rail({ narrow, onNarrow }: { readonly narrow: boolean; readonly onNarrow: (narrow: boolean) => void }) {
  return (
    <div className={`${classes.rail} ${narrow ? classes.narrow : ''}`}>
      {PLACES.map(({ to, name, icon }) => (
        <Link
          key={to}
          to={to}
          activeOptions={{ exact: to === '/', includeSearch: false }}
          aria-label={name}
          title={narrow ? name : undefined}
        >
          <Icon name={icon} />
          <span>{name}</span>
        </Link>
      ))}
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
