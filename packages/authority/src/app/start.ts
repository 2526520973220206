import type { AddressInfo } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { World } from '@writ/engine'
import type { Logger } from 'pino'
import { establish } from '../access/establish.ts'
import { RefusalLog } from '../access/refusals.ts'
import { dropOldImports } from '../bulk/retention.ts'
import { openFeed } from '../changes/feed.ts'
import { dropOldAnswers } from '../changes/idempotency.ts'
import { Live } from '../changes/live.ts'
import { mutator } from '../changes/mutate.ts'
import { Recent } from '../changes/recent.ts'
import { stamper } from '../changes/stamper.ts'
import { Recorder } from '../decisions/recorder.ts'
import { dropOldDecisions } from '../decisions/retention.ts'
import { keepBootstrapKey } from '../enforcers/bootstrap-file.ts'
import { openCredentials } from '../enforcers/credentials.ts'
import { bootstrap, offerSetup } from '../enforcers/service.ts'
import { Guard } from '../guard/guard.ts'
import { dropOver } from '../guard/parking.ts'
import { Replays } from '../guard/replay.ts'
import { dropUsed } from '../guard/store.ts'
import { followDataKeys } from '../keys/key-ring.ts'
import { sealAnew } from '../keys/sealing-anew.ts'
import { openIdentity } from '../keys/service.ts'
import { openSigningKeys } from '../keys/signing-keys.ts'
import { StatusLists } from '../licenses/status/status-lists.ts'
import { migrations } from '../migrations/index.ts'
import { Courier } from '../notify/courier.ts'
import { dropOldEvents } from '../notify/retention.ts'
import { Warnings } from '../notify/warnings.ts'
import { Mover } from '../rollouts/mover.ts'
import { Shadow } from '../rollouts/shadow.ts'
import { openSignIns } from '../sign-in/sign-ins.ts'
import { Ledger } from '../usage/ledger.ts'
import { dropOldReservations, dropUnspentLeases } from '../usage/retention.ts'
import type { Authority } from './authority.ts'
import { Certificate } from './certificate.ts'
import { type Clock, systemClock } from './clock.ts'
import type { Config } from './config.ts'
import { Counts } from './counts.ts'
import { openStore, type Store } from './database.ts'
import { buildServer } from './http/server.ts'
import { startJobs } from './jobs.ts'
import { makeLog } from './log.ts'
import { migrate } from './migrate.ts'
import { publicUrlDoubts } from './public-url.ts'

export interface StartOptions {
  readonly config: Config
  readonly clock?: Clock
  readonly log?: Logger
  /** A store that is open already; it is closed with the authority. */
  readonly store?: Store
  /** Where an administrator's key is written, 0600, while there is no administrator. */
  readonly bootstrapKeyFile?: string
  /** Shows the setup code of an authority that has no administrator; absent: none is made. */
  readonly showSetupCode?: (code: string) => void
  /** The folder that `vite build` wrote the console to; absent: `/console/` says that there is none. */
  readonly consoleFolder?: string
}

export interface Running {
  /** Where it listens: `http://127.0.0.1:7070`, or `https:` with TLS. */
  readonly url: string
  readonly authority: Authority
  /**
   * Says at `/readyz` that it stops, serves on for as long as the configuration says, takes no more connections, finishes the requests
   * under way, writes down what is in memory, and gives the store back.
   */
  close(): Promise<void>
}

const LAST_USE_MILLISECONDS = 10_000
const SEALING_MILLISECONDS = 5_000
const LOADING_MILLISECONDS = 60_000
const WARNING_MILLISECONDS = 300_000
const WEBHOOK_MILLISECONDS = 1_000
const CERTIFICATE_MILLISECONDS = 5_000
const ROLLOUT_MILLISECONDS = 5_000
const CLEANING_MILLISECONDS = 3_600_000

