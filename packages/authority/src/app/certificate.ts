import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { createSecureContext, type SecureContext, type SecureContextOptions } from 'node:tls'
import type { Logger } from 'pino'
import type { Config } from './config.ts'
import { StartError } from './start-error.ts'

/** Of texts in PEM, or of the paths of their files. */
interface Pair {
  readonly cert: string
  readonly key: string
}

/** TLS 1.3, and of 1.2 what has forward secrecy and authenticates as it encrypts. @see Mozilla, "Intermediate compatibility" */
const TLS_OPTIONS = {
  minVersion: 'TLSv1.2',
  ciphers: [
    'TLS_AES_128_GCM_SHA256',
    'TLS_AES_256_GCM_SHA384',
    'TLS_CHACHA20_POLY1305_SHA256',
    'ECDHE-ECDSA-AES128-GCM-SHA256',
    'ECDHE-RSA-AES128-GCM-SHA256',
    'ECDHE-ECDSA-AES256-GCM-SHA384',
    'ECDHE-RSA-AES256-GCM-SHA384',
    'ECDHE-ECDSA-CHACHA20-POLY1305',
    'ECDHE-RSA-CHACHA20-POLY1305',
  ].join(':'),
} as const satisfies SecureContextOptions

/**
 * The certificate and key that are served, read again whenever their text is another. The files are compared rather than watched: a
 * renewed pair comes by rename (certbot), by a link that turns to another folder (Kubernetes), or in place, and a watch misses two of these.
 */
export class Certificate {
  readonly #files: Pair
  #pair: Pair
  #context: SecureContext
  #parsed: X509Certificate
  /** A pair that could not be used, so that it is told of once. */
  #refused: Pair | undefined
  #onChange: ((options: SecureContextOptions) => void)[] = []

  private constructor(files: Pair, pair: Pair) {
    this.#files = files
    this.#pair = pair
    this.#context = contextOf(pair)
    this.#parsed = new X509Certificate(pair.cert)
  }

  /** @throws {StartError} TLS_FILE_UNREADABLE, TLS_PAIR_INVALID */
  static open({ tlsCert, tlsKey }: Config): Certificate | undefined {
    if (tlsCert === undefined || tlsKey === undefined) return undefined
    const files = { cert: tlsCert, key: tlsKey }
    const pair = { cert: textOf(tlsCert), key: textOf(tlsKey) }
    try {
      return new Certificate(files, pair)
    } catch (cause) {
      throw new StartError('TLS_PAIR_INVALID', files, { cause })
    }
  }

  get context(): SecureContext {
    return this.#context
  }
  get options(): SecureContextOptions {
    return { ...this.#pair, ...TLS_OPTIONS }
  }
  /** Epoch milliseconds. */
  get expiresAt(): number {
    return Date.parse(this.#parsed.validTo)
  }
  /** Whether the files hold another pair that could not be used. */
  get isStale(): boolean {
    return this.#refused !== undefined
  }
  covers(host: string): boolean {
    return (isIP(host) === 0 ? this.#parsed.checkHost(host) : this.#parsed.checkIP(host)) !== undefined
  }
  onChange(use: (options: SecureContextOptions) => void): void {
    this.#onChange.push(use)
  }

  /** Takes over a new pair. One that is broken, or half written, leaves the one before in its place. */
  refresh(log: Logger): void {
    let pair: Pair | undefined
    try {
      pair = { cert: textOf(this.#files.cert), key: textOf(this.#files.key) }
      if (isSame(pair, this.#pair)) {
        this.#refused = undefined
        return
      }
      const context = contextOf(pair)
      const parsed = new X509Certificate(pair.cert)
      for (const use of this.#onChange) use({ ...pair, ...TLS_OPTIONS })
      this.#pair = pair
      this.#context = context
      this.#parsed = parsed
      this.#refused = undefined
      log.info({ expires: parsed.validTo, subject: parsed.subjectAltName }, 'the certificate was renewed')
    } catch (error) {
      const refused = pair ?? { cert: '', key: '' }
      if (this.#refused === undefined || !isSame(refused, this.#refused)) {
        log.error(
          { err: error, ...this.#files, expires: this.#parsed.validTo },
          'the new certificate cannot be used: the one before is served on',
        )
      }
      this.#refused = refused
    }
  }
}

function isSame(one: Pair, other: Pair): boolean {
  return one.cert === other.cert && one.key === other.key
}

/** @throws what OpenSSL throws, also when the key belongs to another certificate */
function contextOf(pair: Pair): SecureContext {
  return createSecureContext({ ...pair, ...TLS_OPTIONS })
}

/** @throws {StartError} TLS_FILE_UNREADABLE */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new StartError('TLS_FILE_UNREADABLE', { file }, { cause })
  }
}
