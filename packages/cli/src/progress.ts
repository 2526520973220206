import type { Io } from './io.ts'

/** Shows on a terminal how far something is, on one line of standard error; elsewhere nothing. @returns tells it how much is done */
export function progressBar(io: Io, label: string, total: number): { at(done: number): void; end(): void } {
  let shown = -1
  const draw = (percent: number): void => {
    if (!io.interactive || percent === shown) return
    shown = percent
    const full = Math.round(percent / 4)
    process.stderr.write(`\r${label} ${io.paint.cyan('█'.repeat(full))}${io.paint.dim('░'.repeat(25 - full))} ${percent}%`)
  }
  return {
    at: (done) => draw(total === 0 ? 100 : Math.min(100, Math.floor((100 * done) / total))),
    end: () => {
      if (shown >= 0) process.stderr.write('\r\u001b[2K')
    },
  }
}
