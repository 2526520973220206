import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { licensesOf, organizationQuery } from '../../api/records.ts'
import { Facts, Page, Section } from '../../parts/page.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import { Loaded } from '../../parts/states.tsx'
import { Time } from '../../parts/time.tsx'
import { TimeLine } from '../../parts/time-line.tsx'
import { lifeOf } from '../license/life.ts'

const route = getRouteApi('/organizations/$id')

export function OrganizationPage() {
  const { id } = route.useParams()
  const query = useQuery(organizationQuery(id))
  const licenses = useQuery(licensesOf({ organization: id }))
  return (
    <Loaded query={query}>
      {({ title, created_at: created }) => (
        <Page kind="Organization" title={title} sentence={`${title} has ${licenses.data?.length ?? 'its'} licences.`}>
          <Facts
            of={[
              [
                'Id',
                <span key="id" className="code">
                  {id}
                </span>,
              ],
              ['Customer since', <Time key="since" at={created} as="day" />],
              [
                'People',
                <Link key="people" to="/identities" search={{ organization: id }}>
                  who belongs to it
                </Link>,
              ],
            ]}
          />
          <Section title="Licences">
            <Loaded query={licenses}>
              {(rows) =>
                rows.map((license) => (
                  <div key={license.id}>
                    <Link to="/licenses/$id" params={{ id: license.id }} className="code">
                      {license.id}
                    </Link>{' '}
                    {license.plan} <StateBadge state={license.state} />
                    <TimeLine label={`The life of the licence ${license.id}`} {...lifeOf(license)} />
                  </div>
                ))
              }
            </Loaded>
          </Section>
        </Page>
      )}
    </Loaded>
  )
}
