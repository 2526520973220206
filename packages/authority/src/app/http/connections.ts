import { readFileSync } from 'node:fs'
import type { Config } from '../config.ts'
import type { Server } from './server.ts'

/** Neither a byte in nor a byte out for so long: nobody is there, or whoever reads does not read. */
const STALL_SECONDS = 120
/** For the store, files, and those who come to look what is wrong. */
const KEPT_DESCRIPTORS = 256
const TELL_MILLISECONDS = 60_000

export interface Connections {
  readonly open: number
  /** Turned away, since there were as many as this process may have. */
  readonly dropped: number
  /** Cut, since nobody read what was answered. */
  readonly stalled: number
  readonly most: number
}

/**
 * Bounds what connections take. One that stands still is cut, so that answers nobody reads do not stay in memory; beyond as many as the
 * process has file descriptors for, or is told to have, a new one is closed at once, and the log says what to raise: left alone, it would
 * hang.
 */
export function connections(server: Server, config: Pick<Config, 'maxConnections' | 'stallSeconds'>): Connections {
  const most = Math.min(config.maxConnections ?? Number.POSITIVE_INFINITY, mostConnections())
  const { server: http } = server
  let dropped = 0
  let stalled = 0
  let told = false
  http.timeout = (config.stallSeconds ?? STALL_SECONDS) * 1_000
  http.maxConnections = most
  const sockets = new Set<object>()
  http.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  const asked = oneAtATime(server)
  http.on('timeout', (socket) => {
    // Nobody but we ourselves is slow here.
    if (socket.writableLength === 0 && asked.has(socket)) return void socket.setTimeout(http.timeout)
    // One that is kept open for another request ends this way too.
    if (socket.writableLength > 0) stalled++
    socket.destroy()
  })
  http.on('drop', () => {
    dropped++
    if (told) return
    told = true
    setTimeout(() => (told = false), TELL_MILLISECONDS).unref()
    server.log.warn(
      { most, dropped },
      'connections are turned away: raise the limit of open files (LimitNOFILE, ulimit -n), and WRIT_MAX_CONNECTIONS where it is set',
    )
  })
  return {
    get open() {
      return sockets.size
    },
    get dropped() {
      return dropped
    },
    get stalled() {
      return stalled
    },
    most,
  }
}

/**
 * Of requests that are sent on one connection without waiting, the next is begun when the answer before it is on its way: all at once
 * they would all be answered into memory.
 * @returns whether something is asked on a connection
 */
function oneAtATime(server: Server): { has(socket: object): boolean } {
  const waiting = new WeakMap<object, (() => void)[]>()
  server.addHook('onRequest', ({ raw: { socket } }, _reply, done) => {
    const others = waiting.get(socket)
    if (others !== undefined) return void others.push(done)
    waiting.set(socket, [])
    done()
  })
  server.addHook('onResponse', ({ raw: { socket } }, _reply, done) => {
    const next = waiting.get(socket)?.shift()
    if (next === undefined) waiting.delete(socket)
    else next()
    done()
  })
  return waiting
}

/** As many as this process may open files, less those it needs itself. Where that cannot be read, the least that is usual. */
export function mostConnections(limits = readLimits()): number {
  const soft = /^Max open files\s+(\d+|unlimited)/m.exec(limits)?.[1]
  const files = soft === undefined ? 1_024 : soft === 'unlimited' ? 1_000_000 : Number(soft)
  return Math.max(64, files - KEPT_DESCRIPTORS)
}

function readLimits(): string {
  try {
    return readFileSync('/proc/self/limits', 'utf8')
  } catch {
    return ''
  }
}
