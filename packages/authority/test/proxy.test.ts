import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildServer } from '../src/app/http/server.ts'
import { type Running, start } from '../src/index.ts'
import { initData, scratchFolder, silent, testConfig } from './support.ts'

const folder = scratchFolder()
let running: Running
beforeAll(async () => {
  await initData(folder)
  running = await start({ config: testConfig(folder), log: silent })
})
afterAll(() => running.close())

interface Believed {
  readonly ip: string
  readonly host: string
  readonly protocol: string
  readonly hsts: boolean
}

/** What a server behind these proxies believes of a request over a real connection from 127.0.0.1. */
async function believed(behindProxy: readonly string[] | undefined, headers: Record<string, string>): Promise<Believed> {
  const { authority } = running
  const server = await buildServer({ ...authority, config: testConfig(folder, behindProxy === undefined ? {} : { behindProxy }) })
  let seen: Omit<Believed, 'hsts'> | undefined
  server.addHook('onRequest', (request, _reply, done) => {
    seen = { ip: request.ip, host: request.host, protocol: request.protocol }
    done()
  })
  try {
    const url = await server.listen({ host: '127.0.0.1', port: 0 })
    const response = await fetch(`${url}/healthz`, { headers })
    if (seen === undefined) throw new Error('no request came')
    return { ...seen, host: seen.host.replace(/:\d+$/, ''), hsts: response.headers.has('strict-transport-security') }
  } finally {
    await server.close()
  }
}

const told = { 'x-forwarded-for': '198.51.100.9', 'x-forwarded-proto': 'https', 'x-forwarded-host': 'writ.example' }
const direct: Believed = { ip: '127.0.0.1', host: '127.0.0.1', protocol: 'http', hsts: false }
const cases: { name: string; behind?: string[]; headers: Record<string, string>; want: Believed }[] = [
  { name: 'without a proxy nobody is believed', headers: told, want: direct },
  { name: 'whoever is not the proxy is not believed', behind: ['192.0.2.1', '2001:db8::/32'], headers: told, want: direct },
  {
    name: 'the proxy is believed',
    behind: ['127.0.0.1'],
    headers: told,
    want: { ip: '198.51.100.9', host: 'writ.example', protocol: 'https', hsts: true },
  },
  {
    name: 'a network of proxies is believed',
    behind: ['127.0.0.0/8'],
    headers: told,
    want: { ip: '198.51.100.9', host: 'writ.example', protocol: 'https', hsts: true },
  },
  {
    name: 'what the caller had put before the proxy added its own is not believed',
    behind: ['127.0.0.1'],
    headers: {
      'x-forwarded-for': '203.0.113.7, 198.51.100.9',
      'x-forwarded-proto': 'http, https',
      'x-forwarded-host': 'evil.example, writ.example',
    },
    want: { ip: '198.51.100.9', host: 'writ.example', protocol: 'https', hsts: true },
  },
  {
    name: 'the header of RFC 7239 is read from nobody: a proxy that does not know it would pass on a caller’s',
    behind: ['127.0.0.1'],
    headers: { forwarded: 'for=203.0.113.7;proto=https;host=evil.example' },
    want: direct,
  },
]
for (const { name, behind, headers, want } of cases) test(name, async () => expect(await believed(behind, headers)).toEqual(want))
