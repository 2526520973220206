import type { Finding } from '@writ/terms'
import type { HeldShown } from '../guard/wire.ts'
import type { WorkloadFault } from '../licenses/activations/workload/verify.ts'

interface Details {
  REQUEST_INVALID: { errors: readonly FieldError[] }
  BODY_MALFORMED: undefined
  BODY_TOO_LARGE: undefined
  MEDIA_TYPE_UNSUPPORTED: undefined
  REQUEST_MALFORMED: undefined
  REQUEST_TIMEOUT: undefined
  HEADERS_TOO_LARGE: undefined
  CREDENTIAL_INVALID: undefined
  RATE_LIMITED: undefined
  ORIGIN_REFUSED: undefined
  SCOPE_MISSING: { scope: string }
  FACTS_WITHHELD: undefined
  ROUTE_UNKNOWN: undefined
  INTERNAL: undefined
  CURSOR_INVALID: undefined
  PRECONDITION_FAILED: undefined
  IDEMPOTENCY_KEY_INVALID: undefined
  IDEMPOTENCY_KEY_REUSED: undefined
  IDEMPOTENCY_KEY_IN_USE: undefined
  SETUP_CODE_INVALID: undefined
  API_KEY_UNKNOWN: undefined
  API_KEY_TOO_WIDE: undefined
  API_KEY_REVOKED: undefined
  BUILT_IN: undefined
  OWNER_REQUIRED: undefined
  LAST_OWNER: undefined
  ORGANIZATION_UNKNOWN: undefined
  ORGANIZATION_EXISTS: undefined
  RESOURCE_UNKNOWN: undefined
  RESOURCE_EXISTS: undefined
  CONSUME_ID_REUSED: undefined
  EVENT_ID_REUSED: undefined
  METER_UNKNOWN: undefined
  USAGE_AHEAD: undefined
  USAGE_BEFORE_LICENSE: undefined
  USAGE_TOO_LATE: undefined
  STATUS_LIST_UNKNOWN: undefined
  STATUS_TIME_UNSUPPORTED: undefined
  TOKEN_REFUSED: undefined
  TOKEN_TOO_LARGE: undefined
  RESERVATION_UNKNOWN: undefined
  RESERVATION_ID_REUSED: undefined
  RESERVATION_EXPIRED: undefined
  RESERVATION_CLOSED: undefined
  RESERVATION_EXCEEDED: undefined
  RESERVATION_SETTLED: undefined
  LEASE_UNKNOWN: undefined
  LEASE_ID_REUSED: undefined
  LEASE_CLOSED: undefined
  LEASE_EXCEEDED: undefined
  LEASE_SPENT: undefined
  LEASE_RUNNING: undefined
  QUOTA_NOT_HARD: undefined
  RATE_UNKNOWN: undefined
  REACH_TOO_NARROW: undefined
  TERMS_INVALID: { findings: readonly Finding[] }
  PRODUCT_MISMATCH: undefined
  PRODUCT_UNKNOWN: undefined
  EDITION_UNKNOWN: undefined
  PUBLICATION_PLAN_OUTDATED: undefined
  PUBLICATION_UNKNOWN: undefined
  NOTHING_TO_STAGE_ON: undefined
  ROLLOUT_UNKNOWN: undefined
  ROLLOUT_RUNNING: undefined
  ROLLOUT_OVER: undefined
  ROLLOUT_EDITION_OLD: undefined
  ROLLOUT_SHARE_FALLS: undefined
  PUBLICATION_OVER: undefined
  SIGN_OFF_NOT_YOURS: undefined
  IDENTITY_UNKNOWN: undefined
  IDENTITY_EXISTS: undefined
  IDENTITY_REVOKED: undefined
  IDENTITY_SUSPENDED: undefined
  IDENTITY_LINK_TAKEN: undefined
  MEMBERSHIP_UNKNOWN: undefined
  MEMBERSHIPS_TOO_MANY: undefined
  SIGNAL_UNKNOWN: undefined
  GRANT_UNKNOWN: undefined
  GRANT_EXISTS: undefined
  GRANT_TOO_LONG: undefined
  GRANT_SELF_APPROVED: undefined
  FEATURE_UNKNOWN: undefined
  COMMAND_UNKNOWN: undefined
  PLAN_UNKNOWN: { plans: readonly string[] }
  OVERRIDES_INVALID: { errors: readonly FieldError[] }
  LICENSE_UNKNOWN: undefined
  LICENSE_EXISTS: undefined
  LICENSE_REVOKED: undefined
  LICENSE_DATES_INVALID: undefined
  NO_TRIAL: undefined
  TRIAL_USED: undefined
  SEATS_EXHAUSTED: undefined
  SEAT_UNKNOWN: undefined
  SEAT_NOT_NEEDED: undefined
  LICENSE_FILE_TOO_LARGE: undefined
  ENCRYPTION_KEY_MALFORMED: undefined
  LICENSE_KEY_UNKNOWN: undefined
  ACTIVATION_UNKNOWN: undefined
  ACTIVATION_REQUEST_USED: undefined
  ACTIVATIONS_EXHAUSTED: { most: number }
  CHECK_OUT_TOO_LONG: { most_days: number }
  DEVICE_CLONED: undefined
  DEVICE_CONTACT_REPEATED: undefined
  DEVICE_MESSAGE_FOR_ANOTHER: undefined
  DEVICE_MESSAGE_INVALID: undefined
  DEVICE_MESSAGE_OUT_OF_TIME: { now: number }
  DEVICE_REVOKED: undefined
  SELF_RELEASES_EXHAUSTED: { self_releases: number; next?: number }
  /** Without a meter: of seats. */
  SHARE_UNAVAILABLE: { meter?: string; left: number }
  WORKLOAD_TOKEN_MISSING: undefined
  WORKLOAD_TOKEN_REFUSED: { fault: WorkloadFault }
  WORKLOAD_NOT_ALLOWED: undefined
  WORKLOAD_ISSUER_UNREACHABLE: undefined
  SIGNING_KEY_UNKNOWN: undefined
  FILE_LOG_UNKNOWN: undefined
  PASSPHRASE_TOO_SHORT: undefined
  AUDIT_UNKNOWN: undefined
  ROOT_TAKEN_OUT: undefined
  ROOT_BACKUP_UNFIT: undefined
  KEY_STATEMENT_UNFIT: undefined
  DATA_KEY_UNKNOWN: undefined
  DATA_KEY_IN_USE: undefined
  MASTER_KEY_UNKNOWN: undefined
  MASTER_KEY_UNCLEAR: undefined
  MASTER_KEY_UNAVAILABLE: undefined
  BACKUP_UNDER_WAY: undefined
  IMPORT_EXISTS: undefined
  IMPORT_UNKNOWN: undefined
  IMPORT_PLACE_WRONG: undefined
  IMPORT_DIFFERS: undefined
  IMPORT_UNDER_WAY: undefined
  IMPORT_UNREADABLE: { errors: readonly FieldError[] }
  CONFIRMATION_REQUIRED: HeldShown & {
    confirmation?: { readonly token: string; readonly expires_at: string }
    second_person?: true
    changed?: true
    taken_before?: number
    confirmed_before?: number
  }
  CHANGE_PARKED: HeldShown & { parked_change: string }
  CHANGE_UNKEEPABLE: HeldShown
  PARKED_CHANGES_TOO_MANY: undefined
  PARKED_CHANGE_UNKNOWN: undefined
  PARKED_CHANGE_OVER: undefined
  SECOND_PERSON_REQUIRED: undefined
  WEBHOOK_UNKNOWN: undefined
  WEBHOOK_DISABLED: undefined
  WEBHOOKS_TOO_MANY: undefined
  DELIVERY_UNKNOWN: undefined
  STORE_UNAVAILABLE: undefined
  STORE_FULL: undefined
}
export type ApiErrorCode = keyof Details

