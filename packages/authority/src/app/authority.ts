import type { World } from '@writ/engine'
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { RefusalLog } from '../access/refusals.ts'
import type { Feed } from '../changes/feed.ts'
import type { Live } from '../changes/live.ts'
import type { Mutate } from '../changes/mutate.ts'
import type { Recent } from '../changes/recent.ts'
import type { Recorder } from '../decisions/recorder.ts'
import type { Credentials } from '../enforcers/credentials.ts'
import type { Guard } from '../guard/guard.ts'
import type { Replays } from '../guard/replay.ts'
import type { KeyRing } from '../keys/key-ring.ts'
import type { MasterKeys } from '../keys/master-keys.ts'
import type { Sealer } from '../keys/sealer.ts'
import type { StatusLists } from '../licenses/status/status-lists.ts'
import type { Courier } from '../notify/courier.ts'
import type { Mover } from '../rollouts/mover.ts'
import type { Shadow } from '../rollouts/shadow.ts'
import type { SignIns } from '../sign-in/sign-ins.ts'
import type { Ledger } from '../usage/ledger.ts'
import type { Certificate } from './certificate.ts'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import type { Counts } from './counts.ts'
import type { Database, PoolState } from './database.ts'

/** What a capability is handed. Made once by `start`. */
export interface Authority {
  readonly id: string
  readonly config: Config
  readonly clock: Clock
  /** Aborted once it was told to stop: it answers what comes, and asks balancers and callers to go elsewhere. */
  readonly stopping: AbortSignal
  /** What is served by TLS; absent: plain HTTP is. */
  readonly certificate?: Certificate
  readonly log: Logger
  /** For reading. Whatever changes something goes through `mutate`. */
  readonly db: Kysely<Database>
  readonly mutate: Mutate
  /** For reading. Only the feed applies to it. */
  readonly world: World
  readonly feed: Feed
  /** The last changes of World, for copies of it. */
  readonly recent: Recent
  /** Who keeps a copy of World. */
  readonly live: Live
  /** Who is still good, for whoever goes by a file or a token. */
  readonly statusLists: StatusLists
  readonly sealer: Sealer
  /** What `sealer` seals with: for rotation alone. */
  readonly keyRing: KeyRing
  /** What wraps data keys: for rotation alone. */
  readonly masterKeys: MasterKeys
  readonly credentials: Credentials
  /** Who has signed in to the console. */
  readonly signIns: SignIns
  /** The folder of the built console; absent: none is served. */
  readonly consoleFolder?: string
  /** The only spender of units, rates and seats. */
  readonly ledger: Ledger
  readonly recorder: Recorder
  /** Answers live questions once more for editions that are rolled out. */
  readonly shadow: Shadow
  /** Moves the licences of roll-outs. */
  readonly mover: Mover
  readonly refusals: RefusalLog
  /** What stands between a change and those whom it would take access from. `mutate` asks it; for others it foretells. */
  readonly guard: Guard
  /** Parked changes that are done at this moment. */
  readonly replays: Replays
  readonly counts: Counts
  /** Brings events to webhooks. */
  readonly courier: Courier
  /** Connections to PostgreSQL; absent: the embedded store. */
  readonly pool?: () => PoolState
}
