import type { DeviceFacts } from '@writ/license'
import type { ClockFinding } from './clock-guard.ts'
import type { SeatsHere } from './seats-here.ts'

/** Which status list: of one address different issuers say different things. */
export interface ListName {
  readonly iss: string
  readonly uri: string
}

/** What was spent of shares here. */
export interface UnitsHere {
  /** Units of a licence that were spent in the window that begins at an instant. */
  spent(license: string, meter: string, from: number): number
  /** Units of a licence that were spent by meter, in the windows that hold an instant. */
  spentAt(license: string, now: number): Readonly<Record<string, number>>
  /** Writes down that units are spent, before they are. @param share all that may be spent in the window @returns false: it could not, so nothing may be spent */
  spend(
    license: string,
    meter: string,
    window: { readonly from: number; readonly until: number },
    amount: number,
    share: number,
    now: number,
  ): boolean
}

/** Which status lists were ever seen here. */
export interface ListsHere {
  /** When the newest of that name was issued, epoch seconds; absent: none was seen. */
  seen(list: ListName): number | undefined
  /** Keeps the newest: without it what was revoked would be good again. */
  heard(list: ListName, token: string, issuedAt: number): void
}

/** Epoch milliseconds. */
export interface TimeHere {
  /** A signed instant: it was not before that. */
  anchor(signed: number): void
  look(now: number): ClockFinding
}

/** What a device has of its own beside a license file: its key, its sense of time, what it spent of its share, and who sits there. */
export interface DeviceGuard {
  /** The device was checked in, forgotten or closed: nothing is decided by it any more. */
  readonly isOver?: boolean
  /** Why a file counts no more that was opened before: its key was found to be revoked since. Absent: it counts. */
  refuses?(file: string): Error | undefined
  /** Whoever sits stays when a fresh file is opened. Absent: each file counts by itself. */
  readonly seats?: SeatsHere
  readonly units: UnitsHere
  readonly lists: ListsHere
  readonly time: TimeHere
  /** Thumbprint of its key. */
  readonly key: string
  /** What the device is at this moment: its key by a fresh signature, its components hashed for this licence. */
  facts(license: string): Promise<DeviceFacts>
}
