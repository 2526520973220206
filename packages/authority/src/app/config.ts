import { BlockList, isIP } from 'node:net'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { StartError } from './start-error.ts'

export interface Config {
  readonly listen: { readonly host: string; readonly port: number }
  readonly database: { readonly kind: 'postgres'; readonly url: string } | { readonly kind: 'folder'; readonly path: string }
  /** Absent: `<configHome>/writ/<authority id>.key`. */
  readonly masterKeyFile?: string
  readonly configHome: string
  /** Without a trailing slash. Absent: where the server turns out to listen. */
  readonly publicUrl?: string
  /** Addresses and networks of the proxy whose forwarding headers are believed. */
  readonly behindProxy?: readonly string[]
}

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Reads the `WRIT_*` settings. An empty value counts as absent.
 * @throws {StartError} CONFIG_INVALID with every problem found, each naming its variable
 */
export function readConfig(env: Environment): Config {
  const problems: string[] = []
  const read = <T>(name: string, missing: T, parse: (text: string) => T | undefined, wanted: string): T => {
    const text = env[name]?.trim()
    if (text === undefined || text === '') return missing
    const value = parse(text)
    if (value === undefined) problems.push(`${name} must be ${wanted}`)
    return value ?? missing
  }

  const listen = read('WRIT_LISTEN', { host: '127.0.0.1', port: 7070 }, parseListen, 'HOST:PORT, for example 127.0.0.1:7070 or [::1]:7070')
  const database = read(
    'WRIT_DATABASE_URL',
    { kind: 'folder', path: resolve('.writ') },
    parseDatabase,
    'a postgres:// URL or the path of a folder',
  )
  const masterKeyFile = read('WRIT_MASTER_KEY_FILE', undefined, (path) => resolve(path), 'the path of a file')
  const publicUrl = read(
    'WRIT_PUBLIC_URL',
    undefined,
    parsePublicUrl,
    'an http:// or https:// URL without a query, a fragment or a password',
  )
  const behindProxy = read('WRIT_BEHIND_PROXY', undefined, parseProxies, 'addresses or networks, comma-separated, for example 10.0.0.0/8')
  const configHome = read('XDG_CONFIG_HOME', join(homedir(), '.config'), (path) => resolve(path), 'the path of a folder')

  if (!isLoopback(listen.host) && behindProxy === undefined) {
    problems.push('WRIT_LISTEN leaves this machine in plain HTTP: listen on 127.0.0.1, or name the TLS proxy in front in WRIT_BEHIND_PROXY')
  }
  if (problems.length > 0) throw new StartError('CONFIG_INVALID', { problems })
  return {
    listen,
    database,
    configHome,
    ...(masterKeyFile !== undefined && { masterKeyFile }),
    ...(publicUrl !== undefined && { publicUrl }),
    ...(behindProxy !== undefined && { behindProxy }),
  }
}

function parseListen(text: string): Config['listen'] | undefined {
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([^:[\]]+)):(\d{1,5})$/.exec(text)
  if (match === null) return undefined
  const [, v6, name, digits] = match
  const host = v6 ?? name
  const port = Number(digits)
  if (host === undefined || port > 65_535 || (v6 !== undefined && isIP(v6) !== 6)) return undefined
  return { host, port }
}

function parseDatabase(text: string): Config['database'] | undefined {
  if (/^postgres(ql)?:\/\//.test(text)) return URL.canParse(text) ? { kind: 'postgres', url: text } : undefined
  // Anything else that looks like a URL is a typo, not a folder named `mysql:`.
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? undefined : { kind: 'folder', path: resolve(text) }
}

function parsePublicUrl(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  const plain = url.search === '' && url.hash === '' && url.username === '' && url.password === ''
  return plain && /^https?:$/.test(url.protocol) ? url.href.replace(/\/$/, '') : undefined
}

function parseProxies(text: string): readonly string[] | undefined {
  const proxies = text.split(',').map((part) => part.trim())
  const valid = proxies.every((proxy) => {
    const [address = '', bits, ...rest] = proxy.split('/')
    const most = isIP(address) === 4 ? 32 : isIP(address) === 6 ? 128 : -1
    return rest.length === 0 && most > 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most))
  })
  return valid ? proxies : undefined
}

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

/** A name other than `localhost` may resolve to anything, so it does not count. */
export function isLoopback(host: string): boolean {
  const version = isIP(host)
  if (version === 0) return host === 'localhost'
  return loopback.check(host, version === 4 ? 'ipv4' : 'ipv6')
}
