interface Details {
  CONFIG_INVALID: { problems: readonly string[] }
  STORE_IN_USE: { folder: string; pid: number; host: string }
  STORE_NEWER: { migration: number }
  MASTER_KEY_MISSING: { file: string }
  MASTER_KEY_EXPOSED: { file: string }
  MASTER_KEY_MALFORMED: { file: string }
  MASTER_KEY_TOKEN_UNREADABLE: { file: string }
  MASTER_KEY_SERVICE_UNREACHABLE: { url: string }
  MASTER_KEY_SERVICE_REFUSED: { url: string; status: number }
  MASTER_KEY_WRONG: { file: string; needed?: string; found: readonly string[] }
  MASTER_KEY_BESIDE_DATA: { file: string }
  TLS_FILE_UNREADABLE: { file: string }
  TLS_PAIR_INVALID: { cert: string; key: string }
  BOOTSTRAP_FILE_TAKEN: { file: string }
  OWN_NAME_TAKEN: { what: 'product' | 'organization' | 'licence' }
}
export type StartErrorCode = keyof Details

const MESSAGES: Record<StartErrorCode, string> = {
  CONFIG_INVALID: 'The configuration is not usable.',
  STORE_IN_USE: 'Another process has this data folder open. Two on one folder would lose writes: stop the other one first.',
  STORE_NEWER: 'The store was written by a newer version of Writ. Start that version, or restore a backup.',
  MASTER_KEY_MISSING: 'This store was sealed with a master key whose file is not there. Set WRIT_MASTER_KEY_FILE to it.',
  MASTER_KEY_EXPOSED: 'The master key file can be read by others. Make it 0600.',
  MASTER_KEY_MALFORMED: 'The master key file does not hold a master key.',
  MASTER_KEY_TOKEN_UNREADABLE: 'The file of WRIT_MASTER_KEY_TOKEN_FILE cannot be read, or holds no token.',
  MASTER_KEY_SERVICE_UNREACHABLE: 'The service that has the master key does not answer. Without it a start opens nothing.',
  MASTER_KEY_SERVICE_REFUSED:
    'The service that has the master key refuses: is the key there, the token good, and may it encrypt and decrypt?',
  MASTER_KEY_WRONG: 'None of the master keys that are configured opens this store: it was wrapped by another.',
  MASTER_KEY_BESIDE_DATA: 'The master key must lie outside the data folder: a copy of the folder would carry its own key.',
  TLS_FILE_UNREADABLE: 'A file of WRIT_TLS_CERT or WRIT_TLS_KEY cannot be read.',
  TLS_PAIR_INVALID: 'WRIT_TLS_CERT and WRIT_TLS_KEY are no certificate with its key, in PEM.',
  BOOTSTRAP_FILE_TAKEN: 'The file for the bootstrap key holds something else. Name another file.',
  OWN_NAME_TAKEN: 'The store has a product, organization or licence called writ, which is the name of what an authority has for itself.',
}

/** Why an authority does not start; read by the operator, never sent to a caller. Branch on `code`. */
export class StartError<Code extends StartErrorCode = StartErrorCode> extends Error {
  override readonly name = 'StartError'
  readonly code: Code
  readonly details: Details[Code]
  constructor(code: Code, details: Details[Code], options?: ErrorOptions) {
    super(MESSAGES[code], options)
    this.code = code
    this.details = details
  }
}
