import { Button } from '@mantine/core'
import { useEffect, useRef } from 'react'
import type { Live } from '../api/live.ts'
import { tell } from '../parts/told.tsx'
import { atClock, exactly } from '../parts/when.ts'
import classes from './frame.module.css'

/** Over every page while nothing answers: what happened, since when, what is kept; and once, that it is over. */
export function Outage({ live: { kind, since, ask, asking } }: { readonly live: Live }) {
  const out = kind === 'unreachable' || kind === 'halted'
  const was = useRef(false)
  useEffect(() => {
    if (was.current && kind === 'live') tell({ says: 'The authority answers again. What you see is read anew.', tone: 'done' })
    was.current = out
  }, [out, kind])
  if (!out) return null
  const when = since === undefined || since === 0 ? undefined : since
  return (
    <div className={classes.outage} role="alert">
      <p>
        <strong>
          {kind === 'halted'
            ? 'The authority runs, but it is not ready: its database does not answer, or it catches up'
            : 'The authority does not answer'}
          {when !== undefined && (
            <>
              {' '}
              since <time title={exactly(when)}>{atClock(when)}</time>
            </>
          )}
          .
        </strong>{' '}
        What you see is of then, and what you typed stays. It is tried again by itself; applications go on by what they know and by their
        grace. If it lasts, run <code>writ doctor</code> on its host.
      </p>
      <Button size="xs" variant="default" onClick={ask} loading={asking}>
        Try now
      </Button>
    </div>
  )
}
