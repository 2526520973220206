/** Upper bounds, inclusive, in seconds; beyond the last is `+Inf`. */
const BOUNDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

interface Series {
  readonly labels: { readonly method: string; readonly route: string; readonly status: number }
  /** How many fell under each bound and above the one before. */
  readonly counts: number[]
  count: number
  sum: number
}

/**
 * A Prometheus histogram that finds its series by what the router knows already. The library's own puts the labels of every request
 * together into a text, to look it up by.
 */
export class Durations {
  readonly name = 'writ_http_request_duration_seconds'
  readonly help = 'Time from a request to its answer, by route pattern.'
  readonly type = 'histogram'
  readonly aggregator = 'sum'
  readonly #series = new Map<unknown, Map<number, Series>>()

  /** @param key what stands for this method on this route */
  observe(key: unknown, method: string, route: string, status: number, seconds: number): void {
    const series = this.#series.get(key)?.get(status) ?? this.#newSeries(key, { method, route, status })
    series.count++
    series.sum += seconds
    for (let i = 0; i < BOUNDS.length; i++) {
      if (seconds > (BOUNDS[i] as number)) continue
      series.counts[i] = (series.counts[i] as number) + 1
      return
    }
  }

  #newSeries(key: unknown, labels: Series['labels']): Series {
    const series = { labels, counts: BOUNDS.map(() => 0), count: 0, sum: 0 }
    const ofRoute = this.#series.get(key) ?? new Map<number, Series>()
    this.#series.set(key, ofRoute.set(labels.status, series))
    return series
  }

  /** As the registry asks for it. */
  async get() {
    const values: { metricName: string; labels: object; value: number }[] = []
    for (const { labels, counts, count, sum } of [...this.#series.values()].flatMap((ofRoute) => [...ofRoute.values()])) {
      let under = 0
      for (const [i, le] of BOUNDS.entries()) {
        under += counts[i] as number
        values.push({ metricName: `${this.name}_bucket`, labels: { le, ...labels }, value: under })
      }
      values.push({ metricName: `${this.name}_bucket`, labels: { le: '+Inf', ...labels }, value: count })
      values.push({ metricName: `${this.name}_sum`, labels, value: sum })
      values.push({ metricName: `${this.name}_count`, labels, value: count })
    }
    const { name, help, type, aggregator } = this
    return { name, help, type, aggregator, values }
  }
}
