import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    /** Superuser URL of the run's PostgreSQL. Only the project `integration` has one. */
    postgresUrl: string
  }
}

/**
 * Makes an empty database on the run's PostgreSQL. It goes with the server, so nobody has to drop it.
 * @param server superuser URL of another server; default the run's own
 * @returns its `postgres://` URL
 */
export async function freshDatabase(server: string = inject('postgresUrl')): Promise<string> {
  const name = `test_${randomBytes(8).toString('hex')}`
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  try {
    await client.query(`CREATE DATABASE ${name} TEMPLATE template0`)
  } finally {
    await client.end()
  }
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}
