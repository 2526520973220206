import { NativeSelect, TextInput } from '@mantine/core'
import { getRouteApi, Link } from '@tanstack/react-router'
import { answer } from '@writ/client'
import { api } from '../../api/client.ts'
import { from, usePages } from '../../api/pages.ts'
import type { Identity } from '../../api/records.ts'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { Filters } from '../../parts/filters.tsx'
import { Page } from '../../parts/page.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import { Empty, Loaded } from '../../parts/states.tsx'
import { Time } from '../../parts/time.tsx'
import { counted } from '../../parts/when.ts'

const COLUMNS: readonly Column<Identity>[] = [
  {
    name: 'Identity',
    share: 2.5,
    cell: ({ id, name }) => (
      <Link to="/identities/$id" params={{ id }}>
        {name ?? id}
      </Link>
    ),
  },
  { name: 'State', share: 1.3, cell: ({ status }) => <StateBadge state={status} /> },
  { name: 'Kind', wideOnly: true, cell: ({ kind }) => kind },
  {
    name: 'In',
    share: 3,
    cell: ({ in: memberships }) =>
      Object.entries(memberships)
        .map(([organization, roles]) => `${organization}: ${roles.join(', ')}`)
        .join(' · '),
  },
  { name: 'Changed', share: 1.5, wideOnly: true, cell: ({ updated_at: at }) => <Time at={at} as="ago" /> },
]

const KINDS = ['human', 'service', 'machine', 'agent'] as const
const STATES = ['active', 'suspended', 'revoked'] as const
const route = getRouteApi('/identities')

export function Identities() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const kind = KINDS.find((each) => each === search.kind)
  const status = STATES.find((each) => each === search.status)
  const { organization, q } = search
  const filter = {
    ...(organization !== undefined && { organization }),
    ...(kind !== undefined && { kind }),
    ...(status !== undefined && { status }),
    ...(q !== undefined && { q }),
  }
  const list = usePages(['identities', 'list', filter], (after, signal) =>
    answer(api.GET('/v1/identities', { params: { query: { ...from(after), ...filter } }, signal })),
  )
  const set = (name: 'kind' | 'status' | 'q', value: string) =>
    navigate({ to: '.', search: { ...search, [name]: value === '' ? undefined : value }, replace: true })
  const of = organization === undefined ? 'this authority knows' : `belong to ${organization}`
  const many = list.data && `${list.more ? 'More than ' : ''}${counted(list.data.length, 'identity', 'identities')}`
  return (
    <Page
      title="Identities"
      sentence={
        many === undefined
          ? `The people, services, machines and agents that ${of}.`
          : `${many} ${of}${status === undefined ? '' : `, ${status}`}.`
      }
    >
      <Filters>
        <TextInput
          label="Named"
          placeholder="part of a name, id or mail"
          value={q ?? ''}
          onChange={(event) => void set('q', event.currentTarget.value)}
        />
        <NativeSelect
          label="Kind"
          data={[{ value: '', label: 'Every kind' }, ...KINDS]}
          value={kind ?? ''}
          onChange={(event) => set('kind', event.currentTarget.value)}
        />
        <NativeSelect
          label="State"
          data={[{ value: '', label: 'Every state' }, ...STATES]}
          value={status ?? ''}
          onChange={(event) => set('status', event.currentTarget.value)}
        />
      </Filters>
      <Loaded query={list}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty says={Object.keys(filter).length > 0 ? 'Nobody is like that.' : 'Nobody is known here yet.'}>
              <p>{Object.keys(filter).length > 0 ? 'Ask for less, or create one with' : 'The first one is made with'}</p>
              <pre>npx writ identity create --id ann --in acme:analyst</pre>
            </Empty>
          ) : (
            <DataTable
              label="Identities"
              columns={COLUMNS}
              rows={rows}
              idOf={({ id }) => id}
              more={list.more}
              loading={list.loading}
              one="identity"
              many="identities"
            />
          )
        }
      </Loaded>
    </Page>
  )
}
