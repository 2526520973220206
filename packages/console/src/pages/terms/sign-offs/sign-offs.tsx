import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { meQuery } from '../../../api/me.ts'
import { type Publication, publicationName, publicationsQuery, rolesToSign, waitingQuery } from '../../../api/publications.ts'
import { Section } from '../../../parts/page.tsx'
import { Empty, Loaded } from '../../../parts/states.tsx'
import { Time } from '../../../parts/time.tsx'
import { counted, listed } from '../../../parts/when.ts'
import classes from '../terms.module.css'
import { Waiting } from './publication.tsx'
import { PublicationBadge } from './publication-badge.tsx'

const route = getRouteApi('/terms')

/** What waits until it is signed off, of every product; what became of the rest; and the one that is looked at. */
export function SignOffs() {
  const { product, publication } = route.useSearch()
  const waiting = useQuery(waitingQuery)
  const all = useQuery(publicationsQuery)
  const known = waiting.data?.items ?? []
  const over = all.data?.items.filter(({ state }) => state !== 'waiting') ?? []
  if (publication !== undefined && product !== undefined) return <Waiting product={product} id={publication} />
  return (
    <>
      <Section title="Waiting" note={waiting.data && counted(known.length, 'publication')}>
        <Loaded query={waiting} rows={3}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty says="Nothing waits for a sign-off.">
                <p>Terms that name who must have read them wait here when they are published:</p>
                <pre>{'publish: { signed_off_by: [legal, finance] }'}</pre>
              </Empty>
            ) : (
              <List of={items} name="Waiting" />
            )
          }
        </Loaded>
      </Section>
      {over.length > 0 && (
        <Section title="What became of others">
          <List of={over} name="What became of others" />
        </Section>
      )}
    </>
  )
}

function List({ of, name }: { readonly of: readonly Publication[]; readonly name: string }) {
  const { data: me } = useQuery(meQuery)
  return (
    <table className={classes.editions} aria-label={name}>
      <thead>
        <tr>
          <th scope="col">What</th>
          <th scope="col">State</th>
          <th scope="col">Signed off</th>
          <th scope="col">Asked</th>
        </tr>
      </thead>
      <tbody>
        {of.map((each) => {
          const { id, product, state, waits_for: waits, sign_offs: signed, refused } = each
          const mine = rolesToSign(each, me)
          return (
            <tr key={id}>
              <td>
                <Link to="/terms" search={{ product, view: 'sign-offs', publication: id }}>
                  {publicationName(each)}
                </Link>
              </td>
              <td>
                <PublicationBadge state={state} />
                {waits.length > 0 && ` for ${listed(waits)}`}
                {refused !== undefined && ` by ${refused.identity} as ${refused.role}: ${refused.reason}`}
                {mine.length > 0 && <strong> You can sign it as {listed(mine)}.</strong>}
              </td>
              <td>
                {signed.length === 0 ? (
                  <span className="quiet">nobody</span>
                ) : (
                  signed.map(({ role, identity }) => `${identity} as ${role}`).join(', ')
                )}
              </td>
              <td>
                <Time at={each.created_at} as="ago" /> <span className="quiet">by {each.identity ?? each.created_by}</span>
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
