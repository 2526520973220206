import { BlockList, isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

const MOST_LENGTH = 2_048

/** Which addresses webhooks may be delivered to. */
export interface Reachable {
  /** @returns what is wrong with it, to complete "must …"; `undefined`: it may be a webhook's */
  fault(url: string): string | undefined
  /** Whether a request of this scheme may go to an address: a public one by https, one of the operator's networks by either. */
  allows(address: string, scheme: string): boolean
}

/**
 * A webhook is an address that a customer may choose and that this host then calls, so it must not reach what only this host can.
 * @param networks those of the operator's own that it may reach as well, also by plain http
 */
export function reachable(networks: readonly string[] = []): Reachable {
  const own = new BlockList()
  for (const network of networks) {
    const [address = '', bits] = network.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (bits === undefined) own.addAddress(address, family)
    else own.addSubnet(address, Number(bits), family)
  }
  const allows = (address: string, scheme: string): boolean => {
    if (isIP(address) === 0) return false
    // An IPv4 address in the clothes of an IPv6 one is what it maps to.
    const plain = ipaddr.process(address)
    if (own.check(plain.toString(), plain.kind())) return true
    return scheme === 'https:' && plain.range() === 'unicast'
  }
  return {
    allows,
    fault(text) {
      if (text.length > MOST_LENGTH) return `have at most ${MOST_LENGTH} characters`
      const url = URL.canParse(text) ? new URL(text) : undefined
      if (url === undefined || !['https:', 'http:'].includes(url.protocol)) return 'be an https:// URL'
      if (url.username !== '' || url.password !== '' || url.hash !== '') return 'have neither a user, a password nor a fragment'
      if (url.protocol === 'http:' && networks.length === 0) return 'be an https:// URL'
      const host = hostOf(url)
      if (isIP(host) !== 0 && !allows(host, url.protocol)) return 'not lead to a private address, unless WRIT_WEBHOOK_NETWORKS has it'
      return undefined
    },
  }
}

/** The name or address, without the brackets of an IPv6 one. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '')
}
