import { Button, Skeleton } from '@mantine/core'
import type { ReactNode } from 'react'
import { told } from '../api/problem.ts'
import classes from './states.module.css'

/** What a failure says: what happened, what to do, what to quote; and the button that tries again. */
export function Failure({ error, retry }: { readonly error: unknown; readonly retry?: (() => void) | undefined }) {
  const { says, helps, code, requestId } = told(error)
  return (
    <div className={`${classes.box} ${classes.failure}`} role="alert">
      <p className={classes.says}>{says}</p>
      <p>{helps}</p>
      <p className="code quiet">
        {code}
        {requestId !== undefined && ` · request ${requestId}`}
      </p>
      {retry !== undefined && (
        <Button variant="default" onClick={retry}>
          Try again
        </Button>
      )}
    </div>
  )
}

/** Nothing there, why, and what one does about it. */
export function Empty({ says, children }: { readonly says: string; readonly children?: ReactNode }) {
  return (
    <div className={classes.box}>
      <p className={classes.says}>{says}</p>
      {children}
    </div>
  )
}

/** The shape of what is coming, and nothing that moves when it comes. */
export function Waiting({ rows = 6, label = 'Reading' }: { readonly rows?: number; readonly label?: string }) {
  return (
    <div aria-busy="true" className={classes.waiting}>
      <span className="hidden" role="status">
        {label}
      </span>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
        <Skeleton key={row} height={16} width={`${[62, 88, 74, 93, 55, 80][row % 6]}%`} />
      ))}
    </div>
  )
}

export interface Asked<T> {
  readonly data: T | undefined
  readonly error: unknown
  refetch(): unknown
}

/** One of the three: what came, that it is coming, or why it did not. What is there stays when reading it again fails. */
export function Loaded<T>({
  query,
  rows,
  children,
}: {
  readonly query: Asked<T>
  readonly rows?: number
  readonly children: (data: T) => ReactNode
}) {
  if (query.data !== undefined) return children(query.data)
  if (query.error !== null && query.error !== undefined) return <Failure error={query.error} retry={() => void query.refetch()} />
  return <Waiting {...(rows !== undefined && { rows })} />
}
