import { createHash } from 'node:crypto'
import type { Transaction } from 'kysely'
import type { Database } from '../app/database.ts'
import type { End, Header } from './format.ts'
import { readRows } from './store.ts'

/**
 * The lines of a backup, some at a time. The caller's transaction is the snapshot.
 * @param counted is filled with the rows of each table
 */
export async function* linesOf(tx: Transaction<Database>, header: Header, counted: Record<string, number>): AsyncGenerator<Buffer> {
  const digest = createHash('sha256')
  const told = (values: readonly unknown[]): Buffer => {
    const bytes = Buffer.from(values.map((value) => `${JSON.stringify(value)}\n`).join(''))
    digest.update(bytes)
    return bytes
  }
  yield told([header])
  for (const shape of header.tables) {
    yield told([{ table: shape.name }])
    let count = 0
    for await (const rows of readRows(tx, shape)) {
      count += rows.length
      yield told(rows)
    }
    counted[shape.name] = count
  }
  const end: End = { end: { rows: counted, sha256: digest.digest('hex') } }
  yield Buffer.from(`${JSON.stringify(end)}\n`)
}
