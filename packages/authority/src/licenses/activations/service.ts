import type { Instant } from '@writ/engine'
import {
  type ActivationRequest,
  DEVICE_SKEW_SECONDS,
  DeviceMessageError,
  type EncryptionJwk,
  readRequestText,
  verifyActivationRequest,
} from '@writ/license'
import { ApiError } from '../../app/api-error.ts'
import type { Authority } from '../../app/authority.ts'
import type { Tx } from '../../app/database.ts'
import { makeId } from '../../app/ids.ts'
import type { Listing, Slice } from '../../app/listing.ts'
import type { Draft } from '../../changes/draft.ts'
import type { By, Deed } from '../../changes/mutate.ts'
import type { Reach } from '../../enforcers/scope.ts'
import { USAGE } from '../../usage/ledger.ts'
import { encrypted, fileWithin, type IssuedFile } from '../files.ts'
import { soldAs } from '../license.ts'
import { readLicense } from '../service.ts'
import { findLicense, type LicenseRow, lockLicense } from '../store.ts'
import { type Asked, DEFAULT_SEATS, type Rules, type Share, stateOf } from './activation.ts'
import { type Caller, isCustomer, messageFault, rulesOf } from './caller.ts'
import { releaseWithin } from './release.ts'
import { holdSeatShare, sharedSeats } from './seat-shares.ts'
import { holdShare } from './shares.ts'
import {
  type ActivationRow,
  type ActivationSort,
  countLive,
  findActivation,
  findOfDevice,
  heardOfLongestAgo,
  insertActivation,
  isDeviceRevoked,
  listActivations,
  putRules,
  updateActivation,
  useRequest,
} from './store.ts'
import { isStill, mayActivate } from './workload/place.ts'
import { verifyWorkload } from './workload/verify.ts'

export interface Activate {
  /** What the device signed; compact, or in armour. */
  readonly request: string
  /** Absent: that of the license key. */
  readonly license?: string
  /** Absent: as the device calls itself. */
  readonly name?: string
  readonly identities?: Asked['identities']
  readonly resources?: readonly string[]
  readonly days?: number
  readonly share?: Share
  /** The key that alone reads the answer. */
  readonly encryptTo?: EncryptionJwk
  /** The activation whose place this device takes. */
  readonly replaces?: string
}

export interface Activated {
  readonly activation: ActivationRow
  readonly file: IssuedFile
}

/**
 * Gives a device a place in a licence, and a license file that is bound to its key. The same request sent again is given what it made.
 * @throws {ApiError} ACTIVATION_REQUEST_INVALID, LICENSE_UNKNOWN, LICENSE_REVOKED, ACTIVATIONS_EXHAUSTED, DEVICE_REVOKED, DEVICE_CLONED,
 *   SHARE_UNAVAILABLE, ACTIVATION_UNKNOWN (replaces), WORKLOAD_*, and what issuing a file throws
 */
