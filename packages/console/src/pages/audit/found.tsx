import { getRouteApi } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { usePages } from '../../api/pages.ts'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { Empty, Loaded } from '../../parts/states.tsx'
import classes from './audit.module.css'
import { Record, type Recorded } from './record.tsx'

const route = getRouteApi('/audit')

/** The button in a row that opens its whole record; which one is open is in the address. */
export function Opener({ id, children }: { readonly id: number; readonly children: ReactNode }) {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const open = String(id) === search.open
  const toggle = () =>
    void navigate({ to: '.', search: { ...search, open: open ? undefined : String(id) }, replace: true, resetScroll: false })
  return (
    <button type="button" className={classes.open} aria-expanded={open} onClick={toggle}>
      {children}
    </button>
  )
}

interface FoundProps<Row extends Recorded> {
  readonly label: string
  readonly list: ReturnType<typeof usePages<Row>>
  readonly columns: readonly Column<Row>[]
  /** Said where nothing is like that. */
  readonly nothing: string
  readonly helps: string
  readonly one: string
}

/** What a search found, the last first. */
export function Found<Row extends Recorded>({ label, list, columns, nothing, helps, one }: FoundProps<Row>) {
  const { open } = route.useSearch()
  return (
    <Loaded query={list} rows={10}>
      {(rows) =>
        rows.length === 0 ? (
          <Empty says={nothing}>
            <p>{helps}</p>
          </Empty>
        ) : (
          <DataTable
            label={label}
            columns={columns}
            rows={rows}
            idOf={({ id }) => id}
            more={list.more}
            loading={list.loading}
            detail={(row) => String(row.id) === open && <Record of={row} />}
            one={one}
          />
        )
      }
    </Loaded>
  )
}
