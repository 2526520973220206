import { isIP } from 'node:net'
import type { Certificate } from './certificate.ts'
import type { Config } from './config.ts'
import { isLoopback } from './setting-forms.ts'

/** What is likely wrong with how the authority says it is reached, for the log. */
export function publicUrlDoubts({ publicUrl, behindProxy }: Config, certificate: Certificate | undefined): string[] {
  if (publicUrl === undefined) {
    return behindProxy === undefined ? [] : ['WRIT_PUBLIC_URL is not set: what is published names an address behind the proxy']
  }
  const { protocol, hostname } = new URL(publicUrl)
  const host = hostname.replace(/^\[(.*)\]$/, '$1')
  if (protocol === 'http:') {
    if (certificate !== undefined) return ['WRIT_PUBLIC_URL says http, and TLS is served']
    return isLoopback(host) ? [] : ['WRIT_PUBLIC_URL says http: whoever follows it sends keys in the clear']
  }
  const doubts: string[] = []
  if (certificate === undefined && behindProxy === undefined) {
    doubts.push('WRIT_PUBLIC_URL says https, and neither TLS is served nor a proxy named that does')
  }
  // Behind a proxy it is the proxy's certificate that counts.
  if (certificate !== undefined && behindProxy === undefined && !certificate.covers(host)) {
    doubts.push(`the certificate is not for the ${isIP(host) === 0 ? 'name' : 'address'} in WRIT_PUBLIC_URL`)
  }
  return doubts
}
