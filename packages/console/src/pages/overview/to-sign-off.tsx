import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { meQuery, useKnownMay } from '../../api/me.ts'
import { publicationName, rolesToSign, waitingQuery } from '../../api/publications.ts'
import { Section } from '../../parts/page.tsx'
import { Badge } from '../../parts/state-badge.tsx'
import { Time } from '../../parts/time.tsx'
import { counted, listed } from '../../parts/when.ts'
import classes from './overview.module.css'

/** Terms that wait until they are signed off, those first that wait for the reader. Only shown where something waits. */
export function ToSignOff() {
  const { data } = useQuery({ ...waitingQuery, enabled: useKnownMay('catalog.read') })
  const { data: me } = useQuery(meQuery)
  const items = (data?.items ?? []).map((each) => ({ ...each, mine: rolesToSign(each, me) }))
  if (items.length === 0) return null
  return (
    <Section
      title={counted(items.length, 'edition waits for sign-offs', 'editions wait for sign-offs')}
      note={<Badge tone="warn">Not published yet</Badge>}
    >
      <ul className={classes.parked}>
        {items
          .sort((a, b) => b.mine.length - a.mine.length)
          .map(({ id, product, title, base, waits_for: waits, identity, created_by: key, created_at: at, mine }) => (
            <li key={id}>
              <div>
                <Link to="/terms" search={{ product, view: 'sign-offs', publication: id }}>
                  {publicationName({ title, base })}
                </Link>
                {mine.length > 0 && <strong> waits for you, as {listed(mine)}</strong>}
                <br />
                It waits for {listed(waits)}.{' '}
                <span className="quiet">
                  Asked <Time at={at} as="ago" /> by <span className="code">{identity ?? key}</span>.
                </span>
              </div>
            </li>
          ))}
      </ul>
    </Section>
  )
}
