import { BlockList, isIPv4, isIPv6 } from 'node:net'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { contains, parseAddress, parseNetwork } from './network.ts'

const v4 = fc.ipV4()
const v6 = fc.oneof(
  fc.ipV6(),
  fc.tuple(fc.constantFrom('2001:db8::', 'fe80::', '::'), fc.nat(0xffff)).map(([head, tail]) => `${head}${tail.toString(16)}`),
)

test('an address is one exactly where Node says so', () => {
  const odd = fc.string({ unit: fc.constantFrom('0', '1', '9', 'f', 'F', ':', '.', '/', '%', ' ', '-', '2', '5'), maxLength: 24 })
  fc.assert(
    fc.property(fc.oneof(v4, v6, odd), (text) => {
      const node = isIPv4(text) || (isIPv6(text) && !text.includes('%'))
      expect(parseAddress(text) !== undefined, text).toBe(node)
    }),
    { numRuns: 5000 },
  )
})

test('a network holds an IPv4 address where Node’s BlockList does, also in IPv6 clothes', () => {
  fc.assert(
    fc.property(v4, fc.integer({ min: 0, max: 32 }), v4, fc.nat(255), (net, bits, other, flip) => {
      // Half of the addresses are near the network's own.
      const address = flip % 2 === 0 ? other : net.replace(/\d+$/, String(flip))
      const list = new BlockList()
      list.addSubnet(net, bits, 'ipv4')
      const network = parseNetwork(`${net}/${bits}`)
      if (network === undefined) throw new Error('not read')
      for (const written of [address, `::ffff:${address}`])
        expect(contains(network, parseAddress(written) ?? [])).toBe(list.check(address, 'ipv4'))
    }),
    { numRuns: 3000 },
  )
})

test('a network holds an IPv6 address where Node’s BlockList does', () => {
  fc.assert(
    fc.property(v6, fc.integer({ min: 0, max: 128 }), v6, fc.boolean(), (net, bits, other, near) => {
      const address = near ? net.replace(/[0-9a-f]$/i, '1') : other
      const list = new BlockList()
      list.addSubnet(net, bits, 'ipv6')
      const network = parseNetwork(`${net}/${bits}`)
      if (network === undefined) throw new Error('not read')
      expect(contains(network, parseAddress(address) ?? [])).toBe(list.check(address, 'ipv6'))
    }),
    { numRuns: 3000 },
  )
})
