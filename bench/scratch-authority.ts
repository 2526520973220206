import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Config, makeLog, type Running, type StartOptions, start } from '@writ/authority'
import type { Change } from '@writ/engine'
import type { Rate } from '@writ/terms'
import { changes, NOW } from './atlas.ts'

export interface ScratchAuthority extends Running {
  /** An administrator's. */
  readonly key: string
}

/** Kept count of like every other, as shipped; a core alone would reach the limit that an authority has by default. */
const NEVER_REACHED: Rate = { count: 1_000_000_000, periodSeconds: 60, burst: 1_000_000_000 }

/** On a free port. @param database a `postgres://` URL; `undefined`: the embedded store in the folder */
export function scratchConfig(database: string | undefined, folder: string): Config {
  return {
    listen: { host: '127.0.0.1', port: 0 },
    database: database === undefined ? { kind: 'folder', path: join(folder, 'data') } : { kind: 'postgres', url: database },
    configHome: join(folder, 'config'),
    decisionRate: NEVER_REACHED,
    managementRate: NEVER_REACHED,
  }
}

/**
 * A whole authority on a free port, with the customers of {@link changes}.
 * @param database a `postgres://` URL; `undefined`: the embedded store in a folder of its own
 * @param log one line a request by default, as shipped
 */
export async function openAuthority(
  database: string | undefined,
  people: number,
  log?: NonNullable<StartOptions['log']>,
  more: Partial<StartOptions> = {},
): Promise<ScratchAuthority> {
  const folder = mkdtempSync(join(tmpdir(), 'writ-bench-'))
  const bootstrapKeyFile = join(folder, 'admin.key')
  const running = await start({
    config: scratchConfig(database, folder),
    clock: () => NOW,
    log: log ?? makeLog(),
    bootstrapKeyFile,
    ...more,
  })
  for (const text of changes(people)) {
    const { facts } = JSON.parse(text) as Change
    const by = { actor: 'operator', requestId: 'bench' }
    await running.authority.mutate(by, { action: 'bench.fill', subject: 'bench:facts' }, async (_tx, change) => change.state(...facts))
  }
  return {
    ...running,
    key: readFileSync(bootstrapKeyFile, 'utf8').trim(),
    async close() {
      await running.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
