import pg from 'pg'

export interface Listener {
  close(): Promise<void>
}

export const CHANGES_CHANNEL = 'writ_changes'

const RETRY_MILLISECONDS = 1_000
/** A notification can be lost with its connection before either side notices. */
const SAFETY_MILLISECONDS = 10_000

/**
 * Listens on a connection of its own and makes it anew when it breaks; each new connection wakes, for what was missed meanwhile.
 * @throws what the driver throws when the first connection fails; later failures are retried for as long as it takes
 */
export async function listen(url: string, wake: () => void): Promise<Listener> {
  let closed = false
  let client: pg.Client | undefined
  let retry: NodeJS.Timeout | undefined

  const retryLater = (): void => {
    clearTimeout(retry) // a failed connect and its `end` both come here
    if (!closed) retry = setTimeout(() => connect().catch(retryLater), RETRY_MILLISECONDS)
  }
  const connect = async (): Promise<void> => {
    const next = new pg.Client({ connectionString: url, application_name: 'writ listener', keepAlive: true })
    client = next
    next.on('notification', wake)
    next.on('error', () => {}) // `end` follows
    next.once('end', retryLater)
    await next.connect()
    await next.query(`LISTEN ${CHANGES_CHANNEL}`)
    wake()
  }
  const close = async (): Promise<void> => {
    closed = true
    clearTimeout(retry)
    clearInterval(safety)
    await client?.end().catch(() => {})
  }

  const safety = setInterval(wake, SAFETY_MILLISECONDS)
  try {
    await connect()
  } catch (error) {
    await close()
    throw error
  }
  return { close }
}
