import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'

export interface ConsoleFile {
  readonly type: string
  readonly bytes: Buffer
  /** The same, compressed when the console was built. */
  readonly gzip?: Buffer
}

export interface Built {
  /** With the placeholder of the nonce in it. */
  readonly page: string
  /** By path from the folder, with `/`. Their names hold a hash of what is in them, so they never change. */
  readonly assets: ReadonlyMap<string, ConsoleFile>
}

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
}

/** The built console, read whole and again when it was built anew: a page and its parts are never of two builds. */
export function builtConsole(folder: string | undefined): () => Built | undefined {
  let known: { at: number; built: Built } | undefined
  return () => {
    const index = folder && join(folder, 'index.html')
    if (folder === undefined || index === undefined || !existsSync(index)) return undefined
    const at = statSync(index).mtimeMs
    if (known?.at !== at) known = { at, built: { page: readFileSync(index, 'utf8'), assets: assetsOf(folder) } }
    return known.built
  }
}

function assetsOf(folder: string): Map<string, ConsoleFile> {
  const assets = new Map<string, ConsoleFile>()
  for (const entry of readdirSync(join(folder, 'assets'), { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name)
    const type = TYPES[extname(path)]
    if (!entry.isFile() || type === undefined) continue
    const gzip = existsSync(`${path}.gz`) ? readFileSync(`${path}.gz`) : undefined
    assets.set(relative(folder, path).split(sep).join('/'), { type, bytes: readFileSync(path), ...(gzip && { gzip }) })
  }
  return assets
}
