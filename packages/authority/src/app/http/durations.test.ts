import { Gauge, Histogram, type Metric, Registry } from 'prom-client'
import { expect, test } from 'vitest'
import { Durations } from './durations.ts'

test('is written as the library writes a histogram of its own', async () => {
  const [ours, theirs] = [new Registry(), new Registry()]
  const durations = new Durations()
  ours.registerMetric(durations as unknown as Metric)
  const { name, help } = durations
  const histogram = new Histogram({
    name,
    help,
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [theirs],
  })
  const seen: [string, string, number, number][] = [
    ['GET', '/v1/people/:id', 200, 0.001],
    ['GET', '/v1/people/:id', 200, 0.0010001],
    ['POST', '/v1/people/:id', 200, 0],
    ['GET', '/v1/people/:id', 404, 10.5],
    ['GET', '/v1/people/:id', 200, 0.3],
  ]
  for (const [method, route, status, seconds] of seen) {
    durations.observe(`${method} ${route}`, method, route, status, seconds)
    histogram.observe({ method, route, status }, seconds)
  }
  for (const registry of [ours, theirs]) new Gauge({ name: 'other', help: 'Stands beside it.', registers: [registry] }).set(1)
  const lines = async (registry: Registry) => (await registry.metrics()).split('\n').sort()
  expect(await lines(ours)).toEqual(await lines(theirs))
})