/** Where in the request, as a JSON pointer into the named part, and what is wrong there. Never the value. */
export interface FieldError {
  readonly in: 'body' | 'query' | 'path' | 'headers'
  readonly pointer: string
  readonly detail: string
  /** Of a fault that has a code of its own. */
  readonly code?: string
}

export const STATUS = {
  REQUEST_INVALID: 400,
  BODY_MALFORMED: 400,
  BODY_TOO_LARGE: 413,
  MEDIA_TYPE_UNSUPPORTED: 415,
  REQUEST_MALFORMED: 400,
  REQUEST_TIMEOUT: 408,
  HEADERS_TOO_LARGE: 431,
  CREDENTIAL_INVALID: 401,
  RATE_LIMITED: 429,
  ORIGIN_REFUSED: 403,
  SCOPE_MISSING: 403,
  FACTS_WITHHELD: 403,
  ROUTE_UNKNOWN: 404,
  INTERNAL: 500,
  CURSOR_INVALID: 400,
  PRECONDITION_FAILED: 412,
  IDEMPOTENCY_KEY_INVALID: 400,
  IDEMPOTENCY_KEY_REUSED: 422,
  IDEMPOTENCY_KEY_IN_USE: 409,
  SETUP_CODE_INVALID: 403,
  API_KEY_UNKNOWN: 404,
  API_KEY_TOO_WIDE: 403,
  API_KEY_REVOKED: 409,
  BUILT_IN: 403,
  OWNER_REQUIRED: 403,
  LAST_OWNER: 409,
  ORGANIZATION_UNKNOWN: 404,
  ORGANIZATION_EXISTS: 409,
  RESOURCE_UNKNOWN: 404,
  RESOURCE_EXISTS: 409,
  REACH_TOO_NARROW: 403,
  TERMS_INVALID: 422,
  PRODUCT_MISMATCH: 422,
  PRODUCT_UNKNOWN: 404,
  EDITION_UNKNOWN: 404,
  PUBLICATION_PLAN_OUTDATED: 409,
  PUBLICATION_UNKNOWN: 404,
  NOTHING_TO_STAGE_ON: 409,
  ROLLOUT_UNKNOWN: 404,
  ROLLOUT_RUNNING: 409,
  ROLLOUT_OVER: 409,
  ROLLOUT_EDITION_OLD: 409,
  ROLLOUT_SHARE_FALLS: 409,
  PUBLICATION_OVER: 409,
  SIGN_OFF_NOT_YOURS: 403,
  IDENTITY_UNKNOWN: 404,
  IDENTITY_EXISTS: 409,
  IDENTITY_REVOKED: 409,
  IDENTITY_SUSPENDED: 409,
  IDENTITY_LINK_TAKEN: 409,
  MEMBERSHIP_UNKNOWN: 404,
  MEMBERSHIPS_TOO_MANY: 422,
  SIGNAL_UNKNOWN: 404,
  GRANT_UNKNOWN: 404,
  GRANT_EXISTS: 409,
  GRANT_TOO_LONG: 422,
  GRANT_SELF_APPROVED: 422,
  FEATURE_UNKNOWN: 422,
  COMMAND_UNKNOWN: 422,
  CONSUME_ID_REUSED: 422,
  LEASE_UNKNOWN: 404,
  LEASE_ID_REUSED: 422,
  LEASE_CLOSED: 409,
  LEASE_EXCEEDED: 422,
  LEASE_SPENT: 422,
  LEASE_RUNNING: 409,
  QUOTA_NOT_HARD: 409,
  RATE_UNKNOWN: 409,
  EVENT_ID_REUSED: 422,
  METER_UNKNOWN: 404,
  USAGE_AHEAD: 422,
  USAGE_BEFORE_LICENSE: 422,
  USAGE_TOO_LATE: 422,
  STATUS_LIST_UNKNOWN: 404,
  STATUS_TIME_UNSUPPORTED: 501,
  TOKEN_REFUSED: 403,
  TOKEN_TOO_LARGE: 422,
  RESERVATION_UNKNOWN: 404,
  RESERVATION_ID_REUSED: 422,
  RESERVATION_EXPIRED: 409,
  RESERVATION_CLOSED: 409,
  RESERVATION_EXCEEDED: 422,
  RESERVATION_SETTLED: 422,
  PLAN_UNKNOWN: 422,
  OVERRIDES_INVALID: 422,
  LICENSE_UNKNOWN: 404,
  LICENSE_EXISTS: 409,
  LICENSE_REVOKED: 409,
  LICENSE_DATES_INVALID: 422,
  NO_TRIAL: 422,
  TRIAL_USED: 409,
  SEATS_EXHAUSTED: 409,
  SEAT_UNKNOWN: 404,
  SEAT_NOT_NEEDED: 422,
  LICENSE_FILE_TOO_LARGE: 422,
  ENCRYPTION_KEY_MALFORMED: 422,
  LICENSE_KEY_UNKNOWN: 404,
  ACTIVATION_UNKNOWN: 404,
  ACTIVATION_REQUEST_USED: 409,
  ACTIVATIONS_EXHAUSTED: 409,
  CHECK_OUT_TOO_LONG: 422,
  DEVICE_CLONED: 409,
  DEVICE_CONTACT_REPEATED: 409,
  DEVICE_MESSAGE_FOR_ANOTHER: 422,
  DEVICE_MESSAGE_INVALID: 422,
  DEVICE_MESSAGE_OUT_OF_TIME: 422,
  DEVICE_REVOKED: 409,
  SELF_RELEASES_EXHAUSTED: 409,
  SHARE_UNAVAILABLE: 409,
  WORKLOAD_TOKEN_MISSING: 422,
  WORKLOAD_TOKEN_REFUSED: 422,
  WORKLOAD_NOT_ALLOWED: 403,
  WORKLOAD_ISSUER_UNREACHABLE: 503,
  SIGNING_KEY_UNKNOWN: 404,
  FILE_LOG_UNKNOWN: 404,
  PASSPHRASE_TOO_SHORT: 422,
  AUDIT_UNKNOWN: 404,
  ROOT_TAKEN_OUT: 409,
  ROOT_BACKUP_UNFIT: 422,
  KEY_STATEMENT_UNFIT: 422,
  DATA_KEY_UNKNOWN: 404,
  DATA_KEY_IN_USE: 409,
  MASTER_KEY_UNKNOWN: 422,
  MASTER_KEY_UNCLEAR: 422,
  MASTER_KEY_UNAVAILABLE: 503,
  BACKUP_UNDER_WAY: 409,
  IMPORT_EXISTS: 409,
  IMPORT_UNKNOWN: 404,
  IMPORT_PLACE_WRONG: 409,
  IMPORT_DIFFERS: 409,
  IMPORT_UNDER_WAY: 409,
  IMPORT_UNREADABLE: 422,
  CONFIRMATION_REQUIRED: 409,
  CHANGE_PARKED: 409,
  CHANGE_UNKEEPABLE: 409,
  PARKED_CHANGES_TOO_MANY: 409,
  PARKED_CHANGE_UNKNOWN: 404,
  PARKED_CHANGE_OVER: 409,
  SECOND_PERSON_REQUIRED: 403,
  WEBHOOK_UNKNOWN: 404,
  WEBHOOK_DISABLED: 409,
  WEBHOOKS_TOO_MANY: 409,
  DELIVERY_UNKNOWN: 404,
  STORE_UNAVAILABLE: 503,
  STORE_FULL: 507,
} satisfies Record<ApiErrorCode, number>

