interface Details {
  BACKUP_LOCKED: undefined
  BACKUP_DAMAGED: undefined
  BACKUP_UNKNOWN_FORM: undefined
  BACKUP_NEWER: { migration: number }
  STORE_NOT_EMPTY: undefined
  IDENTITY_MALFORMED: undefined
}
export type BackupErrorCode = keyof Details

const MESSAGES: Record<BackupErrorCode, string> = {
  BACKUP_LOCKED: 'This passphrase or identity does not open the backup.',
  BACKUP_DAMAGED: 'The backup is cut off or was altered. Nothing of it is used: take another one.',
  BACKUP_UNKNOWN_FORM: 'The file opens, and holds no backup that this version of Writ knows.',
  BACKUP_NEWER: 'The backup was taken by a newer version of Writ. Restore it with that version.',
  STORE_NOT_EMPTY: 'There is an authority in this store. A backup is restored into an empty one only: name a new folder or database.',
  IDENTITY_MALFORMED: 'The identity file holds no age identity (AGE-SECRET-KEY-1…).',
}

/** Why a backup is not read or restored; told to the operator. Branch on `code`. */
export class BackupError<Code extends BackupErrorCode = BackupErrorCode> extends Error {
  override readonly name = 'BackupError'
  readonly code: Code
  readonly details: Details[Code]
  constructor(code: Code, details: Details[Code], options?: ErrorOptions) {
    super(MESSAGES[code], options)
    this.code = code
    this.details = details
  }
}
