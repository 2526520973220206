import type { Holder } from '../../node/folder-lock.ts'

interface Details {
  /** No record of this device: it was altered, it is of another application, or it is broken. Activate again in an empty folder. */
  DEVICE_RECORD_UNREADABLE: undefined
  /** A later version of this package wrote it: go on with that, and do not roll it back. */
  DEVICE_RECORD_NEWER: { readonly version: number }
  DEVICE_RECORD_UNWRITABLE: { readonly why: string | undefined }
  /** Another process has the folder open, or had it on another host: then remove the file `lock` when you know that it is gone. */
  DEVICE_IN_USE: { readonly pid: number; readonly host: string }
  /** By this process, with `close`, `forget` or `checkIn`: open it again. What was under way may have reached the authority, and is then said again. */
  DEVICE_CLOSED: undefined
  DEVICE_NOT_ACTIVATED: undefined
  /** It said that it gives its place back, and may not use it since. */
  DEVICE_LEAVING: undefined
  DEVICE_OPTION_INVALID: { readonly option: string }
  /** The authority said no. `code` is that of its problem. */
  ACTIVATION_REFUSED: { readonly status: number; readonly code: string; readonly problem: Readonly<Record<string, unknown>> }
  /** Or `workload` or the signer, whose answer it waits for, did not answer within 30 seconds; `cause` says what it was. */
  AUTHORITY_UNREACHABLE: undefined
  /** The authority was reached, and gave no file. */
  ANSWER_MALFORMED: undefined
  /** What was handed in is no file for this device; `cause` says why. */
  LICENSE_FILE_REFUSED: { readonly code: string }
  /** `unknown`: it is a code, and of no node of this pool. */
  UNLOCK_CODE_REFUSED: { readonly fault: 'bad_character' | 'wrong_length' | 'typo' | 'unknown' }
}
export type DeviceErrorCode = keyof Details

const MESSAGES: Record<DeviceErrorCode, string> = {
  DEVICE_RECORD_UNREADABLE: 'The record of this device was altered, or is of another application. Activate again in an empty folder.',
  DEVICE_RECORD_NEWER: 'The record of this device was written by a later version.',
  DEVICE_RECORD_UNWRITABLE: 'The record of this device cannot be written.',
  DEVICE_IN_USE: 'Another process has this device open.',
  DEVICE_CLOSED: 'This device was closed, and is to be opened again.',
  DEVICE_NOT_ACTIVATED: 'This device is not activated.',
  DEVICE_LEAVING: 'This device gave its place back, and is to be activated again.',
  DEVICE_OPTION_INVALID: 'An option is missing or out of its range.',
  ACTIVATION_REFUSED: 'The authority was reached, and refused.',
  AUTHORITY_UNREACHABLE: 'The authority could not be reached.',
  ANSWER_MALFORMED: 'What answered is not an authority, or not one of this version.',
  LICENSE_FILE_REFUSED: 'This is no license file for this device.',
  UNLOCK_CODE_REFUSED: 'The code was mistyped, or is of no node of this pool.',
}

/** What a device throws. Branch on `code`: it is API. */
export class DeviceError<Code extends DeviceErrorCode = DeviceErrorCode> extends Error {
  override readonly name = 'DeviceError'
  readonly code: Code
  readonly details: Details[Code]
  constructor(code: Code, details: Details[Code], options?: ErrorOptions) {
    super(MESSAGES[code], options)
    this.code = code
    this.details = details
  }
}

/** Two processes would spend the share of one device twice. */
export function inUse({ pid, host }: Holder): DeviceError<'DEVICE_IN_USE'> {
  return new DeviceError('DEVICE_IN_USE', { pid, host })
}

export const DEVICE_ERROR_CODES = Object.keys(MESSAGES) as readonly DeviceErrorCode[]
