import type { ReactNode } from 'react'
import classes from './filters.module.css'

/** What narrows a list, in one line above it. */
export function Filters({ children }: { readonly children: ReactNode }) {
  return <search className={classes.filters}>{children}</search>
}
