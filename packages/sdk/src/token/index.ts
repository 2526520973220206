export { type TokenClaims, TokenError, type TokenErrorCode } from '@writ/license'
export { TokenSource, type TokenSourceOptions } from './token-source.ts'
export { TokenWrit } from './token-writ.ts'
export { type Bearing, Tokens, type TokensOptions } from './tokens.ts'
