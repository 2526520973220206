import { readFileSync } from 'node:fs'
import { list, parseStrictJson, record, type Shape, text } from '@writ/trust'
import type { JSONWebKeySet } from 'jose'
import { isLoopback, parsePath } from '../../../app/setting-forms.ts'

/** A platform whose tokens about its workloads are believed. */
export interface WorkloadIssuer {
  /** `iss`, exactly. */
  readonly issuer: string
  /** What `aud` has to have: a token for somebody else is none for us. */
  readonly audience: string
  /** Where its keys are. Absent, and no `jwks` either: as its `/.well-known/openid-configuration` says. */
  readonly jwks_uri?: string
  /** Its keys, of a platform that cannot be reached from here. */
  readonly jwks?: JSONWebKeySet
}

const MOST_BYTES = 1 << 20
const MOST_ISSUERS = 256
const keys: Shape = (json) => {
  const { keys } = (typeof json === 'object' && json !== null ? json : {}) as { keys?: unknown }
  return Array.isArray(keys) && keys.every((key) => typeof key === 'object' && key !== null) ? undefined : '.keys'
}
const FILE = record({
  issuers: list(record({ issuer: text(512), audience: text(512) }, { jwks_uri: text(1_024), jwks: keys }), 0, MOST_ISSUERS),
})

/** By TLS, or on this machine. */
export function isFetchable(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, hostname, username, password } = new URL(url)
  const isSafe = protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname.replace(/^\[(.*)\]$/, '$1')))
  return isSafe && username === '' && password === ''
}

/** Read when it is needed, so that keys in it can be replaced while the authority serves. @throws for what is no such file */
export function readIssuers(path: string): readonly WorkloadIssuer[] {
  const json = parseStrictJson(readFileSync(path), { maxBytes: MOST_BYTES, maxDepth: 8 })
  const fault = FILE(json)
  if (fault !== undefined) throw new Error(`the file of workload issuers has a fault at ${fault}`)
  const { issuers } = json as unknown as { issuers: readonly WorkloadIssuer[] }
  for (const { issuer, jwks, jwks_uri = issuer } of issuers)
    if (jwks === undefined && !isFetchable(jwks_uri)) throw new Error('the keys of a workload issuer are nowhere to be fetched')
  return issuers
}

/** The setting: its path, where what is there can be read. */
export function parseIssuersFile(text: string): string | undefined {
  const path = parsePath(text)
  try {
    readIssuers(path)
    return path
  } catch {
    return undefined
  }
}
