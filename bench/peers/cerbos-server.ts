import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { pinned } from '../side-process.ts'
import { COUNTRIES, LEVEL, type PeerQuestion, PROOF_MILLISECONDS } from './question.ts'

const PACKAGE = '@cerbos/cerbos-linux-x64'
const VERSION = '0.55.0'
const CACHE = join(import.meta.dirname, '..', '..', '.cache', 'peers')
export const CERBOS_PATH = '/api/check/resources'

export interface Cerbos {
  readonly port: number
  /** What the process has computed so far, all threads, in microseconds; in steps of ten thousand. */
  computed(): number
  close(): Promise<void>
}

/** Whether there is one for this machine. */
export const hasCerbos = process.platform === 'linux' && process.arch === 'x64'

/** The server as it is shipped, fetched by its exact version the first time; it is no dependency of Writ. */
function program(): string {
  const folder = join(CACHE, `cerbos-${VERSION}`)
  const file = join(folder, 'node_modules', PACKAGE, 'cerbos-linux-x64')
  if (existsSync(file)) return file
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{"private":true}')
  const args = ['install', '--no-save', '--no-audit', '--no-fund', '--ignore-scripts', `${PACKAGE}@${VERSION}`]
  const { status, stderr } = spawnSync('npm', args, { cwd: folder, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${PACKAGE} could not be fetched: ${stderr}`)
  return file
}

const POLICY = `
apiVersion: api.cerbos.dev/v1
resourcePolicy:
  resource: report
  version: default
  rules:
    - actions: [export]
      effect: EFFECT_ALLOW
      roles: [analyst]
      condition:
        match:
          all:
            of:
              - expr: P.attr.country in ${JSON.stringify(COUNTRIES)}
              - expr: P.attr.weekday >= 1.0 && P.attr.weekday <= 5.0 && P.attr.hour >= 8.0 && P.attr.hour < 18.0
              - expr: P.attr.now < P.attr.ends && P.attr.used < P.attr.limit
              - expr: P.attr.proof_level >= ${LEVEL}.0 && P.attr.now < P.attr.proof_at + ${PROOF_MILLISECONDS}.0
`

/** Keeps its log of accesses and decisions in a file, as Writ keeps its own; telemetry is off. @param core it runs on */
export async function startCerbos(core: number): Promise<Cerbos> {
  const folder = mkdtempSync(join(tmpdir(), 'writ-bench-'))
  mkdirSync(join(folder, 'policies'))
  writeFileSync(join(folder, 'policies', 'report.yaml'), POLICY)
  const [port, grpcPort] = [await freePort(), await freePort()]
  const settings = {
    server: { httpListenAddr: `127.0.0.1:${port}`, grpcListenAddr: `127.0.0.1:${grpcPort}` },
    storage: { driver: 'disk', disk: { directory: join(folder, 'policies'), watchForChanges: false } },
    audit: {
      enabled: true,
      accessLogsEnabled: true,
      decisionLogsEnabled: true,
      backend: 'file',
      file: { path: join(folder, 'audit.log') },
    },
    telemetry: { disabled: true },
  }
  writeFileSync(join(folder, 'cerbos.yaml'), JSON.stringify(settings))
  const [command = '', ...before] = [...pinned(core), program()]
  const child = spawn(command, [...before, 'server', `--config=${join(folder, 'cerbos.yaml')}`], { stdio: 'ignore' })
  const ended = once(child, 'exit')
  await ready(port)
  return {
    port,
    computed: () => cpuOf(child.pid as number),
    async close() {
      child.kill()
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export function cerbosRequest({ person, facts }: PeerQuestion): object {
  return {
    principal: { id: person, roles: ['analyst'], attr: facts },
    resources: [{ actions: ['export'], resource: { kind: 'report', id: 'atlas' } }],
  }
}

async function ready(port: number): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const answer = await fetch(`http://127.0.0.1:${port}/_cerbos/health`).catch(() => undefined)
    if (answer?.ok) return
    await setTimeout(50)
  }
  throw new Error('Cerbos does not become ready')
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

/** proc_pid_stat(5): user and system time in ticks of a hundredth of a second. */
function cpuOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10_000
}