export async function activate(authority: Authority, caller: Caller, input: Activate): Promise<Activated> {
  const request = await readRequest(authority, input.request)
  const workload = request.workload === undefined ? undefined : await verifyWorkload(authority, request.workload)
  const license = caller.license ?? input.license
  if (license === undefined) throw missing('/license')
  if (caller.license !== undefined && input.license !== undefined && input.license !== caller.license) throw new ApiError('LICENSE_UNKNOWN')
  const { organization } =
    caller.license === undefined ? await readLicense(authority, caller.reach, license) : await ofKey(authority, license)
  const deed: Deed = { action: 'activation.create', subject: `license:${license}`, ...(organization !== null && { organization }) }
  const asksSeats = input.share?.seats ?? request.share?.seats
  const anew = async (tx: Tx, change: Draft, row: LicenseRow, known: ActivationRow | undefined, isReplay = false) => {
    if (known !== undefined) isStill(known, workload)
    // Of its seats a device may ask for another number; what it was given of quotas stays.
    const seats = isReplay || asksSeats === known?.share.seats ? undefined : asksSeats
    const activation = known && seats !== undefined ? { ...known, share: { ...known.share, seats } } : known
    return again(authority, tx, change, caller, row, activation, { ...NOT_STRICT, seats: seats !== undefined })
  }
  const placed = async (tx: Tx, change: Draft): Promise<Activated> => {
    const now = authority.clock()
    const row = await lockStanding(tx, license)
    const id = makeId('act')
    const until = (request.exp + DEVICE_SKEW_SECONDS + 1) * 1000
    const before = await useRequest(tx, { device_key: request.deviceKey, jti: request.jti, activation_id: id, until }, now)
    if (before !== undefined) return anew(tx, change, row, await findActivation(tx, before), true)
    if (await isDeviceRevoked(tx, license, request.deviceKey)) throw new ApiError('DEVICE_REVOKED')
    const known = await findOfDevice(tx, license, request.deviceKey)
    const state = known && stateOf(known, now)
    if (known !== undefined && (state === 'live' || state === 'cloned')) return anew(tx, change, row, known)
    if (known !== undefined && state === 'ended')
      await updateActivation(tx, known.id, { released_at: known.ends_at, released_by: 'its end' })

    const rules = await rulesOf(tx, license)
    mayActivate(rules, workload)
    if (input.replaces !== undefined) {
      const old = await findActivation(tx, input.replaces)
      if (old === undefined || old.license_id !== license || stateOf(old, now) === 'released') throw new ApiError('ACTIVATION_UNKNOWN')
      await releaseWithin(tx, change, old, { caller, rules, now })
      change.note({ replaces: old.id })
    }
    // A workload that was started anew goes on in a place of its own, and takes no other's.
    const sibling = workload && (await heardOfLongestAgo(tx, license, workload, now))
    if ((await countLive(tx, license, now)) >= rules.most) {
      if (sibling === undefined) throw new ApiError('ACTIVATIONS_EXHAUSTED', { most: rules.most })
      await updateActivation(tx, sibling, { released_at: now, released_by: 'its workload, started anew' })
      change.note({ continues: sibling })
    }
    const days = input.days
    if (days !== undefined && days > rules.most_days) throw new ApiError('CHECK_OUT_TOO_LONG', { most_days: rules.most_days })
    const asked: Asked = {
      // A customer may be told less of people than the vendor says, and nothing of what else there is.
      identities: isCustomer(caller) && rules.identities === 'roster' ? 'roster' : (input.identities ?? rules.identities),
      ...(input.resources !== undefined && !isCustomer(caller) && { resources: input.resources }),
      ...(request.fingerprint !== undefined && { fingerprint: request.fingerprint }),
      ...(days !== undefined && { days }),
    }
    const quotas = input.share?.quotas ?? request.share?.quotas ?? rules.share?.quotas
    const seats = asksSeats ?? (sharedSeats(authority, row) && (rules.share?.seats ?? DEFAULT_SEATS))
    const share: Share = { ...(seats !== undefined && { seats }), ...(quotas !== undefined && { quotas }) }
    const { deviceKey, jwk } = request
    const made: ActivationRow = {
      id,
      license_id: license,
      device_key: deviceKey,
      device_jwk: jwk,
      name: input.name ?? request.name,
      asked,
      share,
      created_at: now,
      created_by: caller.by.actor,
      ends_at: days === undefined ? null : now + days * DAY,
      file_until: null,
      counter: 0,
      last_contact: null,
      last_contact_at: null,
      clock_offset: null,
      cloned_at: null,
      released_at: null,
      released_by: null,
      is_self_service: false,
      revoked_at: null,
      workload_issuer: workload?.issuer ?? null,
      workload_subject: workload?.subject ?? null,
    }
    await insertActivation(tx, made)
    change.note({ activation: id, device_key: deviceKey, name: made.name, ...(workload !== undefined && { workload }) })
    // What the one before it held is held until its file is over; meanwhile it has what there is.
    const isNew = sibling === undefined
    const strict = { quotas: isNew, seats: isNew && (asksSeats ?? rules.share?.seats) !== undefined && seats !== undefined }
    return withFile(authority, tx, change, row, made, { strict, actor: caller.by.actor })
  }
  return authority.mutate({ ...caller.by, dryRun: false }, deed, async (tx, change) => {
    const { activation, file } = await placed(tx, change)
    return { activation, file: input.encryptTo === undefined ? file : { ...file, file: await encrypted(file.file, input.encryptTo) } }
  })
}

const DAY = 86_400_000

/** A device that is activated already is given another file, at no other place. */
async function again(
  authority: Authority,
  tx: Tx,
  change: Draft,
  caller: Caller,
  row: LicenseRow,
  known: ActivationRow | undefined,
  strict: typeof NOT_STRICT,
): Promise<Activated> {
  const state = known && known.license_id === row.id ? stateOf(known, authority.clock()) : undefined
  if (known === undefined || state === undefined || state === 'released' || state === 'ended') throw new ApiError('ACTIVATION_REQUEST_USED')
  if (state === 'revoked') throw new ApiError('DEVICE_REVOKED')
  if (state === 'cloned') throw new ApiError('DEVICE_CLONED')
  change.note({ activation: known.id, again: true })
  return withFile(authority, tx, change, row, known, { strict, actor: caller.by.actor })
}

/** Of what was given once, as much is given again as there is. */
export const NOT_STRICT = { quotas: false, seats: false }

