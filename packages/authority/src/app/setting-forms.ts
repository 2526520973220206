import { BlockList, isIP } from 'node:net'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Rate } from '@writ/terms'
import { isTransitAddress } from '../keys/transit-address.ts'
import type { Config } from './config.ts'

/** What a setting's text may be. Each returns `undefined` for a text of another form. */

export function parsePath(text: string): string {
  return text === '~' || text.startsWith('~/') ? join(homedir(), text.slice(1)) : resolve(text)
}

export function parseListen(text: string): Config['listen'] | undefined {
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([^:[\]]+)):(\d{1,5})$/.exec(text)
  if (match === null) return undefined
  const [, v6, name, digits] = match
  const host = v6 ?? name
  const port = Number(digits)
  if (host === undefined || port > 65_535 || (v6 !== undefined && isIP(v6) !== 6)) return undefined
  return { host, port }
}

export function parseDatabase(text: string): Config['database'] | undefined {
  if (/^postgres(ql)?:\/\//.test(text)) return URL.canParse(text) ? { kind: 'postgres', url: text } : undefined
  // Anything else that looks like a URL is a typo, not a folder named `mysql:`.
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? undefined : { kind: 'folder', path: parsePath(text) }
}

/** Without a trailing slash. */
export function parseHttpUrl(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  const plain = url.search === '' && url.hash === '' && url.username === '' && url.password === ''
  return plain && /^https?:$/.test(url.protocol) ? url.href.replace(/\/$/, '') : undefined
}

/** The address of a transit key. A token goes there, so it goes by TLS. */
export function parseTransitUrl(text: string): string | undefined {
  const url = parseHttpUrl(text)
  if (url === undefined || !isTransitAddress(url)) return undefined
  const { protocol, hostname } = new URL(url)
  return protocol === 'https:' || isLoopback(hostname.replace(/^\[(.*)\]$/, '$1')) ? url : undefined
}

export function parseProxies(text: string): readonly string[] | undefined {
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

/** A whole number between two others, both included. */
export function wholeNumber(least: number, most: number): (text: string) => number | undefined {
  return (text) => (/^\d{1,9}$/.test(text) && Number(text) >= least && Number(text) <= most ? Number(text) : undefined)
}

const PERIODS = { second: 1, minute: 60, hour: 3600 } as const

/** `600 per minute`: at most so many at once, and so many in each period on the whole. */
export function parseRate(text: string): Rate | 'off' | undefined {
  if (text === 'off') return 'off'
  const [, digits, period] = /^([1-9]\d{0,8}) per (second|minute|hour)$/.exec(text) ?? []
  if (digits === undefined) return undefined
  const count = Number(digits)
  return { count, periodSeconds: PERIODS[period as keyof typeof PERIODS], burst: count }
}
