export { armor, unarmor } from './armor.ts'
export { decodeBase64url, encodeBase64url } from './base64url.ts'
export { isTrustError, TRUST_ERROR_CODES, TrustError, type TrustErrorCode } from './error.ts'
export { exposeUnverifiedPayload, type JwsProfile, readJws, signJws, type UnverifiedJws, verifyJws } from './jws.ts'
export { keyId, type PrivateJwk, type PublicJwk, privateJwk, publicJwk, type Signer, type VerifyingKey, verifyingKey } from './key.ts'
export { KEY_SET_PATH, type KeySetDocument, readKeySet } from './key-set.ts'
export {
  checkStatementCovers,
  issueKeyStatement,
  KEY_STATEMENT,
  type KeyStatement,
  type TrustedRoot,
  verifyKeyStatement,
} from './key-statement.ts'
export { backUpRootKey, inspectRootBackup, MIN_PASSPHRASE_LENGTH, type RootKey, restoreRootKey } from './root-backup.ts'
export { anyOf, anyText, bool, epochSeconds, integer, isObject, list, mapOf, number, oneOf, record, type Shape, text } from './shape.ts'
export { SigningKey } from './signing-key.ts'
export { SIGNING_USES, type SigningUse } from './signing-use.ts'
export { type Json, type JsonFault, type JsonObject, parseStrictJson } from './strict-json.ts'
