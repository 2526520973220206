import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { type License, licenseQuery } from '../../api/records.ts'
import { Facts, Page, Section } from '../../parts/page.tsx'
import { StateBadge, stateWords } from '../../parts/state-badge.tsx'
import { Loaded } from '../../parts/states.tsx'
import { Time } from '../../parts/time.tsx'
import { TimeLine } from '../../parts/time-line.tsx'
import { lifeOf } from './life.ts'

const route = getRouteApi('/licenses/$id')

export function LicensePage() {
  const { id } = route.useParams()
  const query = useQuery(licenseQuery(id))
  return <Loaded query={query}>{(license) => <Known license={license} />}</Loaded>
}

function Known({ license }: { readonly license: License }) {
  const { id, state, product, plan, edition, organization, holder, starts, ends } = license
  const of = organization ?? holder ?? ''
  return (
    <Page
      kind="License"
      title={id}
      sentence={
        <>
          {of}'s {plan} licence of {product}: {stateWords(state).toLowerCase()}
          {ends === undefined ? (
            ', without an end'
          ) : (
            <>
              , ends <Time at={ends} />
            </>
          )}
          .
        </>
      }
    >
      <Section title="Its life">
        <TimeLine label={`The life of the licence ${id}`} {...lifeOf(license)} />
      </Section>
      <Section title="Facts">
        <Facts
          of={[
            ['State', <StateBadge key="state" state={state} />],
            organization === undefined
              ? [
                  'Holder',
                  <Link key="of" to="/identities/$id" params={{ id: of }}>
                    {of}
                  </Link>,
                ]
              : [
                  'Organization',
                  <Link key="of" to="/organizations/$id" params={{ id: of }}>
                    {of}
                  </Link>,
                ],
            ['Product', product],
            ['Plan', plan],
            ['Edition', edition],
            ['Starts', <Time key="starts" at={starts} />],
            ['Ends', ends === undefined ? 'never by itself' : <Time key="ends" at={ends} />],
          ]}
        />
      </Section>
    </Page>
  )
}
