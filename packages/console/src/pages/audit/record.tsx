import { Facts } from '../../parts/page.tsx'
import { Time } from '../../parts/time.tsx'
import classes from './audit.module.css'

export interface Recorded {
  readonly id: number
  readonly at: string
  readonly request_id: string
  readonly revision?: number | undefined
}

/** One record, whole, as the API gives it. */
export function Record({ of }: { readonly of: Recorded }) {
  return (
    <>
      <Facts
        of={[
          ['When', <Time key="at" at={of.at} />],
          [
            'Exactly',
            <span key="exactly" className="code">
              {of.at}
            </span>,
          ],
          [
            'Request',
            <span key="request" className="code">
              {of.request_id}
            </span>,
          ],
          of.revision === undefined
            ? ['Revision', 'nothing was changed']
            : [
                'Revision',
                <span key="revision" className="number">
                  {of.revision}
                </span>,
              ],
        ]}
      />
      <pre className={classes.record}>{JSON.stringify(of, null, 2)}</pre>
    </>
  )
}