/** Signs the next file of an activation, with as much of its share as can be held for as long as that file is good. */
export async function withFile(
  authority: Authority,
  tx: Tx,
  change: Draft,
  row: LicenseRow,
  activation: ActivationRow,
  { strict, actor }: { readonly strict: typeof NOT_STRICT; readonly actor: string },
): Promise<Activated> {
  const now = authority.clock()
  const { asked, share, device_key } = activation
  const until = fileUntil(authority, row, activation, now)
  const holding = { activation: activation.id, now, until }
  // Seats before counters, as a commit of the ledger locks them.
  const seats = await holdSeatShare(authority, tx, row, { ...holding, seats: share.seats ?? DEFAULT_SEATS }, strict.seats)
  const quotas = await holdShare(authority, tx, row, { ...holding, quotas: share.quotas ?? {} }, strict.quotas)
  const held: Share = { ...(seats !== undefined && { seats }), ...(Object.keys(quotas).length > 0 && { quotas }) }
  const { roster, ...file } = await fileWithin(
    authority,
    tx,
    row,
    {
      identities: asked.identities,
      ...(asked.resources !== undefined && { resources: asked.resources }),
      activation: activation.id,
      binding: { device_key, ...(asked.fingerprint !== undefined && { fingerprint: asked.fingerprint }) },
      ...(Object.keys(held).length > 0 && { share: held }),
      ...(activation.ends_at !== null && { offlineSeconds: Math.max(1, Math.floor((activation.ends_at - now) / 1000)) }),
    },
    actor,
  )
  change.touch(USAGE, row.id)
  change.note({ file: file.id, kid: file.kid, sha256: file.sha256, identities: asked.identities, roster, share: held })
  const told = { share, file_until: Math.max(until, activation.file_until ?? 0) }
  return { activation: await updateActivation(tx, activation.id, told), file }
}

/** When a file that is issued now says no by itself: nothing of a share is spent from then on. */
function fileUntil({ world }: Authority, row: LicenseRow, { ends_at }: ActivationRow, now: Instant): Instant {
  const { offlineSeconds, expirySeconds } = soldAs(world, row).plan.plan.grace
  const offline = ends_at ?? now + offlineSeconds * 1000
  const end = Math.min(row.ends ?? Number.POSITIVE_INFINITY, row.trial_ends ?? Number.POSITIVE_INFINITY) + expirySeconds * 1000
  return Math.min(offline, end)
}

/** @throws {ApiError} LICENSE_UNKNOWN, LICENSE_REVOKED */
export async function lockStanding(tx: Tx, license: string): Promise<LicenseRow> {
  const row = await lockLicense(tx, license)
  if (row === undefined) throw new ApiError('LICENSE_UNKNOWN')
  if (row.revoked_at !== null) throw new ApiError('LICENSE_REVOKED')
  return row
}

export async function pageOfActivations(
  { db, clock }: Authority,
  reach: Reach,
  filter: { license?: string; organization?: string; state?: 'live' | 'over' },
  listing: Listing<ActivationSort>,
): Promise<Slice<ActivationRow>> {
  return listActivations(db, reach, { ...filter, now: clock() }, listing)
}

/** @throws {ApiError} LICENSE_UNKNOWN */
export async function readRules(authority: Authority, reach: Reach, license: string): Promise<Rules> {
  await readLicense(authority, reach, license)
  return rulesOf(authority.db, license)
}

/** @throws {ApiError} LICENSE_UNKNOWN */
export async function replaceRules(authority: Authority, by: By, reach: Reach, license: string, rules: Rules): Promise<Rules> {
  const { organization } = await readLicense(authority, reach, license)
  const deed: Deed = { action: 'activation_rules.replace', subject: `license:${license}`, ...(organization !== null && { organization }) }
  return authority.mutate(by, deed, async (tx, change) => {
    if ((await lockLicense(tx, license)) === undefined) throw new ApiError('LICENSE_UNKNOWN')
    await putRules(tx, license, rules)
    change.note({ rules })
    return rules
  })
}

async function ofKey({ db }: Authority, license: string): Promise<Pick<LicenseRow, 'organization'>> {
  const row = await findLicense(db, license)
  if (row === undefined) throw new ApiError('LICENSE_UNKNOWN')
  return row
}

async function readRequest({ id, clock }: Authority, text: string): Promise<ActivationRequest & { deviceKey: string }> {
  try {
    return await verifyActivationRequest(readRequestText(text), { audience: id, now: Math.floor(clock() / 1000) })
  } catch (error) {
    throw error instanceof DeviceMessageError ? messageFault(error) : error
  }
}

function missing(pointer: string): ApiError {
  return new ApiError('REQUEST_INVALID', { errors: [{ in: 'body', pointer, detail: 'is needed with an API key' }] })
}
