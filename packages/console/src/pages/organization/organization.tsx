import { useDisclosure } from '@mantine/hooks'
import { useQueries, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { type License, licensesOf, type Organization, organizationQuery, seatsOf, usageQuery } from '../../api/records.ts'
import { editionQuery } from '../../api/terms.ts'
import { Act } from '../../parts/act.tsx'
import { OfOne } from '../../parts/of-one.tsx'
import { Facts, Page, Section } from '../../parts/page.tsx'
import { SeatGrid } from '../../parts/seat-grid.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import { Empty, Loaded } from '../../parts/states.tsx'
import { Time } from '../../parts/time.tsx'
import { TimeLine } from '../../parts/time-line.tsx'
import { Usage } from '../../parts/usage.tsx'
import { atMinute, inFigures, listed } from '../../parts/when.ts'
import { lifeOf } from '../license/life.ts'
import { Issue } from '../licenses/issue.tsx'
import { History } from './history.tsx'
import classes from './organization.module.css'
import { People } from './people.tsx'
import { Resources } from './resources.tsx'

const route = getRouteApi('/organizations/$id')

/** One customer: its licences on lines of time, seats, people, usage, and what was done. */
export function OrganizationPage() {
  const { id } = route.useParams()
  const query = useQuery(organizationQuery(id))
  return (
    <OfOne kind="Organization" id={id} query={query}>
      {(organization) => <Known organization={organization} />}
    </OfOne>
  )
}

function Known({ organization: { id, title, created_at: created, roles } }: { readonly organization: Organization }) {
  const [issuing, issue] = useDisclosure()
  const licenses = useQuery(licensesOf({ organization: id }))
  const current = licenses.data?.filter(({ state }) => !OVER.includes(state)) ?? []
  const seats = useQueries({ queries: current.map((license) => seatsOf(license.id)) })
  const usage = useQueries({ queries: current.map((license) => usageQuery(license.id)) })
  const terms = useQueries({ queries: (licenses.data ?? []).map(({ product, edition }) => editionQuery(product, edition)) })
  const own = Object.keys(roles)
  // One scale for all, so that two lines can be compared.
  const lives = (licenses.data ?? []).map((license, index) => lifeOf(license, terms[index]?.data?.plans?.[license.plan]))
  const span = scaleOf(lives)
  return (
    <Page
      kind="Organization"
      title={title}
      sentence={licenses.data === undefined ? `${title} is a customer.` : sentence(title, current, seats[0]?.data, licenses.data.length)}
    >
      <Facts
        of={[
          [
            'Id',
            <span key="id" className="code">
              {id}
            </span>,
          ],
          ['Customer since', <Time key="since" at={created} as="day" />],
          own.length === 0 ? undefined : ['Roles of its own', own.join(', ')],
        ]}
      />
      <Section
        title="Licences"
        actions={
          <Act needs="licenses.write" size="xs" onClick={issue.open}>
            Issue a licence
          </Act>
        }
      >
        <Loaded query={licenses} rows={3}>
          {(rows) =>
            rows.length === 0 ? (
              <Empty says="It holds no licence, so nobody there may do anything.">
                <pre>npx writ license issue --product atlas --plan standard --organization {id}</pre>
              </Empty>
            ) : (
              rows.map((license, index) => (
                <div key={license.id} className={classes.license}>
                  <p>
                    <Link to="/licenses/$id" params={{ id: license.id }}>
                      {license.product} {license.plan}
                    </Link>{' '}
                    <StateBadge state={license.state} /> <span className="code quiet">{license.id}</span>
                  </p>
                  <TimeLine
                    label={`The life of the licence ${license.id}`}
                    {...span}
                    spans={lives[index]?.spans ?? []}
                    marks={lives[index]?.marks ?? []}
                  />
                </div>
              ))
            )
          }
        </Loaded>
      </Section>
      <Issue key={`issue ${issuing}`} organization={id} opened={issuing} onClose={issue.close} />
      {current.map((license, index) => {
        const summary = seats[index]?.data
        return (
          summary?.kind !== undefined && (
            <Section
              key={license.id}
              title={`Seats of ${license.plan}`}
              note={`${inFigures(summary.taken)} of ${inFigures(summary.limit ?? summary.count ?? 0)} ${summary.kind} seats taken`}
            >
              <SeatGrid license={license.id} summary={summary} />
            </Section>
          )
        )
      })}
      {current.map((license, index) => {
        const used = usage[index]?.data
        const contract = terms[licenses.data?.indexOf(license) ?? 0]?.data
        return (
          used !== undefined &&
          used.meters.length > 0 && (
            <Section key={license.id} title={`Used of ${license.plan}`} note="in the periods that run now">
              <Usage usage={used} contract={contract} />
            </Section>
          )
        )
      })}
      <People organization={id} />
      <Resources
        organization={id}
        licenses={current}
        contracts={current.map((license) => terms[licenses.data?.indexOf(license) ?? 0]?.data)}
      />
      <Section title="History">
        <History organization={id} />
      </Section>
    </Page>
  )
}

const OVER: readonly string[] = ['license_expired', 'license_revoked']

/** "Acme is on Standard until 13 January, 25 of 25 seats taken." */
function sentence(
  title: string,
  current: readonly License[],
  seats: { kind?: string; taken: number; limit?: number; count?: number } | undefined,
  all: number,
): string {
  const [first] = current
  if (first === undefined) return all === 0 ? `${title} holds no licence.` : `${title} holds no licence any more.`
  if (current.length > 1)
    return `${title} holds ${current.length} licences: ${listed(current.map(({ plan, state }) => (state === 'in_force' ? plan : `${plan} (${STANDS[state] ?? state})`)))}.`
  const until = first.trial_ends ?? first.ends
  const how = first.state === 'in_force' ? '' : `, ${STANDS[first.state] ?? first.state}`
  const taken = seats?.kind === undefined ? '' : `, ${inFigures(seats.taken)} of ${inFigures(seats.limit ?? seats.count ?? 0)} seats taken`
  return `${title} is on ${first.trial_ends === undefined ? first.plan : `a trial of ${first.plan}`}${until === undefined ? '' : ` until ${atMinute(Date.parse(until))}`}${how}${taken}.`
}

const STANDS: Readonly<Record<string, string>> = {
  in_grace: 'in grace',
  degraded: 'degraded',
  license_scheduled: 'not begun yet',
  license_past_due: 'refused for a missing payment',
  license_suspended: 'suspended',
}

function scaleOf(lives: readonly ReturnType<typeof lifeOf>[]): { from?: number; until?: number } {
  if (lives.length < 2) return {}
  const known = lives.flatMap(({ spans }) => spans.flatMap(({ from, until }) => [from, until ?? from]))
  return { from: Math.min(...known), until: Math.max(...known) }
}
