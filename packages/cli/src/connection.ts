import { readFileSync } from 'node:fs'
import { type Client, type ClientOptions, createClient } from '@writ/client'
import { checkKeyText } from '@writ/license'
import { CliError } from './cli-error.ts'
import { confirmHeld } from './held.ts'
import type { Io } from './io.ts'

const DAY_MILLISECONDS = 86_400_000
const DEFAULT_URL = 'http://127.0.0.1:7070'

function urlOf(env: Io['env']): string {
  const url = env.WRIT_URL?.trim() || DEFAULT_URL
  if (!URL.canParse(url)) throw new CliError('USAGE', 'WRIT_URL is not a URL.', `For example WRIT_URL=${DEFAULT_URL}`)
  return url
}

/** The authority that WRIT_URL names, with the key of WRIT_KEY or WRIT_KEY_FILE. Never from the command line: `ps` shows that to everybody. */
export function connect(io: Io, options: Pick<ClientOptions, 'timeoutMilliseconds'> = {}): Client {
  const { env } = io
  return createClient({ url: urlOf(env), key: keyOf(env), confirm: (held) => confirmHeld(io, held), ...options })
}

/** The same, for what connects by itself. */
export function connectionOf({ env }: Io): { readonly url: string; readonly key: string } {
  return { url: urlOf(env), key: keyOf(env) }
}

/** The same, for what takes as long as it takes, and is not sent twice. */
export function connectPatiently({ env }: Io): Client {
  return createClient({ url: urlOf(env), key: keyOf(env), timeoutMilliseconds: DAY_MILLISECONDS, retries: 0 })
}

/** With a license key of a file instead of an API key. @throws {CliError} KEY_MALFORMED */
export function connectByLicenseKey({ env }: Io, file: string): Client {
  const key = readText(file).trim()
  if (!('ok' in checkKeyText(key, 'license'))) {
    throw new CliError(
      'KEY_MALFORMED',
      `${file} holds no license key, or one that was cut or mistyped.`,
      'A license key begins with writ_lic_.',
    )
  }
  return createClient({ url: urlOf(env), key })
}

/** What is open to everybody. */
export function connectWithoutKey({ env }: Io): Client {
  return createClient({ url: urlOf(env) })
}

function keyOf(env: Io['env']): string {
  const file = env.WRIT_KEY_FILE?.trim()
  const key = env.WRIT_KEY?.trim() || (file && readText(file).trim())
  if (!key) {
    throw new CliError(
      'KEY_MISSING',
      'There is no API key.',
      'Put its file into WRIT_KEY_FILE (or the key into WRIT_KEY). `writ serve --bootstrap-key FILE` makes the first one.',
    )
  }
  // The checksum finds a cut or mistyped key before anything is sent anywhere.
  if (!('ok' in checkKeyText(key, 'api'))) {
    throw new CliError('KEY_MALFORMED', 'What is given as an API key is not one, or was cut or mistyped.', 'A key begins with writ_key_.')
  }
  return key
}

/** @throws {CliError} FILE_UNREADABLE */
export function readText(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8')
  } catch (error) {
    throw new CliError('FILE_UNREADABLE', `${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`)
  }
}
