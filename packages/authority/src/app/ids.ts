import { randomBytes } from 'node:crypto'
import Type from 'typebox'

/** An id of the caller's choice: it stands in paths, in logs and in terms, so it is plain. */
export const Id = Type.String({
  pattern: '^[A-Za-z0-9][A-Za-z0-9._:@-]{0,127}$',
  description: 'Letters, digits, and . _ : @ - inside; at most 128.',
})

/** An id for something that the caller did not name: `org_3f9a…`, 96 random bits. */
export function makeId(prefix: string): string {
  return `${prefix}_${randomBytes(12).toString('hex')}`
}
