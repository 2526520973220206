import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { answer } from '@writ/client'
import { api } from '../../api/client.ts'
import { Actor } from '../../parts/actor.tsx'
import { Consequences } from '../../parts/consequences.tsx'
import { Section } from '../../parts/page.tsx'
import { Loaded } from '../../parts/states.tsx'
import { Time } from '../../parts/time.tsx'
import { counted, inFigures } from '../../parts/when.ts'
import { Move } from './move.tsx'
import { RollOut } from './rollout.tsx'
import classes from './terms.module.css'

const route = getRouteApi('/terms')

interface EditionsProps {
  readonly product: string
  readonly newest: number
  /** Who is on which plan of which edition. */
  readonly on: readonly { readonly plan: string; readonly edition: number; readonly licenses: number }[]
}

/** Every edition ever published, who is on it, and what the newest would come to for them. */
export function Editions({ product, newest, on }: EditionsProps) {
  const { before } = route.useSearch()
  const query = useQuery({
    queryKey: ['editions', product],
    queryFn: ({ signal }) =>
      answer(api.GET('/v1/products/{product}/editions', { params: { path: { product }, query: { limit: 100 } }, signal })),
  })
  return (
    <>
      <RollOut product={product} staged={stagedAfter(newest, query.data?.items ?? [])} />
      <Loaded query={query}>
        {({ items }) => (
          <table className={classes.editions}>
            <thead>
              <tr>
                <th scope="col">Edition</th>
                <th scope="col">Published</th>
                <th scope="col">By</th>
                <th scope="col">Licences on it</th>
                <th scope="col">
                  <span className="hidden">Compare</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {items.map(({ edition, published_at: at, published_by: by, hash, staged }) => {
                const here = on.filter((each) => each.edition === edition)
                return (
                  <tr key={edition}>
                    <td className="number" title={hash}>
                      <Link to="/terms" search={{ product, ...(edition !== newest && { edition: String(edition) }) }}>
                        Edition {edition}
                      </Link>
                      {staged && <small className="quiet"> staged</small>}
                    </td>
                    <td>
                      <Time at={at} />
                    </td>
                    <td>
                      <Actor of={by} />
                    </td>
                    <td>
                      {here.length === 0 ? (
                        <span className="quiet">none</span>
                      ) : (
                        here.map(({ plan, licenses }, index) => (
                          <span key={plan}>
                            {index > 0 && ', '}
                            <Link to="/licenses" search={{ product, plan }}>
                              {inFigures(licenses)} on {plan}
                            </Link>
                          </span>
                        ))
                      )}
                    </td>
                    <td>
                      {edition !== newest && staged !== true && (
                        <Link to="/terms" search={{ product, view: 'editions', before: String(edition) }}>
                          What moving them to {newest} comes to
                        </Link>
                      )}
                    </td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        )}
      </Loaded>
      {before !== undefined && (
        <>
          <Compared product={product} before={Number(before)} after={newest} />
          <Move key={before} product={product} from={Number(before)} to={newest} />
        </>
      )}
    </>
  )
}

function stagedAfter(newest: number, editions: readonly { readonly edition: number; readonly staged?: true }[]): number | undefined {
  return editions.find(({ edition, staged }) => staged === true && edition > newest)?.edition
}

function Compared({ product, before, after }: { readonly product: string; readonly before: number; readonly after: number }) {
  const path = { product, edition: before, other: after }
  const query = useQuery({
    queryKey: ['diff', product, before, after],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => answer(api.GET('/v1/products/{product}/editions/{edition}/diff/{other}', { params: { path }, signal })),
  })
  return (
    <Section title={`From edition ${before} to ${after}`} note={query.data && counted(query.data.consequences.length, 'consequence')}>
      <Loaded query={query}>{({ consequences }) => <Consequences of={consequences} />}</Loaded>
    </Section>
  )
}
