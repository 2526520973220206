import type { FastifyBaseLogger, FastifyServerOptions } from 'fastify'

type Method = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace'

/** A logger that names its request in each line. Most requests log nothing of their own, so it is made when the first one does. */
class RequestLogger {
  readonly #base: FastifyBaseLogger
  readonly #bindings: object
  readonly #options: object
  #made: FastifyBaseLogger | undefined

  constructor(base: FastifyBaseLogger, bindings: object, options: object) {
    this.#base = base
    this.#bindings = bindings
    this.#options = options
  }

  get #logger(): FastifyBaseLogger {
    this.#made ??= this.#base.child(this.#bindings, this.#options)
    return this.#made
  }

  get level() {
    return this.#logger.level
  }
  child(...of: Parameters<FastifyBaseLogger['child']>): FastifyBaseLogger {
    return this.#logger.child(...of)
  }
  silent(): void {}
  fatal(...said: unknown[]): void {
    this.#say('fatal', said)
  }
  error(...said: unknown[]): void {
    this.#say('error', said)
  }
  warn(...said: unknown[]): void {
    this.#say('warn', said)
  }
  info(...said: unknown[]): void {
    this.#say('info', said)
  }
  debug(...said: unknown[]): void {
    this.#say('debug', said)
  }
  trace(...said: unknown[]): void {
    this.#say('trace', said)
  }

  #say(method: Method, said: unknown[]): void {
    const logger = this.#logger
    ;(logger[method] as (...said: unknown[]) => void).apply(logger, said)
  }
}

export const requestLogger: NonNullable<FastifyServerOptions['childLoggerFactory']> = (logger, bindings, options) =>
  new RequestLogger(logger, bindings, options) as unknown as FastifyBaseLogger