export const TITLES: Record<ApiErrorCode, string> = {
  REQUEST_INVALID: 'The request does not have the expected form.',
  BODY_MALFORMED: 'The body is not JSON.',
  BODY_TOO_LARGE: 'The body is larger than this endpoint takes.',
  MEDIA_TYPE_UNSUPPORTED: 'The body is of no media type that this takes.',
  REQUEST_MALFORMED: 'This is no HTTP request, or one that can be read in two ways.',
  REQUEST_TIMEOUT: 'The request did not come whole in time.',
  HEADERS_TOO_LARGE: 'The path and the headers are larger than 16 KiB.',
  CREDENTIAL_INVALID: 'The request carries no valid credential.',
  RATE_LIMITED: 'Too many requests. Retry-After says when to go on.',
  ORIGIN_REFUSED: "A request with the console's cookie must come from the console's own page.",
  SCOPE_MISSING: 'The credential does not have the scope that this needs.',
  FACTS_WITHHELD: 'This API key is told no reasons, so it is told no facts either: it can ask, and not decide by itself.',
  ROUTE_UNKNOWN: 'There is nothing at this path with this method.',
  INTERNAL: 'Something went wrong on our side. The request id finds it in the log.',
  CURSOR_INVALID: 'The cursor was not given out by this endpoint.',
  PRECONDITION_FAILED: 'It has changed since it was read. Read it again and decide anew.',
  IDEMPOTENCY_KEY_INVALID: 'Idempotency-Key must be 1 to 255 printable ASCII characters.',
  IDEMPOTENCY_KEY_REUSED: 'This Idempotency-Key was used for another request.',
  IDEMPOTENCY_KEY_IN_USE: 'A request with this Idempotency-Key is under way.',
  SETUP_CODE_INVALID: 'The setup code is wrong, used, or too old, or setup is done.',
  API_KEY_UNKNOWN: 'There is no such API key.',
  API_KEY_TOO_WIDE: 'A credential cannot give more than it has.',
  API_KEY_REVOKED: 'The API key is revoked, and that is final.',
  BUILT_IN: 'This is what the authority has for itself: it alone makes and changes it.',
  OWNER_REQUIRED: 'Who runs this authority, and in which role, is for its owners to say.',
  LAST_OWNER: 'This is the last owner of the authority. Make another identity owner first.',
  ORGANIZATION_UNKNOWN: 'There is no such organization.',
  ORGANIZATION_EXISTS: 'There is an organization with this id already.',
  RESOURCE_UNKNOWN: 'There is no such resource.',
  RESOURCE_EXISTS: 'There is a resource with this id already.',
  REACH_TOO_NARROW: 'This reaches further than the credential sees.',
  TERMS_INVALID: 'The terms have faults. Each is named at its place.',
  PRODUCT_MISMATCH: 'The terms are of another product than the path.',
  PRODUCT_UNKNOWN: 'There is no such product.',
  EDITION_UNKNOWN: 'There is no such edition of the product.',
  PUBLICATION_UNKNOWN: 'There is no such publication.',
  PUBLICATION_OVER: 'It is published, refused or withdrawn already.',
  NOTHING_TO_STAGE_ON: 'The first edition of a product cannot be staged: there is nothing else for licences to be on.',
  ROLLOUT_UNKNOWN: 'There is no such roll-out of this product.',
  ROLLOUT_RUNNING:
    'An edition of this product is being rolled out. Promote it or roll it back first, and wait until no licence is on its way (`is_moving`).',
  ROLLOUT_OVER: 'The roll-out is past that: it is promoted or rolled back.',
  ROLLOUT_EDITION_OLD: 'Only the newest edition is rolled out, or one that was staged after it.',
  ROLLOUT_SHARE_FALLS: 'The share of a roll-out only rises. To take licences back, roll it back.',
  SIGN_OFF_NOT_YOURS:
    'It is signed off in the roles that it names, each by a person who has that role in the authority, with a key that acts for them.',
  PUBLICATION_PLAN_OUTDATED: 'This is not what was planned: other terms, or another edition was published since.',
  IDENTITY_UNKNOWN: 'There is no such identity.',
  IDENTITY_EXISTS: 'There is an identity with this id already.',
  IDENTITY_SUSPENDED: 'The identity is suspended, and holds no seat until it is resumed.',
  IDENTITY_REVOKED: 'The identity is revoked, and that is final.',
  IDENTITY_LINK_TAKEN: 'Another identity has this issuer and subject.',
  MEMBERSHIP_UNKNOWN: 'The identity is no member of the organization.',
  MEMBERSHIPS_TOO_MANY: 'An identity belongs to at most 256 organizations.',
  SIGNAL_UNKNOWN: 'There is no such signal.',
  GRANT_UNKNOWN: 'There is no such grant.',
  GRANT_EXISTS: 'There is a grant with this id already.',
  GRANT_TOO_LONG: 'The grant is longer than the terms allow.',
  GRANT_SELF_APPROVED: 'Nobody approves their own grant.',
  FEATURE_UNKNOWN: 'There is no such feature, or several products have one of this name.',
  COMMAND_UNKNOWN: 'The feature has no such command.',
  LEASE_UNKNOWN: 'There is no such lease.',
  LEASE_ID_REUSED: 'This id was used for a lease of something else.',
  LEASE_CLOSED: 'The lease is closed, or too old to be corrected, and that is final.',
  LEASE_EXCEEDED: 'More than was granted cannot have been spent.',
  LEASE_SPENT: 'More of it was reported as spent already, and what is spent stays so.',
  LEASE_RUNNING: 'The enforcer may still spend of this lease. What it spent can be said for it once the lease is over.',
  QUOTA_NOT_HARD: 'The feature has no hard quota in this licence, so there is nothing to lease.',
  RATE_UNKNOWN: 'The feature has no such rate in this licence, or the licence may not be used now: there is no part of it to lease.',
  STATUS_LIST_UNKNOWN: 'There is no such status list.',
  STATUS_TIME_UNSUPPORTED: 'Status lists of the past are not kept.',
  TOKEN_REFUSED: 'Nothing is open to this identity now, so there is nothing to sign.',
  TOKEN_TOO_LARGE: 'All of this is too much for one token: name fewer features or resources.',
  RESERVATION_UNKNOWN: 'There is no such reservation.',
  RESERVATION_ID_REUSED: 'This id was used for another reservation.',
  RESERVATION_EXPIRED: 'The reservation has ended, and what was not settled is free again. Ask anew for what was used.',
  RESERVATION_CLOSED: 'The reservation was settled or released before, with another amount, and that is final.',
  RESERVATION_EXCEEDED: 'More than was reserved cannot be settled. Reserve the rest first.',
  RESERVATION_SETTLED: 'More of it is settled already, and what is settled stays so.',
  CONSUME_ID_REUSED: 'This consume.id was used for another question.',
  EVENT_ID_REUSED: 'An event of this source and id was counted before, with another meter, amount or time.',
  METER_UNKNOWN: 'The terms of the licence have no such meter.',
  USAGE_AHEAD: 'The time of the event is still to come. Set the clock right, or send it again then.',
  USAGE_BEFORE_LICENSE: 'The event is from before the licence starts.',
  USAGE_TOO_LATE: 'The window of its own time is closed for corrections. With late=book it is counted in the one that is open.',
  PLAN_UNKNOWN: 'The edition has no such plan.',
  OVERRIDES_INVALID: 'The overrides do not fit the plan. Each fault is named at its place.',
  LICENSE_UNKNOWN: 'There is no such licence.',
  LICENSE_EXISTS: 'There is a licence with this id already.',
  LICENSE_REVOKED: 'The licence is revoked, and that is final.',
  LICENSE_DATES_INVALID: 'The dates do not fit together.',
  NO_TRIAL: 'The plan has no trial.',
  TRIAL_USED: 'A trial of this product was given before, and it is given once.',
  SEATS_EXHAUSTED: 'No seat of this licence is free.',
  SEAT_UNKNOWN: 'The identity holds no seat of this licence.',
  SEAT_NOT_NEEDED: 'The licence has no seats for identities of this kind.',
  ENCRYPTION_KEY_MALFORMED: 'This is no public key on the curve P-256.',
  LICENSE_FILE_TOO_LARGE:
    'The license file would be larger than 64 KiB. Name fewer identities or resources, or let the application assert them.',
  LICENSE_KEY_UNKNOWN: 'The licence has no such key.',
  ACTIVATION_UNKNOWN: 'There is no such activation.',
  ACTIVATION_REQUEST_USED: 'This request was used, and what it made is over. Let the device write a new one.',
  ACTIVATIONS_EXHAUSTED: 'The licence is activated on as many devices as it may be. Release one first.',
  CHECK_OUT_TOO_LONG: 'A file of this licence is not checked out for so many days.',
  DEVICE_CLONED:
    'Two devices used one key, so neither is given a file. Release the activation, and activate each device anew with a key of its own.',
  DEVICE_CONTACT_REPEATED:
    'This contact was answered before, and later ones since. It changes nothing. Let the device make contact anew; if that is refused as well, release the activation, and activate the device with a key of its own.',
  DEVICE_MESSAGE_FOR_ANOTHER: 'The device signed this for another authority or activation.',
  DEVICE_MESSAGE_INVALID: 'This is nothing that an activated device signed, or its signature does not hold.',
  DEVICE_MESSAGE_OUT_OF_TIME: 'The device signed this too long ago, or its clock is off. Let it write a new one.',
  DEVICE_REVOKED: 'The device was revoked for this licence, and that is final.',
  SELF_RELEASES_EXHAUSTED: 'No more releases are left to the customer for now. The vendor can release it.',
  SHARE_UNAVAILABLE: 'So much of the quota, or so many of the seats, cannot be given to a device. Ask for less.',
  WORKLOAD_TOKEN_MISSING: 'This place is that of a workload. Send a token of its platform along.',
  WORKLOAD_TOKEN_REFUSED: 'The workload identity token does not hold here.',
  WORKLOAD_NOT_ALLOWED: 'The licence is activated by other workloads than this one.',
  WORKLOAD_ISSUER_UNREACHABLE: 'The keys of the platform that issued the workload identity token cannot be had now. Try again.',
  SIGNING_KEY_UNKNOWN: 'There is no such signing key.',
  FILE_LOG_UNKNOWN: 'There is no revoked key of license files with this id, or its list has no such part.',
  ROOT_TAKEN_OUT: 'The root key is kept outside the store, and this needs it. Sign with its backup, or bring it back.',
  ROOT_BACKUP_UNFIT: 'This is no backup of the root of this authority, or the passphrase does not open it.',
  KEY_STATEMENT_UNFIT: 'This is not what the root of this authority says of that key, for its whole term.',
  DATA_KEY_UNKNOWN: 'There is no such data key.',
  DATA_KEY_IN_USE: 'The data key seals, or stopped less than an hour ago, or something is still sealed by it.',
  MASTER_KEY_UNKNOWN: 'No other master key is configured, or none of this id. Configure it beside the one in use first.',
  MASTER_KEY_UNCLEAR: 'Several other master keys are configured. Name the one to go to.',
  MASTER_KEY_UNAVAILABLE: 'The master key cannot be used now. The log says why.',
  PASSPHRASE_TOO_SHORT: 'A passphrase has at least 12 characters.',
  AUDIT_UNKNOWN: 'There is no such row in the audit.',
  BACKUP_UNDER_WAY: 'This node is taking a backup already. Wait for that one.',
  IMPORT_EXISTS: 'There is another import with this id already.',
  IMPORT_UNKNOWN: 'There is no such import.',
  IMPORT_PLACE_WRONG: 'Rows are sent from the first, or after those that are done. Read the import to see how many are.',
  IMPORT_DIFFERS: 'These are not the rows that were sent before under this id.',
  IMPORT_UNDER_WAY: 'Somebody else sends rows of this import at this moment.',
  IMPORT_UNREADABLE: 'From some line on nothing can be read. The rows before it are done.',
  CONFIRMATION_REQUIRED: 'This takes access from more than a few: look at the impact, and send it again with the confirmation.',
  CHANGE_PARKED: 'This takes access from so many that somebody else confirms it: it waits, and is done when they do.',
  CHANGE_UNKEEPABLE:
    'This takes access from so many that somebody else has to confirm it, and is too much to be kept until they do: send fewer rows at once, with after and more.',
  PARKED_CHANGES_TOO_MANY:
    'Of what this key asked for as much waits for somebody else as there can be. Have some of it confirmed or discarded first.',
  PARKED_CHANGE_UNKNOWN: 'There is no such parked change.',
  PARKED_CHANGE_OVER: 'It was confirmed or discarded before, or waited too long.',
  SECOND_PERSON_REQUIRED: 'Somebody else than who asked for it confirms it, with another key and as another identity, and a person.',
  WEBHOOK_UNKNOWN: 'There is no such webhook.',
  WEBHOOK_DISABLED: 'The webhook is disabled. Enable it first.',
  WEBHOOKS_TOO_MANY: 'There are as many webhooks as there can be. Delete one that is no longer needed.',
  DELIVERY_UNKNOWN: 'The webhook has no delivery of this event.',
  STORE_UNAVAILABLE: 'The store cannot be reached. Nothing was done, unless a retry under the same Idempotency-Key says otherwise.',
  STORE_FULL: 'The store has no room left. Nothing was done; decisions that take nothing go on.',
}

