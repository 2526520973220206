import { Link } from '@tanstack/react-router'
import { answer } from '@writ/client'
import { api } from '../../api/client.ts'
import { from, usePages } from '../../api/pages.ts'
import type { Identity } from '../../api/records.ts'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import { Empty, Loaded } from '../../parts/states.tsx'

/** Who belongs to an organization, and as what. */
export function People({ organization }: { readonly organization: string }) {
  const list = usePages(['identities', 'list', { organization }], (after, signal) =>
    answer(api.GET('/v1/identities', { params: { query: { ...from(after), organization } }, signal })),
  )
  const columns: readonly Column<Identity>[] = [
    {
      name: 'Identity',
      share: 2,
      cell: ({ id, name }) => (
        <Link to="/identities/$id" params={{ id }}>
          {name ?? id}
        </Link>
      ),
    },
    { name: 'State', share: 1.2, cell: ({ status }) => <StateBadge state={status} /> },
    { name: 'Roles here', share: 2, cell: ({ in: memberships }) => memberships[organization]?.join(', ') },
    { name: 'Kind', wideOnly: true, cell: ({ kind }) => kind },
  ]
  return (
    <Loaded query={list}>
      {(rows) =>
        rows.length === 0 ? (
          <Empty says="Nobody belongs to it yet.">
            <pre>npx writ identity create --id ann --in {organization}:analyst</pre>
          </Empty>
        ) : (
          <DataTable
            label="People"
            columns={columns}
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
  )
}