/** Starts one authority. @throws {StartError} when it cannot, having given everything back */
export async function start(options: StartOptions): Promise<Running> {
  const { config, clock = systemClock, log = makeLog() } = options
  const undo: (() => Promise<unknown>)[] = []
  try {
    const store = options.store ?? (await openStore(config.database))
    const { db } = store
    undo.push(() => store.close())
    const certificate = Certificate.open(config)
    const applied = await migrate(db, migrations)
    const { authorityId: id, keyRing, masterKeys, isNew } = await openIdentity(db, config, clock)
    if (isNew) {
      const { place } = masterKeys.ensure()
      const where = config.masterKeyUrl === undefined ? 'in a file: keep a copy of it apart from the store' : 'in a service'
      log.info({ authority: id, masterKey: place }, `a new authority; its master key, without which nobody opens the store, is ${where}`)
    }
    const root = await openSigningKeys(db, { id, sealer: keyRing, clock })
    if (root.isNew) log.info({ kid: root.rootId }, 'a root key was made; take a backup of it (writ root backup) and keep it offline')
    if (applied.length > 0) log.info({ applied }, 'the store was migrated')

    const world = new World()
    const recent = new Recent(world)
    const feed = await openFeed(store, recent, log)
    undo.push(() => feed.close())
    const credentials = await openCredentials(db, feed, clock)
    followDataKeys({ db, feed, keyRing, log })
    const signIns = await openSignIns(db, feed, clock)
    const ledger = await Ledger.open({ db, world, feed, clock })
    const shadow = await Shadow.open({ db, world, ledger, feed, log })
    recent.begin()
    const live = new Live({ world, recent, feed, clock, sign: stamper({ id, db, sealer: keyRing, clock, log }) })
    undo.push(async () => live.close())
    await feed.start()
    undo.push(() => ledger.drained())
    const recorder = new Recorder(db, log)
    undo.push(() => recorder.flush())
    undo.push(() => shadow.flush())
    undo.push(() => credentials.flush())
    const refusals = new RefusalLog(db, clock, log)
    undo.push(() => refusals.flush())

    const jobs = startJobs(log)
    undo.push(() => jobs.close())
    jobs.every(LAST_USE_MILLISECONDS, 'last use of API keys', () => credentials.flush())
    jobs.every(SEALING_MILLISECONDS, 'sealing anew', () => sealAnew({ db, id, keyRing, log }))
    jobs.every(LOADING_MILLISECONDS, 'data keys', () => keyRing.load(db))
    jobs.every(LOADING_MILLISECONDS, 'repeated refusals', () => refusals.sweep())
    jobs.every(CLEANING_MILLISECONDS, 'used confirmations', () => dropUsed(db, clock() - CLEANING_MILLISECONDS))
    jobs.every(CLEANING_MILLISECONDS, 'old answers', () => dropOldAnswers(db, clock()))
    jobs.every(CLEANING_MILLISECONDS, 'old imports', () => dropOldImports({ db, clock, config }))
    jobs.every(CLEANING_MILLISECONDS, 'old decision records', () => dropOldDecisions({ db, clock, config }))
    jobs.every(CLEANING_MILLISECONDS, 'unspent leases', () => dropUnspentLeases({ db, clock }))
    jobs.every(CLEANING_MILLISECONDS, 'old reservations', () => dropOldReservations({ db, clock }))
    jobs.every(CLEANING_MILLISECONDS, 'old sign-ins', () => signIns.sweep())

    if (certificate !== undefined) jobs.every(CERTIFICATE_MILLISECONDS, 'certificate', async () => certificate.refresh(log))
    for (const doubt of publicUrlDoubts(config, certificate)) log.warn({ publicUrl: config.publicUrl }, doubt)

    const counts = new Counts()
    const guard = new Guard({ world, feed, clock, sealer: keyRing, counts, config })
    const mutate = mutator({ db, feed, clock, sealer: keyRing, guard })
    jobs.every(CLEANING_MILLISECONDS, 'parked changes that are over', () => dropOver({ id, db, sealer: keyRing, clock, mutate }))
    const courier = new Courier({ db, clock, log, sealer: keyRing, config, counts, mutate })
    undo.push(() => courier.close())
    jobs.every(WEBHOOK_MILLISECONDS, 'webhooks', () => courier.turn())
    const warnings = new Warnings()
    jobs.every(WARNING_MILLISECONDS, 'warnings', () => warnings.look({ db, world, clock }))
    jobs.every(CLEANING_MILLISECONDS, 'old events', () => dropOldEvents({ db, clock }))
    const stopping = new AbortController()
    const statusLists = new StatusLists({ id, db, world, clock, sealer: keyRing })
    const authority: Authority = {
      id,
      config,
      clock,
      stopping: stopping.signal,
      ...(certificate !== undefined && { certificate }),
      log,
      db,
      mutate,
      world,
      feed,
      recent,
      live,
      statusLists,
      sealer: keyRing,
      keyRing,
      masterKeys,
      credentials,
      signIns,
      ledger,
      recorder,
      shadow,
      mover: new Mover(),
      refusals,
      counts,
      guard,
      replays: new Replays(),
      courier,
      ...(store.pool !== undefined && { pool: store.pool }),
      ...(options.consoleFolder !== undefined && { consoleFolder: options.consoleFolder }),
    }
    jobs.every(ROLLOUT_MILLISECONDS, 'roll-outs', () => authority.mover.turn(authority))
    undo.push(() => authority.mover.close())
    const server = await buildServer(authority)
    undo.push(() => server.close())
    await establish(authority)
    await firstAdministrator(authority, options)
    await server.listen({ host: config.listen.host, port: config.listen.port })
    const url = urlOf(server.server.address() as AddressInfo, certificate !== undefined)
    statusLists.base = config.publicUrl ?? url
    log.info({ url, authority: id, revision: feed.revision }, 'listening')
    const close = async (): Promise<void> => {
      stopping.abort()
      await setTimeout((config.drainSeconds ?? 0) * 1_000)
      await unwind(undo)
    }
    return { url, authority, close: once(close) }
  } catch (error) {
    await unwind(undo).catch(() => {})
    throw error
  }
}

async function firstAdministrator(authority: Authority, { bootstrapKeyFile, showSetupCode }: StartOptions): Promise<void> {
  if (bootstrapKeyFile !== undefined) {
    const made = await bootstrap(authority, (key) => keepBootstrapKey(bootstrapKeyFile, key))
    if (made !== undefined) authority.log.warn({ apiKey: made.id, file: bootstrapKeyFile }, 'an owner was made by an operator')
    return
  }
  const code = showSetupCode && (await offerSetup(authority))
  if (code !== undefined) showSetupCode?.(code)
}

/** The last opened is closed first: the server before the feed it writes through, the store at the end. */
async function unwind(undo: (() => Promise<unknown>)[]): Promise<void> {
  for (let step = undo.pop(); step !== undefined; step = undo.pop()) await step()
}

function once(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined
  return () => {
    running ??= work()
    return running
  }
}

function urlOf({ address, family, port }: AddressInfo, hasTls: boolean): string {
  return `${hasTls ? 'https' : 'http'}://${family === 'IPv6' ? `[${address}]` : address}:${port}`
}
