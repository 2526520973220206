import { Gauge, type Metric, Registry } from 'prom-client'
import type { Authority } from '../authority.ts'
import type { Certificate } from '../certificate.ts'
import { Durations } from './durations.ts'
import type { Server } from './server.ts'

/** Counts only: no id of anybody is a label, so the page is open to whoever reaches the port. */
export function metrics(server: Server, { feed, recorder, certificate, keyRing }: Authority): void {
  const registry = new Registry()
  const durations = new Durations()
  registry.registerMetric(durations as unknown as Metric)
  new Gauge({
    name: 'writ_revision',
    help: 'The revision that this node has.',
    registers: [registry],
    collect() {
      this.set(feed.revision)
    },
  })
  new Gauge({
    name: 'writ_decision_records_dropped',
    help: 'Decision records given up because the store took none for too long.',
    registers: [registry],
    collect() {
      this.set(recorder.dropped)
    },
  })
  new Gauge({
    name: 'writ_data_keys_unopened',
    help: 'Data keys of the store that no master key of this node opens. Above 0, give it the master key that the others have.',
    registers: [registry],
    collect() {
      this.set(keyRing.unopened)
    },
  })
  if (certificate !== undefined) certificateMetrics(registry, certificate)
  new Gauge({
    name: 'process_resident_memory_bytes',
    help: 'Resident memory.',
    registers: [registry],
    collect() {
      this.set(process.memoryUsage.rss())
    },
  })

  server.addHook('onResponse', (request, reply, done) => {
    // An unknown path would make a label of whatever anybody asks for.
    const { config, url } = request.routeOptions
    const seconds = reply.elapsedTime / 1_000
    if (url === undefined) durations.observe(request.method, request.method, 'unknown', reply.statusCode, seconds)
    else durations.observe(config, request.method, url, reply.statusCode, seconds)
    done()
  })
  server.get('/metrics', { config: { public: true }, logLevel: 'warn', schema: { hide: true } }, async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  )
}

function certificateMetrics(registry: Registry, certificate: Certificate): void {
  new Gauge({
    name: 'writ_tls_certificate_expiry_timestamp_seconds',
    help: 'When the certificate that is served ends, in seconds since 1970.',
    registers: [registry],
    collect() {
      this.set(certificate.expiresAt / 1_000)
    },
  })
  new Gauge({
    name: 'writ_tls_certificate_stale',
    help: '1 while the files hold another certificate or key that cannot be used, so that the one before is served on.',
    registers: [registry],
    collect() {
      this.set(certificate.isStale ? 1 : 0)
    },
  })
}
