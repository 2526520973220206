import { type DeviceContact, DeviceMessageError, unverifiedActivationOf, verifyDeviceContact } from '@writ/license'
import { ApiError } from '../../app/api-error.ts'
import type { Authority } from '../../app/authority.ts'
import type { Deed } from '../../changes/mutate.ts'
import { USAGE } from '../../usage/ledger.ts'
import { lockSeats } from '../../usage/store.ts'
import type { IssuedFile } from '../files.ts'
import { findLicense } from '../store.ts'
import { stateOf } from './activation.ts'
import { messageFault } from './caller.ts'
import { lockStanding, NOT_STRICT, withFile } from './service.ts'
import { dropSeatShare, settleHolds } from './share-store.ts'
import { type ActivationRow, findActivation, insertContact, updateActivation } from './store.ts'
import { isAnew, turnOf } from './turn.ts'
import { provenStill } from './workload/place.ts'

export interface Contacted {
  readonly activation: ActivationRow
  /** Absent: the device is given none any more. */
  readonly file?: IssuedFile
}

/**
 * An activated device says that it is there and what it spent, and is given a fresh file. Its own signature is its credential.
 * Two contacts of one number are of two devices: from then on no device of this key is given a file.
 * @throws {ApiError} DEVICE_MESSAGE_INVALID, DEVICE_MESSAGE_FOR_ANOTHER, ACTIVATION_UNKNOWN, DEVICE_REVOKED, LICENSE_REVOKED, DEVICE_CONTACT_REPEATED, WORKLOAD_*
 */
export async function contact(authority: Authority, id: string, compact: string, requestId: string): Promise<Contacted> {
  const { row: known, said } = await readContact(authority, id, compact)
  await provenStill(authority, known, said)
  const license = await findLicense(authority.db, known.license_id)
  const organization = license?.organization ?? null
  const deed: Deed = {
    action: 'activation.contact',
    subject: `license:${known.license_id}`,
    ...(organization !== null && { organization }),
  }
  return authority.mutate({ actor: `device:${id}`, requestId }, deed, async (tx, change) => {
    const license = await lockStanding(tx, known.license_id)
    const row = await findActivation(tx, id)
    if (row === undefined) throw new ApiError('ACTIVATION_UNKNOWN')
    const now = authority.clock()
    change.note({ activation: id, counter: said.counter })
    const state = stateOf(row, now)
    if (state === 'revoked') throw new ApiError('DEVICE_REVOKED')
    const turn = await turnOf(tx, row, said, now)
    if (turn === 'late') throw new ApiError('DEVICE_CONTACT_REPEATED')
    if (turn === 'old') {
      change.unchanged()
      return { activation: row }
    }
    if (turn === 'next') await insertContact(tx, { activation_id: id, counter: said.counter, jti: said.jti })
    // What was spent counts whoever spent it, and also of a device whose place is gone. A copy frees nothing: the other one still spends.
    const isOver = turn !== 'copy' && said.releases !== undefined && (state === 'live' || turn === 'again')
    // Before any counter, as a commit of the ledger locks them.
    await lockSeats(tx, [row.license_id])
    const unspent = await settleHolds(tx, row, said.spent, isOver ? now : undefined)
    change.touch(USAGE, row.license_id)
    if (turn === 'copy') {
      change.note({ cloned: true, expected: row.counter + 1 })
      // The signal: in the audit, and on the activation.
      return { activation: await updateActivation(tx, id, { cloned_at: row.cloned_at ?? now }) }
    }
    const told = {
      counter: said.counter,
      last_contact: said.jti,
      // The same text again says nothing of now.
      ...((turn === 'next' || isAnew(row, said)) && { last_contact_at: now, clock_offset: said.iat - Math.floor(now / 1000) }),
    }
    if (isOver) {
      change.note({ released: true, unspent, seats: await dropSeatShare(tx, row.license_id, id) })
      return {
        activation: await updateActivation(tx, id, {
          ...told,
          ...(row.released_at === null && { released_at: now, released_by: `device:${id}` }),
        }),
      }
    }
    const contacted = await updateActivation(tx, id, told)
    if (state !== 'live') return { activation: contacted }
    return withFile(authority, tx, change, license, contacted, { strict: NOT_STRICT, actor: `device:${id}` })
  })
}

async function readContact(
  { db, id: audience }: Authority,
  id: string,
  compact: string,
): Promise<{ row: ActivationRow; said: DeviceContact }> {
  try {
    if ((await unverifiedActivationOf(compact)) !== id) throw new ApiError('DEVICE_MESSAGE_FOR_ANOTHER')
    const row = await findActivation(db, id)
    // Whoever has no key of an activation learns of none.
    if (row === undefined) throw new ApiError('DEVICE_MESSAGE_INVALID')
    return { row, said: await verifyDeviceContact(compact, { audience, jwk: row.device_jwk }) }
  } catch (error) {
    throw error instanceof DeviceMessageError ? messageFault(error) : error
  }
}
