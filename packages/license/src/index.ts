export { checkBinding, type DeviceFacts, fingerprintComponent } from './binding.ts'
export { type Binding, type Holder, type LicenseClaims, MAX_FILE_LENGTH, type RosterEntry, type StatusReference } from './claims.ts'
export {
  type ActivationRequest,
  armorRequest,
  DEVICE_SKEW_SECONDS,
  type DeviceContact,
  MAX_REQUEST_SECONDS,
  proveDeviceKey,
  readRequestText,
  type SpentUnits,
  signActivationRequest,
  signDeviceContact,
  unverifiedActivationOf,
  verifyActivationRequest,
  verifyDeviceContact,
  type WantedShare,
} from './device-message.ts'
export { DeviceMessageError, type DeviceMessageErrorCode } from './device-message-error.ts'
export {
  type DecryptionJwk,
  decryptLicenseFile,
  type EncryptionJwk,
  encryptLicenseFile,
  isEncryptedLicenseFile,
  makeDecryptionKey,
} from './encrypted-file.ts'
export { LICENSE_ERROR_CODES, LicenseError, type LicenseErrorCode } from './error.ts'
export type { FileFact } from './file-facts.ts'
export {
  FILE_LOG_MEDIA_TYPE,
  FILE_LOG_USE,
  FileLog,
  type FileLogClaims,
  hashLicenseFile,
  issueFileLog,
  MOST_LOGGED,
  readFileLogs,
} from './file-log.ts'
export {
  FRESHNESS_USE,
  FreshnessError,
  type FreshnessStamp,
  issueFreshnessStamp,
  type VerifyStampOptions,
  verifyFreshnessStamp,
} from './freshness.ts'
export { inspectLicenseFile, type UnverifiedLicense } from './inspect.ts'
export { type IssueOptions, issueLicenseFile } from './issue.ts'
export { checkKeyText, hashKeyText, KEY_TEXT_PATTERN, type KeyTextFault, type KeyTextKind, makeKeyText, redactKeyText } from './key-text.ts'
export { LICENSE_USE } from './license-jws.ts'
export { type RevokedKeys, revokedName } from './revoked-keys.ts'
export { rosterId } from './roster-id.ts'
export { SecretText } from './secret-text.ts'
export { STATUS_ERROR_CODES, StatusError, type StatusErrorCode } from './status/error.ts'
export { PackedList, type StatusBits } from './status/packed-list.ts'
export {
  issueStatusList,
  STATUS,
  STATUS_MEDIA_TYPE,
  STATUS_USE,
  type StatusList,
  type VerifyStatusOptions,
  verifyStatusList,
} from './status/status-list.ts'
export { type EntitlementDetail, MAX_TOKEN_LENGTH, MAX_TOKEN_SECONDS, type TokenClaims, type TokenDecision } from './token/claims.ts'
export { DPOP_ALGORITHMS, type DpopOptions, verifyDpop } from './token/dpop.ts'
export { TOKEN_ERROR_CODES, TokenError, type TokenErrorCode } from './token/error.ts'
export { issueEntitlementToken, TOKEN_USE, type VerifyTokenOptions, verifyEntitlementToken } from './token/token.ts'
export { makeUnlockCode, readUnlockCode, type UnlockCodeFault } from './unlock-code.ts'
export {
  type CountedUsage,
  compareUsage,
  issueUsageReceipt,
  MOST_COUNTED,
  type UsageLine,
  type UsageReceipt,
  usageDigest,
  usageLine,
  type VerifiedReceipt,
  verifyUsageReceipt,
} from './usage-receipt.ts'
export { USAGE_RECEIPT_ERROR_CODES, UsageReceiptError, type UsageReceiptErrorCode } from './usage-receipt-error.ts'
export { type VerifiedLicense, type VerifyOptions, verifyLicenseFile } from './verify.ts'
export { type WorldFact, worldFacts } from './world-facts.ts'
