/** An address or network as 8 groups of 16 bits; IPv4 is held as its IPv6-mapped form, so that `::ffff:a.b.c.d` is that IPv4 address. */
export type Groups = readonly number[]

export interface Network {
  readonly groups: Groups
  readonly bits: number
}

const MAPPED = [0, 0, 0, 0, 0, 0xffff]

/** Strict textual forms only (RFC 4291 section 2.2, dotted decimal without leading zeros); anything else is `undefined`. */
export function parseAddress(text: string): Groups | undefined {
  if (text.length > 45) return undefined
  return text.includes(':') ? parseV6(text) : parseV4(text)
}

function parseV4(text: string): Groups | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)
  if (match === null) return undefined
  const bytes: number[] = []
  for (const part of match.slice(1)) {
    const byte = Number(part)
    if (byte > 255 || (part.length > 1 && part.startsWith('0'))) return undefined
    bytes.push(byte)
  }
  const [a = 0, b = 0, c = 0, d = 0] = bytes
  return [...MAPPED, a * 256 + b, c * 256 + d]
}

function parseV6(text: string): Groups | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const head = groupsOf(halves[0] as string, halves.length === 1)
  const tail = groupsOf(halves[1] ?? '', true)
  if (head === undefined || tail === undefined) return undefined
  const missing = 8 - head.length - tail.length
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined
  return [...head, ...new Array<number>(missing).fill(0), ...tail]
}

function groupsOf(text: string, mayEndInV4: boolean): number[] | undefined {
  if (text === '') return []
  const groups: number[] = []
  const parts = text.split(':')
  for (const [i, part] of parts.entries()) {
    if (part.includes('.')) {
      const v4 = mayEndInV4 && i === parts.length - 1 ? parseV4(part) : undefined
      if (v4 === undefined) return undefined
      groups.push(...v4.slice(6))
    } else {
      if (!/^[0-9a-fA-F]{1,4}$/.test(part)) return undefined
      groups.push(Number.parseInt(part, 16))
    }
  }
  return groups
}

export function parseNetwork(cidr: string): Network | undefined {
  const [address, length, ...rest] = cidr.split('/') as [string, ...(string | undefined)[]]
  const groups = parseAddress(address)
  if (groups === undefined || rest.length > 0) return undefined
  const v4 = !address.includes(':')
  const most = v4 ? 32 : 128
  if (length === undefined) return { groups, bits: 128 }
  if (!/^(0|[1-9]\d{0,2})$/.test(length) || Number(length) > most) return undefined
  return { groups, bits: v4 ? 96 + Number(length) : Number(length) }
}

export function isNetwork(cidr: string): boolean {
  return parseNetwork(cidr) !== undefined
}

export function contains({ groups, bits }: Network, address: Groups): boolean {
  for (let i = 0; i < 8; i++) {
    const within = Math.min(16, Math.max(0, bits - i * 16))
    const mask = (0xffff << (16 - within)) & 0xffff
    if (((groups[i] as number) & mask) !== ((address[i] as number) & mask)) return false
  }
  return true
}
