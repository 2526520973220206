import { expect, test } from 'vitest'
import { contains, isNetwork, parseAddress, parseNetwork } from './network.ts'

const held: { network: string; address: string; is: boolean }[] = [
  { network: '10.0.0.0/8', address: '10.255.255.255', is: true },
  { network: '10.0.0.0/8', address: '11.0.0.0', is: false },
  { network: '10.0.0.0/8', address: '::ffff:10.1.2.3', is: true },
  { network: '10.0.0.0/8', address: '::ffff:a01:203', is: true },
  { network: '10.0.0.0/8', address: '::10.1.2.3', is: false },
  { network: '10.0.0.0/8', address: 'a00::', is: false },
  { network: '192.0.2.1', address: '192.0.2.1', is: true },
  { network: '192.0.2.1', address: '192.0.2.0', is: false },
  { network: '192.0.2.1', address: '::ffff:c000:201', is: true },
  { network: '192.0.2.1', address: '::ffff:c000:1', is: false },
  { network: '255.255.255.255', address: '0000:0000:0000:0000:0000:ffff:255.255.255.255', is: true },
  { network: '192.0.2.1/31', address: '192.0.2.0', is: true },
  { network: '0.0.0.0/0', address: '203.0.113.9', is: true },
  { network: '0.0.0.0/0', address: '2001:db8::1', is: false },
  { network: '::/0', address: '2001:db8::1', is: true },
  { network: '::/0', address: '203.0.113.9', is: true },
  { network: '::ffff:10.0.0.0/104', address: '10.9.9.9', is: true },
  { network: '2001:db8::/32', address: '2001:db8:ffff::1', is: true },
  { network: '2001:db8::/32', address: '2001:db9::1', is: false },
  { network: '2001:db8::/33', address: '2001:db8:8000::', is: false },
  { network: '2001:DB8::1', address: '2001:db8:0:0:0:0:0:1', is: true },
]
for (const { network, address, is } of held)
  test(`${network} ${is ? 'holds' : 'does not hold'} ${address}`, () => {
    const [net, groups] = [parseNetwork(network), parseAddress(address)]
    expect(net && groups && contains(net, groups)).toBe(is)
  })

for (const text of [
  '',
  '10.0.0',
  '10.0.0.0.0',
  '010.0.0.1',
  '10.0.0.256',
  '1.2.3.4 ',
  '1.2.3.-4',
  ':::',
  '1::2::3',
  '12345::',
  '::g',
  'fe80::1%eth0',
  '1:2:3:4:5:6:7',
  '1:2:3:4:5:6:7:8:9',
  '1:2:3:4:5:6:7::8',
  '1.2.3.4::',
  '::1.2.3.4:5',
  '[::1]',
  'x'.repeat(46),
])
  test(`${JSON.stringify(text)} is no address, and so in no network`, () => {
    expect(parseAddress(text)).toBe(undefined)
    expect(isNetwork(`${text}/8`)).toBe(false)
  })

for (const text of ['10.0.0.0/33', '10.0.0.0/-1', '10.0.0.0/08', '10.0.0.0/', '10.0.0.0/8/8', '2001:db8::/129', '2001:db8::/x', '/8'])
  test(`${text} is no network`, () => expect(isNetwork(text)).toBe(false))
