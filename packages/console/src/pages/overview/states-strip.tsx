import { Link } from '@tanstack/react-router'
import { StateBadge } from '../../parts/state-badge.tsx'
import { inFigures } from '../../parts/when.ts'
import classes from './overview.module.css'

/** How many licences stand how; each leads to those. */
export function States({ states, trials }: { readonly states: Readonly<Record<string, number>>; readonly trials: number }) {
  return (
    <ul className={classes.states}>
      {Object.entries(states)
        .filter(([, count]) => count > 0)
        .map(([state, count]) => (
          <li key={state}>
            <Link to="/licenses" search={{ state }}>
              <strong className="number">{inFigures(count)}</strong>
              <StateBadge state={state} />
              {state === 'in_force' && trials > 0 && <span className="quiet">of them {inFigures(trials)} on trial</span>}
            </Link>
          </li>
        ))}
    </ul>
  )
}
