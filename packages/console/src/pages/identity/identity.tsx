import { Select } from '@mantine/core'
import { useQueries, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { answer } from '@writ/client'
import { useMemo } from 'react'
import { api } from '../../api/client.ts'
import { type Decision, type Identity, identityQuery, resourcesQuery, useTitles } from '../../api/records.ts'
import { OWN, ownProductQuery, productsQuery } from '../../api/terms.ts'
import { OfOne } from '../../parts/of-one.tsx'
import { Facts, Page, Section } from '../../parts/page.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import { Failure, Waiting } from '../../parts/states.tsx'
import { Time } from '../../parts/time.tsx'
import { counted, listed } from '../../parts/when.ts'
import { Deeds } from './deeds.tsx'
import { EntitlementTable } from './entitlement-table.tsx'
import { type Possible, possible, standing } from './entitlements.ts'
import { Grants, Signals } from './extras.tsx'
import { Memberships } from './memberships.tsx'

const route = getRouteApi('/identities/$id')

/** What one identity may do now, where each right comes from, and why not the rest. */
export function IdentityPage() {
  const { id } = route.useParams()
  const query = useQuery(identityQuery(id))
  return (
    <OfOne kind="Identity" id={id} query={query}>
      {(identity) => <Known identity={identity} />}
    </OfOne>
  )
}

export interface Asked extends Possible {
  readonly decision: Decision
}

function Known({ identity }: { readonly identity: Identity }) {
  const { country } = route.useSearch()
  const navigate = route.useNavigate()
  const sold = useQuery(productsQuery)
  const runs = Object.hasOwn(identity.in, OWN)
  const own = useQuery({ ...ownProductQuery, enabled: runs })
  const products = useMemo(
    () => (sold.data === undefined || (runs && own.isPending) ? undefined : [...sold.data, ...(own.data === undefined ? [] : [own.data])]),
    [sold.data, own.data, own.isPending, runs],
  )
  const resources = useQuery(resourcesQuery)
  const questions = useMemo(
    () => (products === undefined || resources.isPending ? undefined : possible(identity, products, resources.data ?? [], country)),
    [identity, products, resources.isPending, resources.data, country],
  )
  const answers = useQueries({
    queries: (questions ?? []).map(({ body }) => ({
      queryKey: ['ask', 'identity', body],
      queryFn: ({ signal }: { signal: AbortSignal }) => answer(api.POST('/v1/explain', { body, signal })),
      staleTime: 10_000,
    })),
    combine: (results) => ({
      decisions: results.map(({ data }) => data),
      waiting: results.some(({ isPending }) => isPending),
      error: results.find(({ error }) => error !== null)?.error,
    }),
  })
  const asked = (questions ?? []).flatMap((question, index): Asked[] => {
    const decision = answers.decisions[index]
    return decision === undefined ? [] : [{ ...question, decision }]
  })
  const name = identity.name ?? identity.id
  const places = Object.keys(identity.in)
  const titleOf = useTitles(places)
  const ready = questions !== undefined && !answers.waiting
  const error = sold.error ?? own.error ?? answers.error
  const not = asked.filter(({ decision }) => standing(decision) === 'not')
  const yes = asked.filter(({ decision }) => standing(decision) !== 'not')

  return (
    <Page
      kind="Identity"
      title={name}
      sentence={ready && !error ? sentence(identity, asked, titleOf) : `${name} may do…`}
      actions={<Deeds identity={identity} />}
    >
      <Facts
        of={[
          ['State', <StateBadge key="state" state={identity.status} />],
          [
            'Id',
            <span key="id" className="code">
              {identity.id}
            </span>,
          ],
          ['Kind', identity.kind],
          identity.factors === undefined ? undefined : ['Can prove', identity.factors.join(', ')],
          ['Known since', <Time key="since" at={identity.created_at} as="day" />],
        ]}
      />
      <Section
        title="What they may do"
        actions={
          <Select
            aria-label="As if calling from"
            placeholder="As if calling from…"
            data={COUNTRIES}
            value={country ?? null}
            clearable
            searchable
            clearButtonProps={{ 'aria-label': 'From anywhere' }}
            onChange={(value) => void navigate({ to: '.', search: value === null ? {} : { country: value }, replace: true })}
          />
        }
      >
        {error !== null && error !== undefined ? (
          <Failure error={error} retry={() => void sold.refetch()} />
        ) : ready ? (
          <>
            <EntitlementTable identity={identity} asked={yes} products={products ?? []} titleOf={titleOf} />
            {not.length > 0 && (
              <details>
                <summary>Why not the other {not.length}</summary>
                <EntitlementTable identity={identity} asked={not} products={products ?? []} titleOf={titleOf} />
              </details>
            )}
          </>
        ) : (
          <Waiting rows={8} />
        )}
      </Section>
      <Memberships identity={identity} titleOf={titleOf} />
      <Grants identity={identity.id} />
      <Signals identity={identity.id} />
    </Page>
  )
}

/** "Ann may do 6 things at Acme, and 2 more with a proof, from the right place, or with an approval." */
function sentence({ name, id, status }: Identity, asked: readonly Asked[], titleOf: (id: string) => string): string {
  const who = name ?? id
  if (status === 'revoked') return `${who} is revoked, for good, and may do nothing.`
  if (status === 'suspended') return `${who} is suspended and may do nothing until resumed.`
  const places = [...Map.groupBy(asked, ({ organization }) => organization)]
  const may = places.flatMap(([place, all]) => {
    const count = all.filter(({ decision }) => decision.allowed).length
    return count === 0 ? [] : [`${counted(count, 'thing')}${place === undefined ? '' : ` at ${titleOf(place)}`}`]
  })
  const more = asked.filter(({ decision }) => standing(decision) === 'with').length
  const brought =
    more === 0 ? '' : `${counted(more, may.length === 0 ? 'thing' : 'more thing')} with a proof, from the right place, or when approved`
  if (may.length === 0) return brought === '' ? `${who} may do nothing here now.` : `${who} may do ${brought}.`
  return `${who} may do ${listed(may)}${brought === '' ? '' : `, and ${brought.replace(/ more things?/, ' more')}`}.`
}

/** Where callers mostly are; any other code is typed in Ask. */
const COUNTRIES = [
  'AT',
  'AU',
  'BR',
  'CA',
  'CH',
  'DE',
  'DK',
  'ES',
  'FI',
  'FR',
  'GB',
  'IE',
  'IN',
  'IT',
  'JP',
  'NL',
  'NO',
  'PL',
  'PT',
  'SE',
  'SG',
  'US',
  'ZA',
]
