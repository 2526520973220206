import type { Hours, OpenWindow } from '../model.ts'

const WEEK_MINUTES = 7 * 1440

/** Whether two opening hours of one zone are ever open together, closed days aside. */
export function everMeet(one: Hours, other: Hours): boolean {
  const windows = [...one.open.flatMap((window) => laid(window, 0)), ...other.open.flatMap((window) => laid(window, 1))]
  windows.sort((a, b) => a.from - b.from)
  // Swept from Monday on: a window meets the other side if that side has opened before and not yet closed.
  const openUntil = [0, 0]
  for (const { side, from, until } of windows) {
    if ((openUntil[1 - side] as number) > from) return true
    openUntil[side] = Math.max(openUntil[side] as number, until)
  }
  return false
}

/** A window in minutes of the week; what runs past Sunday comes round to Monday. */
function laid({ day, fromMinute, untilMinute }: OpenWindow, side: 0 | 1): { side: 0 | 1; from: number; until: number }[] {
  const from = day * 1440 + fromMinute
  const until = day * 1440 + untilMinute
  if (until <= WEEK_MINUTES) return [{ side, from, until }]
  return [
    { side, from, until: WEEK_MINUTES },
    { side, from: 0, until: until - WEEK_MINUTES },
  ]
}
