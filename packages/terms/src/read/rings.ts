interface Visit {
  readonly name: string
  readonly left: Iterator<string>
}

/**
 * The rings of a directed graph: two names have the same number exactly when each leads to the other (Tarjan's strongly connected
 * components). Each name and each edge is looked at once, where following every edge anew would take minutes over a file of needs;
 * a stack of its own, so that a long chain does not overflow the machine's.
 */
export function ringsOf(edges: ReadonlyMap<string, ReadonlySet<string>>): ReadonlyMap<string, number> {
  const rings = new Map<string, number>()
  const order = new Map<string, number>()
  /** The earliest name on the stack that a name is known to reach. */
  const low = new Map<string, number>()
  const stack: string[] = []
  const lower = (name: string, to: number) => low.set(name, Math.min(low.get(name) as number, to))
  const enter = (name: string): Visit => {
    order.set(name, order.size)
    low.set(name, order.size - 1)
    stack.push(name)
    return { name, left: (edges.get(name) ?? new Set<string>()).values() }
  }
  for (const start of edges.keys()) {
    if (order.has(start)) continue
    const path = [enter(start)]
    for (let visit = path.at(-1); visit !== undefined; visit = path.at(-1)) {
      const { name, left } = visit
      const next = left.next()
      if (next.done !== true) {
        if (!order.has(next.value)) path.push(enter(next.value))
        else if (!rings.has(next.value)) lower(name, order.get(next.value) as number)
        continue
      }
      path.pop()
      const reached = low.get(name) as number
      const above = path.at(-1)
      if (above !== undefined) lower(above.name, reached)
      if (reached !== order.get(name)) continue
      for (const member of stack.splice(stack.lastIndexOf(name))) rings.set(member, reached)
    }
  }
  return rings
}
