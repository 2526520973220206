import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { type License, licenseQuery, seatsOf, usageQuery, useTitles } from '../../api/records.ts'
import { editionQuery } from '../../api/terms.ts'
import { OfOne } from '../../parts/of-one.tsx'
import { Facts, Page, Section } from '../../parts/page.tsx'
import { SeatGrid } from '../../parts/seat-grid.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import { Loaded } from '../../parts/states.tsx'
import { Time } from '../../parts/time.tsx'
import { TimeLine } from '../../parts/time-line.tsx'
import { Usage } from '../../parts/usage.tsx'
import { UsageHistory } from '../../parts/usage-history.tsx'
import { inFigures } from '../../parts/when.ts'
import { Deeds } from './deeds.tsx'
import { Devices } from './devices.tsx'
import { Files, Keys } from './files.tsx'
import { Includes } from './includes.tsx'
import { Leases } from './leases.tsx'
import { lifeOf } from './life.ts'
import { Own } from './overrides.tsx'
import { Reservations } from './reservations.tsx'
import { sentenceOf } from './sentence.ts'

const route = getRouteApi('/licenses/$id')

/** One licence: its life, what it grants, who sits in it, what was used, and how it leaves the house. */
export function LicensePage() {
  const { id } = route.useParams()
  const query = useQuery(licenseQuery(id))
  return (
    <OfOne kind="License" id={id} query={query}>
      {(license) => <Known license={license} />}
    </OfOne>
  )
}

function Known({ license }: { readonly license: License }) {
  const { id, state, product, plan: planName, edition, organization, holder, starts, ends, trial_ends: trial } = license
  const contract = useQuery(editionQuery(product, edition))
  const seats = useQuery(seatsOf(id))
  const usage = useQuery(usageQuery(id))
  const titleOf = useTitles(organization === undefined ? [] : [organization])
  const of = organization === undefined ? (holder ?? '') : titleOf(organization)
  const plan = contract.data?.plans?.[planName]
  return (
    <Page
      kind="License"
      title={id}
      sentence={sentenceOf(license, of, plan?.title ?? planName)}
      actions={<Deeds license={license} of={of} plans={Object.keys(contract.data?.plans ?? {})} />}
    >
      <TimeLine label={`The life of the licence ${id}`} {...lifeOf(license, plan)} />
      <Section title="Facts">
        <Facts
          of={[
            ['State', <StateBadge key="state" state={state} />],
            [
              organization === undefined ? 'Holder' : 'Organization',
              organization === undefined ? (
                <Link key="of" to="/identities/$id" params={{ id: holder ?? '' }}>
                  {of}
                </Link>
              ) : (
                <Link key="of" to="/organizations/$id" params={{ id: organization }}>
                  {of}
                </Link>
              ),
            ],
            ['Plan', `${product} ${planName}`],
            [
              'Edition',
              <Link key="edition" to="/terms" search={{ product, edition: String(edition) }}>
                {edition}
              </Link>,
            ],
            ['Starts', <Time key="starts" at={starts} />],
            trial === undefined
              ? ['Ends', ends === undefined ? 'never by itself' : <Time key="ends" at={ends} />]
              : ['Trial ends', <Time key="trial" at={trial} />],
            license.past_due_since === undefined ? undefined : ['Payment overdue since', <Time key="due" at={license.past_due_since} />],
            license.revoked_at === undefined ? undefined : ['Revoked', <Time key="revoked" at={license.revoked_at} />],
          ]}
        />
      </Section>
      <Section title="What it grants" note={`as edition ${edition} says`}>
        <Loaded query={contract}>{(terms) => <Includes contract={terms} plan={planName} usage={usage.data} />}</Loaded>
      </Section>
      <Own license={license} contract={contract.data} />
      <Section title="Used" note="in the periods that run now">
        <Loaded query={usage} rows={2}>
          {(data) => <Usage usage={data} contract={contract.data} />}
        </Loaded>
      </Section>
      <Reservations license={id} />
      <Leases license={id} />
      <Section title="Used over time">
        <Loaded query={contract}>{({ meters = {} }) => <UsageHistory license={id} meters={Object.keys(meters)} />}</Loaded>
      </Section>
      {seats.data?.kind !== undefined && (
        <Section
          title="Seats"
          note={`${inFigures(seats.data.taken)} of ${inFigures(seats.data.limit ?? seats.data.count ?? 0)} ${seats.data.kind} seats taken`}
        >
          <SeatGrid license={id} summary={seats.data} />
        </Section>
      )}
      <Devices license={id} />
      <Section title="License keys" note="what a customer types to activate">
        <Keys license={id} />
      </Section>
      <Section title="License files" note="for use without a network">
        <Files license={id} />
      </Section>
    </Page>
  )
}
