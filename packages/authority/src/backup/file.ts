import { createReadStream } from 'node:fs'
import { Transform } from 'node:stream'
import { systemClock } from '../app/clock.ts'
import type { Config } from '../app/config.ts'
import { openStore } from '../app/database.ts'
import { migrations } from '../migrations/index.ts'
import type { Opener } from './age.ts'
import type { Manifest } from './format.ts'
import { readBackup } from './read.ts'
import { type Restored, restoreBackup } from './restore.ts'

/** Hears how many bytes of the file were read so far. */
export type Progress = (bytes: number) => void

/** Reads a backup through without a store, and holds every part of it to what it says of itself. @throws {BackupError} */
export function verifyBackup(file: string, opener: Opener, progress: Progress = () => {}): Promise<Manifest> {
  return readBackup(contentOf(file, progress), opener)
}

/**
 * Restores a backup into the empty store of a configuration, having read it through once before.
 * @throws {BackupError}
 * @throws {StartError} those of opening a store and of a master key file
 */
export async function restoreFile(file: string, opener: Opener, config: Config, progress: Progress = () => {}): Promise<Restored> {
  const store = await openStore(config.database)
  try {
    return await restoreBackup(store, contentOf(file, progress), opener, { config, clock: systemClock, migrations })
  } finally {
    await store.close()
  }
}

function contentOf(file: string, progress: Progress): Transform {
  let bytes = 0
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      progress(bytes)
      done(null, chunk)
    },
  })
  createReadStream(file)
    .on('error', (error) => counted.destroy(error))
    .pipe(counted)
  return counted
}
