import { Counter, collectDefaultMetrics, Gauge, type Metric, Registry } from 'prom-client'
import { lastBackup } from '../../backup/store.ts'
import { countWaiting } from '../../guard/parked-store.ts'
import type { Authority } from '../authority.ts'
import type { Certificate } from '../certificate.ts'
import type { Connections } from './connections.ts'
import { Durations } from './durations.ts'
import type { Server } from './server.ts'

/** Counts only: no id of anybody is a label, so the page is open to whoever reaches the port. */
export function metrics(server: Server, authority: Authority, connections: Connections): void {
  const registry = new Registry()
  const durations = new Durations()
  registry.registerMetric(durations as unknown as Metric)
  // The process itself: event loop, memory, collections of garbage, file descriptors.
  collectDefaultMetrics({ register: registry })
  const gauge = (name: string, help: string, value: () => number): void => {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(value())
      },
    })
  }
  ofDecisions(registry, authority, gauge)
  gauge('writ_changes_held', 'Changes held since the start until somebody confirms what they take from whom.', () => authority.counts.held)
  ofStore(registry, authority, gauge)
  ofParked(registry, authority)
  ofWebhooks(registry, authority)
  gauge('writ_connections_open', 'Connections that are open.', () => connections.open)
  gauge('writ_connections_most', 'As many as this process may have.', () => connections.most)
  gauge(
    'writ_connections_dropped',
    'Connections turned away since the start, since there were as many as there may be.',
    () => connections.dropped,
  )
  gauge(
    'writ_connections_stalled',
    'Connections cut since the start, since nobody read what was answered for too long.',
    () => connections.stalled,
  )
  const { certificate, keyRing, live } = authority
  gauge('writ_live_subscribers', 'Streams of changes that are open.', () => live.subscribers)
  gauge('writ_live_slow', 'Streams cut since the start, since whoever reads them was too slow.', () => live.slow)
  if (certificate !== undefined) ofCertificate(certificate, gauge)
  gauge(
    'writ_data_keys_unopened',
    'Data keys of the store that no master key of this node opens. Above 0, give it the master key that the others have.',
    () => keyRing.unopened,
  )

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

function ofParked(registry: Registry, { db, feed, clock }: Authority): void {
  new Gauge({
    name: 'writ_changes_parked',
    help: 'Changes that wait for somebody else to confirm what they take from whom.',
    registers: [registry],
    async collect() {
      if (!feed.isFollowing) return
      const waiting = await countWaiting(db, clock()).catch(() => undefined)
      if (waiting !== undefined) this.set(waiting)
    },
  })
}

function ofWebhooks(registry: Registry, { counts }: Authority): void {
  new Counter({
    name: 'writ_webhook_attempts_total',
    help: 'Attempts to deliver an event to a webhook, by result.',
    labelNames: ['result'],
    registers: [registry],
    collect() {
      this.reset()
      for (const [result, count] of Object.entries(counts.deliveries)) this.inc({ result }, count)
    },
  })
}

type AddGauge = (name: string, help: string, value: () => number) => void

function ofDecisions(registry: Registry, { counts, recorder, ledger }: Authority, gauge: AddGauge): void {
  new Counter({
    name: 'writ_decisions_total',
    help: 'Decisions given for enforcement, by outcome and, of a refusal, its reason.',
    labelNames: ['outcome', 'reason'],
    registers: [registry],
    collect() {
      this.reset()
      for (const [reason, count] of counts.decisions) this.inc({ outcome: reason === '' ? 'allowed' : 'refused', reason }, count)
    },
  })
  new Counter({
    name: 'writ_tokens_issued_total',
    help: 'Entitlement tokens signed.',
    registers: [registry],
    collect() {
      this.reset()
      this.inc(counts.tokens)
    },
  })
  gauge('writ_decision_records_waiting_bytes', 'Decision records that are not in the store yet.', () => recorder.waitingBytes)
  gauge('writ_decision_records_dropped', 'Decision records given up because the store took none for too long.', () => recorder.dropped)
  gauge('writ_ledger_waiting', 'Questions that wait for what they spend to be committed.', () => ledger.waiting)
  new Counter({
    name: 'writ_ledger_commits_total',
    help: 'Commits of the ledger.',
    registers: [registry],
    collect() {
      this.reset()
      this.inc(ledger.commits)
    },
  })
  new Counter({
    name: 'writ_ledger_commit_seconds_total',
    help: 'Time spent in commits of the ledger; by its commits, what one takes.',
    registers: [registry],
    collect() {
      this.reset()
      this.inc(ledger.commitSeconds)
    },
  })
}

function ofStore(registry: Registry, { db, feed, counts, pool }: Authority, gauge: AddGauge): void {
  gauge('writ_revision', 'The revision that this node has.', () => feed.revision)
  gauge('writ_feed_behind_changes', 'Changes of the store that this node does not have yet, as of when it last looked.', () => feed.behind)
  gauge('writ_store_reachable', '1 if the store answered when it was last asked for changes.', () => (feed.isFollowing ? 1 : 0))
  new Counter({
    name: 'writ_store_faults_total',
    help: 'Requests that the store failed, since it was away or full.',
    labelNames: ['fault'],
    registers: [registry],
    collect() {
      this.reset()
      for (const [fault, count] of Object.entries(counts.storeFaults)) this.inc({ fault: fault.toLowerCase() }, count)
    },
  })
  if (pool !== undefined) {
    new Gauge({
      name: 'writ_store_pool_connections',
      help: 'Connections to PostgreSQL: busy, idle, and requests that wait for one.',
      labelNames: ['state'],
      registers: [registry],
      collect() {
        for (const [state, count] of Object.entries(pool())) this.set({ state }, count)
      },
    })
  }
  new Gauge({
    name: 'writ_backup_last_timestamp_seconds',
    help: 'When the last backup was whole, in seconds since 1970; 0: never.',
    registers: [registry],
    async collect() {
      if (!feed.isFollowing) return
      const at = await lastBackup(db).catch(() => undefined)
      if (at !== undefined) this.set(at / 1_000)
    },
  })
}

function ofCertificate(certificate: Certificate, gauge: AddGauge): void {
  gauge(
    'writ_tls_certificate_expiry_timestamp_seconds',
    'When the certificate that is served ends, in seconds since 1970.',
    () => certificate.expiresAt / 1_000,
  )
  gauge(
    'writ_tls_certificate_stale',
    '1 while the files hold another certificate or key that cannot be used, so that the one before is served on.',
    () => (certificate.isStale ? 1 : 0),
  )
}
