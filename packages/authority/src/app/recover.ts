import { keepNewKey } from '../enforcers/bootstrap-file.ts'
import { recover } from '../enforcers/service.ts'
import type { Config } from './config.ts'
import { makeLog } from './log.ts'
import { type StartOptions, start } from './start.ts'

/**
 * Makes one more owner, whatever others there are, and writes its key to a new file. For whoever can open the store and its master key:
 * beside a running authority on PostgreSQL, after stopping one on a data folder. Audited as `authority.recover`.
 * @returns the id of the identity
 * @throws {StartError} when the store cannot be opened; BOOTSTRAP_FILE_TAKEN when there is a file of that name
 */
export async function recoverOwner(options: Pick<StartOptions, 'config' | 'store' | 'clock' | 'log'>, file: string): Promise<string> {
  const { tlsCert: _cert, tlsKey: _key, ...rest } = options.config
  // A node like any other, for a moment, that only this machine could reach.
  const config: Config = { ...rest, listen: { host: '127.0.0.1', port: 0 } }
  const { log = makeLog('warn') } = options
  const running = await start({ ...options, config, log })
  try {
    const { id, identity } = await recover(running.authority, (key) => keepNewKey(file, key))
    log.warn({ apiKey: id, identity, file }, 'one more owner was made by an operator on the host')
    return identity as string
  } finally {
    await running.close()
  }
}
