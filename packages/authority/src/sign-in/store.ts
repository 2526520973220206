import type { Instant } from '@writ/engine'
import type { Kysely, Selectable, Transaction } from 'kysely'
import type { Database } from '../app/database.ts'

export interface SignInTables {
  sign_ins: {
    id: string
    /** SHA-256 of the cookie's value, hex. The value itself is nowhere. */
    hash: string
    /** Whose sign-in it is: it ends with the key. */
    api_key: string
    /** SHA-256, hex, of the secret that began it: it ends with that secret, whatever the key is given in its place. */
    key_hash: string
    created_at: number
    /** Exclusive. */
    expires_at: number
  }
}
export type SignInRow = Selectable<SignInTables['sign_ins']>

export async function insertSignIn(tx: Transaction<Database>, row: SignInRow): Promise<void> {
  await tx.insertInto('sign_ins').values(row).execute()
}

export async function deleteSignIn(tx: Transaction<Database>, id: string): Promise<boolean> {
  return (await tx.deleteFrom('sign_ins').where('id', '=', id).returning('id').executeTakeFirst()) !== undefined
}

/** @param ids absent: all */
export async function listSignIns(db: Kysely<Database>, ids?: readonly string[]): Promise<SignInRow[]> {
  let query = db.selectFrom('sign_ins').selectAll()
  if (ids !== undefined) query = query.where('id', 'in', ids)
  return query.execute()
}

/** Deletes what opens nothing any more. Only room depends on it. */
export async function dropOldSignIns(db: Kysely<Database>, now: Instant): Promise<void> {
  await db.deleteFrom('sign_ins').where('expires_at', '<=', now).execute()
}
