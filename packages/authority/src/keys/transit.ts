import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { StartError } from '../app/start-error.ts'
import type { MasterKey } from './master-key.ts'
import { KEY_BYTES } from './sealer.ts'
import { transitAddress } from './transit-address.ts'

/** A key of a transit secrets engine, as Vault and OpenBao have it. */
export interface TransitSettings {
  /** The key's own address: `https://HOST/v1/MOUNT/keys/NAME`. */
  readonly url: string
  /** Holds a token. Read for every call, so that an agent may renew it. */
  readonly tokenFile: string
  readonly namespace?: string
}

const TIMEOUT_MILLISECONDS = 5_000
/** Before each attempt. All of it is less than the store grants a transaction that waits. */
const PAUSES_MILLISECONDS = [0, 250, 1_000, 2_500]
const MOST_BYTES = 65_536
/** The version of the key is in the text: `vault:v3:…`. */
const WRAPPED = /^vault:v(\d{1,9}):[A-Za-z0-9+/=]+$/

/**
 * A master key that never leaves its service: data keys are sent there to be wrapped and unwrapped. Once they are unwrapped nothing waits
 * for the service: it is needed at a start and for a rotation.
 * @throws {StartError} from `wrap` and `unwrap`: MASTER_KEY_TOKEN_UNREADABLE, MASTER_KEY_SERVICE_UNREACHABLE, MASTER_KEY_SERVICE_REFUSED
 * @see https://openbao.org/api-docs/secret/transit/ (Encrypt data, Decrypt data)
 */
export function transitMasterKey({ url, tokenFile, namespace }: TransitSettings): MasterKey {
  const { base, mount, name } = transitAddress(url)
  const call = async (verb: 'encrypt' | 'decrypt', body: object, member: string): Promise<string> => {
    const headers = {
      'content-type': 'application/json',
      'x-vault-token': tokenOf(tokenFile),
      'x-vault-request': 'true',
      ...(namespace !== undefined && { 'x-vault-namespace': namespace }),
    }
    const data = await answered(`${base}/${verb}/${name}`, { method: 'POST', headers, body: JSON.stringify(body) }, url)
    const value = data[member]
    if (typeof value !== 'string') throw new StartError('MASTER_KEY_SERVICE_REFUSED', { url, status: 200 })
    return value
  }
  return {
    // Without the host: a service that moves is still the same.
    id: `transit:${namespace === undefined ? '' : `${namespace.replace(/\/$/, '')}/`}${mount}/${name}`,
    place: url,
    async wrap(key, context) {
      const plaintext = Buffer.from(key).toString('base64')
      const wrapped = await call('encrypt', { plaintext, associated_data: Buffer.from(context).toString('base64') }, 'ciphertext')
      if (!WRAPPED.test(wrapped)) throw new StartError('MASTER_KEY_SERVICE_REFUSED', { url, status: 200 })
      return wrapped
    },
    async unwrap(wrapped, context) {
      const associated_data = Buffer.from(context).toString('base64')
      const plaintext = await call('decrypt', { ciphertext: wrapped, associated_data }, 'plaintext').catch((error: unknown) => {
        // What another key wrapped, or was altered, is a bad request to it.
        throw isStatus(error, 400) ? new Error('the service does not unwrap this', { cause: error }) : error
      })
      const key = Buffer.from(plaintext, 'base64')
      if (key.length !== KEY_BYTES) throw new Error('not a data key')
      return key
    },
  }
}

/** Which version of a transit key wrapped this; `undefined` for what no transit key wrapped. */
export function versionOf(wrapped: string): number | undefined {
  const version = WRAPPED.exec(wrapped)?.[1]
  return version === undefined ? undefined : Number(version)
}

function isStatus(error: unknown, status: number): boolean {
  return (
    error instanceof StartError && error.code === 'MASTER_KEY_SERVICE_REFUSED' && (error.details as { status: number }).status === status
  )
}

/** Tries again what may pass: no connection, no answer in time, a service that is sealed, busy or broken. A refusal stays one. */
async function answered(address: string, init: RequestInit, url: string): Promise<Record<string, unknown>> {
  let fault: StartError | undefined
  for (const pause of PAUSES_MILLISECONDS) {
    await sleep(pause)
    try {
      const response = await fetch(address, { ...init, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS) })
      const { status } = response
      if (response.ok) return dataOf(await boundedText(response))
      await response.body?.cancel()
      fault = new StartError('MASTER_KEY_SERVICE_REFUSED', { url, status })
      if (status < 500 && status !== 429) throw fault
    } catch (error) {
      if (error instanceof StartError && error === fault) throw error
      // Without its cause, which may repeat what was sent.
      fault = new StartError('MASTER_KEY_SERVICE_UNREACHABLE', { url })
    }
  }
  throw fault
}

async function boundedText(response: Response): Promise<string> {
  let text = ''
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk as Uint8Array).toString('utf8')
    if (text.length > MOST_BYTES) throw new Error('the answer is too long')
  }
  return text
}

function dataOf(text: string): Record<string, unknown> {
  const { data } = JSON.parse(text) as { data?: unknown }
  return typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : {}
}

function tokenOf(file: string): string {
  let token = ''
  try {
    token = readFileSync(file, 'utf8').trim()
  } catch {
    // Told below, as an empty file is.
  }
  if (!/^[\x21-\x7e]{1,4096}$/.test(token)) throw new StartError('MASTER_KEY_TOKEN_UNREADABLE', { file })
  return token
}
