import { Link } from '@tanstack/react-router'
import { answer } from '@writ/client'
import type { ReactNode } from 'react'
import { api } from '../api/client.ts'
import { from, usePages } from '../api/pages.ts'
import type { Identity } from '../api/records.ts'
import { type Column, DataTable } from './data-table.tsx'
import { StateBadge } from './state-badge.tsx'
import { Loaded } from './states.tsx'
import { Time } from './time.tsx'

interface Filter {
  readonly organization?: string
  readonly kind?: Identity['kind']
  readonly status?: Identity['status']
  readonly q?: string
}

/** Pages of identities, the same for whoever asks for the same. */
export function useIdentities(filter: Filter) {
  return usePages(['identities', 'list', filter], (after, signal) =>
    answer(api.GET('/v1/identities', { params: { query: { ...from(after), ...filter } }, signal })),
  )
}

interface IdentityTableProps {
  readonly label: string
  readonly filter: Filter
  /** What stands there instead of nobody. */
  readonly empty: ReactNode
}

/** Identities with their state; of one organization with the roles there, else with all that they belong to. */
export function IdentityTable({ label, filter, empty }: IdentityTableProps) {
  const list = useIdentities(filter)
  const { organization } = filter
  const columns: readonly Column<Identity>[] = [
    {
      name: 'Identity',
      share: 2.5,
      cell: ({ id, name }) => (
        <Link to="/identities/$id" params={{ id }}>
          {name ?? id}
        </Link>
      ),
    },
    { name: 'State', share: 1.7, cell: ({ status }) => <StateBadge state={status} /> },
    { name: 'Kind', wideOnly: true, cell: ({ kind }) => kind },
    organization === undefined
      ? {
          name: 'In',
          share: 3,
          cell: ({ in: memberships }) =>
            Object.entries(memberships)
              .map(([place, roles]) => `${place}: ${roles.join(', ')}`)
              .join(' · '),
        }
      : { name: 'Roles here', share: 3, cell: ({ in: memberships }) => memberships[organization]?.join(', ') },
    { name: 'Changed', share: 1.5, wideOnly: true, cell: ({ updated_at: at }) => <Time at={at} as="ago" /> },
  ]
  return (
    <Loaded query={list}>
      {(rows) =>
        rows.length === 0 ? (
          empty
        ) : (
          <DataTable
            label={label}
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
