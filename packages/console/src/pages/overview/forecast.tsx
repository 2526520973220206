import { useQuery } from '@tanstack/react-query'
import { forecastQuery } from '../../api/guard.ts'
import { useKnownMay, useMay } from '../../api/me.ts'
import { type Impact, ImpactView } from '../../parts/impact.tsx'
import { Loaded } from '../../parts/states.tsx'
import { Time } from '../../parts/time.tsx'
import { counted } from '../../parts/when.ts'
import classes from './overview.module.css'

const INSTANTS = 6

/** Who loses what by time alone, unless somebody does something: the calendar's days, in people. */
export function Forecast() {
  const why = useMay()('guard.read')
  const query = useQuery({ ...forecastQuery, enabled: useKnownMay('guard.read') })
  if (why !== undefined) return <p className="quiet">Whom it concerns you may not see. {why}</p>
  return (
    <Loaded query={query} rows={2}>
      {(impact) => <Ahead impact={impact} />}
    </Loaded>
  )
}

function Ahead({ impact }: { readonly impact: Impact }) {
  const { losing, instants } = impact
  const when = instants.filter((instant) => instant.losing > 0)
  if (losing === 0) return <p>Nobody loses anything by time alone.</p>
  return (
    <div className={classes.forecast}>
      <p>
        By time alone, <strong>{counted(losing, 'person or service loses', 'people or services lose')} something</strong>, unless it is
        renewed:
      </p>
      <ul>
        {when.slice(0, INSTANTS).map(({ at, losing: many }) => (
          <li key={at}>
            <Time at={at} /> <span className="number">{counted(many, 'person or service', 'people or services')}</span>
          </li>
        ))}
        {when.length > INSTANTS && <li className="quiet">and {when.length - INSTANTS} later times</li>}
      </ul>
      <details>
        <summary>Who, and what</summary>
        <ImpactView impact={impact} />
      </details>
    </div>
  )
}
