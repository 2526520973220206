import { TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { getRouteApi, Link } from '@tanstack/react-router'
import { answer } from '@writ/client'
import { api } from '../../api/client.ts'
import { from, usePages } from '../../api/pages.ts'
import type { Organization } from '../../api/records.ts'
import { Act } from '../../parts/act.tsx'
import { BulkLink } from '../../parts/bulk-link.tsx'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { Filters } from '../../parts/filters.tsx'
import { Page } from '../../parts/page.tsx'
import { Empty, Loaded } from '../../parts/states.tsx'
import { Time } from '../../parts/time.tsx'
import { counted } from '../../parts/when.ts'
import { CreateOrganization } from './create.tsx'

const COLUMNS: readonly Column<Organization>[] = [
  {
    name: 'Organization',
    share: 3,
    cell: ({ id, title }) => (
      <Link to="/organizations/$id" params={{ id }}>
        {title}
      </Link>
    ),
  },
  { name: 'Id', share: 2, cell: ({ id }) => <span className="code">{id}</span> },
  { name: 'Since', share: 1.5, wideOnly: true, cell: ({ created_at: at }) => <Time at={at} as="day" /> },
  { name: 'Changed', share: 1.5, cell: ({ updated_at: at }) => <Time at={at} as="ago" /> },
]

const route = getRouteApi('/organizations')

export function Organizations() {
  const { q } = route.useSearch()
  const navigate = route.useNavigate()
  const filter = { sort: 'title' as const, ...(q !== undefined && { q }) }
  const list = usePages(['organizations', 'list', filter], (after, signal) =>
    answer(api.GET('/v1/organizations', { params: { query: { ...from(after), ...filter } }, signal })),
  )
  const { data, more } = list
  const [creating, create] = useDisclosure()
  const sentence = data === undefined ? 'The customers of this authority.' : howMany(data.length, more !== undefined, q)
  return (
    <Page
      title="Organizations"
      sentence={sentence}
      actions={
        <>
          <BulkLink kind="organizations" />
          <Act needs="organizations.write" variant="filled" onClick={create.open}>
            Create an organization
          </Act>
        </>
      }
    >
      <Filters>
        <TextInput
          label="Named"
          placeholder="part of a name or id"
          value={q ?? ''}
          onChange={(event) =>
            void navigate({ to: '.', search: event.currentTarget.value === '' ? {} : { q: event.currentTarget.value }, replace: true })
          }
        />
      </Filters>
      <Loaded query={list}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty says={q === undefined ? 'There is no customer yet.' : 'No customer is called that.'}>
              <p>{q === undefined ? 'Create the first here, import a file, or write' : 'Ask for less above, create it, or write'}</p>
              <pre>npx writ org create "Acme Logistics" --id acme</pre>
            </Empty>
          ) : (
            <DataTable
              label="Organizations"
              columns={COLUMNS}
              rows={rows}
              idOf={({ id }) => id}
              more={more}
              loading={list.loading}
              one="organization"
            />
          )
        }
      </Loaded>
      <CreateOrganization key={String(creating)} opened={creating} onClose={create.close} />
    </Page>
  )
}

function howMany(count: number, andMore: boolean, q: string | undefined): string {
  if (q !== undefined) return `${andMore ? 'More than ' : ''}${counted(count, 'customer')} with “${q}” in the name or id.`
  if (count === 0) return 'Nobody is a customer yet.'
  return `${andMore ? 'More than ' : ''}${counted(count, 'organization')} ${count === 1 ? 'is a customer' : 'are customers'}.`
}
