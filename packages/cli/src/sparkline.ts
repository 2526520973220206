const BARS = [...'▁▂▃▄▅▆▇█']

/** Numbers as a line of small bars; nothing at all is a dot. More than a terminal is wide are drawn together, by the largest of them. */
export function sparkline(values: readonly number[], width = 80): string {
  const each = Math.max(1, Math.ceil(values.length / width))
  const drawn = Array.from({ length: Math.ceil(values.length / each) }, (_, n) => Math.max(...values.slice(n * each, (n + 1) * each)))
  const most = Math.max(...drawn)
  return drawn.map((value) => (value === 0 ? '·' : BARS[Math.ceil((value / most) * BARS.length) - 1])).join('')
}
