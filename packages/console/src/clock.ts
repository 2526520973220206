import { useSyncExternalStore } from 'react'

/** The reader's clock, in epoch milliseconds. Nothing here decides by it: it places the "now" mark and words like "in 3 days". */
export function readClock(): number {
  return Date.now()
}

const TICK_MILLISECONDS = 15_000
const listeners = new Set<() => void>()
let now = readClock()
let timer: ReturnType<typeof setInterval> | undefined

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => {
    now = readClock()
    for (const each of listeners) each()
  }, TICK_MILLISECONDS)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) {
      clearInterval(timer)
      timer = undefined
    }
  }
}

/** Now, to a quarter of a minute: one timer for all of the page. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now)
}
