import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, type Ref, useEffect, useRef, useState } from 'react'
import classes from './data-table.module.css'
import { counted } from './when.ts'

export interface Column<Row> {
  readonly name: string
  readonly cell: (row: Row) => ReactNode
  /** Of the table's width, as a share beside the others; default 1. */
  readonly share?: number
  readonly numeric?: boolean
  /** Left out where the window is narrow. */
  readonly wideOnly?: boolean
}

interface DataTableProps<Row> {
  /** What the table lists, for a screen reader: "Identities". */
  readonly label: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly idOf: (row: Row) => string | number
  /** Asked for as the end comes near; absent: there is no more. */
  readonly more?: (() => void) | undefined
  readonly loading?: boolean
  /** A row that is open shows this below it, over the full width. */
  readonly detail?: (row: Row) => ReactNode
  readonly one?: string
  readonly many?: string
}

const ROW_PIXELS = 40
const NEAR_THE_END = 40

/**
 * A table of any length: rows outside the window are not in the page, and the next are asked for before the reader gets there.
 * It scrolls with the window, so that there is one scroll bar and no trap.
 */
export function DataTable<Row>({ label, columns, rows, idOf, more, loading = false, detail, one = 'row', many }: DataTableProps<Row>) {
  const body = useRef<HTMLTableSectionElement>(null)
  const [top, setTop] = useState(0)
  useEffect(() => {
    const measure = () => setTop((body.current?.getBoundingClientRect().top ?? 0) + window.scrollY)
    measure()
    const watch = new ResizeObserver(measure)
    watch.observe(document.body)
    return () => watch.disconnect()
  }, [])
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => ROW_PIXELS,
    overscan: 12,
    scrollMargin: top,
    getItemKey: (index) => idOf(rows[index] as Row),
  })
  const shown = virtual.getVirtualItems()
  const last = shown.at(-1)?.index ?? 0
  useEffect(() => {
    if (!loading && last >= rows.length - NEAR_THE_END) more?.()
  }, [last, rows.length, more, loading])

  const before = (shown[0]?.start ?? top) - top
  const after = virtual.getTotalSize() - ((shown.at(-1)?.end ?? top) - top)
  const shares = columns.reduce((sum, { share = 1 }) => sum + share, 0)
  return (
    <div className={classes.frame}>
      <table className={classes.table} aria-label={label} aria-rowcount={more === undefined ? rows.length + 1 : -1}>
        <thead>
          <tr>
            {columns.map(({ name, share = 1, numeric, wideOnly }) => (
              <th key={name} scope="col" className={looks(numeric, wideOnly)} style={{ width: `${(share / shares) * 100}%` }}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <Spacer height={before} ref={body} />
        {shown.map(({ index, key }) => {
          const row = rows[index] as Row
          const opened = detail?.(row)
          return (
            // A body for each row, so that a row and what it opens are measured as one.
            <tbody key={String(key)} data-index={index} ref={virtual.measureElement}>
              <tr aria-rowindex={index + 2}>
                {columns.map(({ name, cell, numeric, wideOnly }) => (
                  <td key={name} className={looks(numeric, wideOnly)}>
                    {cell(row)}
                  </td>
                ))}
              </tr>
              {opened && (
                <tr>
                  <td colSpan={columns.length} className={classes.detail}>
                    {opened}
                  </td>
                </tr>
              )}
            </tbody>
          )
        })}
        <Spacer height={after} />
      </table>
      <p className={classes.foot} role="status">
        {loading
          ? 'Reading more'
          : more === undefined
            ? counted(rows.length, one, many)
            : `${counted(rows.length, one, many)} so far; more come as you scroll`}
      </p>
    </div>
  )
}

function Spacer({ height, ref }: { readonly height: number; readonly ref?: Ref<HTMLTableSectionElement> }) {
  return (
    <tbody aria-hidden="true" ref={ref} className={classes.spacer}>
      {height > 0 && (
        <tr>
          <td style={{ height }} />
        </tr>
      )}
    </tbody>
  )
}

function looks(numeric: boolean | undefined, wideOnly: boolean | undefined): string {
  return [numeric && classes.numeric, wideOnly && classes.wideOnly].filter(Boolean).join(' ')
}
