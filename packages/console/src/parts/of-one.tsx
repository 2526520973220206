import type { ReactNode } from 'react'
import { Page } from './page.tsx'
import { type Asked, Loaded } from './states.tsx'

interface OfOneProps<T> {
  /** "License". */
  readonly kind: string
  readonly id: string
  readonly query: Asked<T>
  readonly children: (data: T) => ReactNode
}

/** A page about one thing. Until it has come, and where it does not come, it says by its name what it would be about. */
export function OfOne<T>({ kind, id, query, children }: OfOneProps<T>) {
  if (query.data !== undefined) return children(query.data)
  const failed = query.error !== null && query.error !== undefined
  return (
    <Page kind={kind} title={id} sentence={failed ? `${id} cannot be shown.` : `${id} is being read.`}>
      <Loaded query={query} rows={10}>
        {children}
      </Loaded>
    </Page>
  )
}
