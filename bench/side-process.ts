import { type ChildProcess, fork, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { openSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'

/** One side of a comparison in a process of its own: what one side taught the compiler, or left on the heap, does not touch the other. */
export interface SideProcess<Report> {
  /** What it said once it was ready. */
  readonly report: Report
  /** One round; see {@link serveRounds}. */
  round(): Promise<number>
  close(): Promise<void>
}

/** Read once: a process that was moved to one core counts one. */
const ALL_CORES = availableParallelism()
const PINS = process.platform === 'linux' && ALL_CORES > 1 && spawnSync('taskset', ['-V']).status === 0

/** Prefix of a command that keeps a process on one core, where the machine can do that. */
export function pinned(core: number): string[] {
  return PINS ? ['taskset', '-c', String(core)] : []
}

export const pinning = PINS ? 'each side pinned to one core' : 'not pinned'

/** Moves this process, and what it starts from now on, to one core. @returns moves it back */
export function onCore(core: number): () => void {
  if (!PINS) return () => {}
  const move = (cores: string) => spawnSync('taskset', ['-a', '-c', '-p', cores, String(process.pid)])
  move(String(core))
  return () => move(`0-${ALL_CORES - 1}`)
}

export interface SideOptions {
  readonly core?: number
  /** What it logs goes to a file that nobody reads, as under a service manager; it is written all the same. */
  readonly silent?: boolean
}

/** Runs `file` on one core and waits until it is ready. */
export async function openSide<Report>(
  file: string,
  input: unknown,
  { core = ALL_CORES - 1, silent = false }: SideOptions = {},
): Promise<SideProcess<Report>> {
  const [program = process.execPath, ...before] = [...pinned(core), process.execPath]
  const flags = ['--expose-gc', '--max-old-space-size=8000']
  const log = silent ? unnamedFile() : 'inherit'
  const child = fork(file, { execPath: program, execArgv: [...before, ...flags], stdio: ['ignore', 'inherit', log, 'ipc'] })
  child.send({ input })
  const report = (await answerOf(child)) as Report
  return {
    report,
    async round() {
      child.send({ round: true })
      return (await answerOf(child)) as number
    },
    async close() {
      if (child.exitCode !== null) return
      child.disconnect()
      await once(child, 'exit')
    },
  }
}

/** A file that goes with the last process that has it open. */
function unnamedFile(): number {
  const path = join(tmpdir(), `writ-bench-${randomUUID()}.log`)
  const file = openSync(path, 'w')
  rmSync(path)
  return file
}

async function answerOf(child: ChildProcess): Promise<unknown> {
  const ended = Promise.withResolvers<never>()
  const onExit = (code: number | null) => ended.reject(new Error(`a side ended early, with ${code}`))
  child.once('exit', onExit)
  try {
    const [{ answer }] = (await Promise.race([once(child, 'message'), ended.promise])) as [{ answer: unknown }]
    return answer
  } finally {
    child.removeListener('exit', onExit)
  }
}

/** The other end: prepares, reports, then answers one figure a round until the parent lets go. Does nothing in a file run by hand. */
export async function serveRounds<Input>(
  prepare: (input: Input) => Promise<{ report: unknown; round: () => number | Promise<number>; close?: () => Promise<unknown> }>,
): Promise<void> {
  if (process.send === undefined) return
  const [{ input }] = (await once(process, 'message')) as [{ input: Input }]
  const { report, round, close } = await prepare(input)
  process.on('message', async () => process.send?.({ answer: await round() }))
  process.once('disconnect', async () => {
    await close?.()
    process.exit(0)
  })
  process.send({ answer: report })
}
