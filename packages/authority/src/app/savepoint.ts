import { sql, type Transaction } from 'kysely'
import { ApiError } from './api-error.ts'
import type { Database } from './database.ts'

/** A step of a transaction that may be refused by itself: then nothing of it stays, and the transaction goes on. @returns the refusal */
export async function attempt<T>(tx: Transaction<Database>, step: () => Promise<T>): Promise<T | ApiError> {
  await sql`SAVEPOINT step`.execute(tx)
  try {
    const done = await step()
    await sql`RELEASE SAVEPOINT step`.execute(tx)
    return done
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    await sql`ROLLBACK TO SAVEPOINT step`.execute(tx)
    return error
  }
}