/** What a caller is told: sent as a problem (RFC 9457). Its texts are fixed, so that no key and nobody's data travels in them. */
export class ApiError<Code extends ApiErrorCode = ApiErrorCode> extends Error {
  override readonly name = 'ApiError'
  readonly code: Code
  readonly details: Details[Code] | undefined
  constructor(
    code: Code,
    ...rest: Details[Code] extends undefined ? [options?: ErrorOptions] : [details: Details[Code], options?: ErrorOptions]
  ) {
    const [first, second] = rest
    const hasDetails = NEEDS_DETAILS.has(code)
    super(TITLES[code], (hasDetails ? second : first) as ErrorOptions | undefined)
    this.code = code
    this.details = hasDetails ? (first as Details[Code]) : undefined
  }
}

const NEEDS_DETAILS: ReadonlySet<ApiErrorCode> = new Set([
  'ACTIVATIONS_EXHAUSTED',
  'CHECK_OUT_TOO_LONG',
  'CHANGE_PARKED',
  'CHANGE_UNKEEPABLE',
  'CONFIRMATION_REQUIRED',
  'DEVICE_MESSAGE_OUT_OF_TIME',
  'IMPORT_UNREADABLE',
  'OVERRIDES_INVALID',
  'PLAN_UNKNOWN',
  'REQUEST_INVALID',
  'SCOPE_MISSING',
  'SELF_RELEASES_EXHAUSTED',
  'SHARE_UNAVAILABLE',
  'WORKLOAD_TOKEN_REFUSED',
  'TERMS_INVALID',
])
