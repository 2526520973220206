interface Details {
  /** The path of the first fault; empty: the text as a whole, or its signature. */
  DEVICE_MESSAGE_INVALID: { path: string }
  DEVICE_MESSAGE_FOR_ANOTHER: undefined
  /** Epoch seconds, by the clock of the reader. */
  DEVICE_MESSAGE_OUT_OF_TIME: { now: number }
}
export type DeviceMessageErrorCode = keyof Details

const MESSAGES: Record<DeviceMessageErrorCode, string> = {
  DEVICE_MESSAGE_INVALID: 'This is no message of a device, or its signature does not hold.',
  DEVICE_MESSAGE_FOR_ANOTHER: 'The message is for another authority.',
  DEVICE_MESSAGE_OUT_OF_TIME: 'The message is too old, or from the future.',
}

/** What is wrong with a message of a device. Branch on `code`. */
export class DeviceMessageError<Code extends DeviceMessageErrorCode = DeviceMessageErrorCode> extends Error {
  override readonly name = 'DeviceMessageError'
  readonly code: Code
  readonly details: Details[Code]
  constructor(code: Code, details: Details[Code], options?: ErrorOptions) {
    super(MESSAGES[code], options)
    this.code = code
    this.details = details
  }
}
