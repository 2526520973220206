import { bodyOf } from '../../fetched.ts'
import { DeviceError } from './device-error.ts'
import { PATIENCE_MILLISECONDS } from './in-time.ts'

/** A device's place in a licence, as the authority sees it. */
export interface Activation {
  readonly id: string
  readonly license: string
  readonly state: 'live' | 'cloned' | 'ended' | 'released' | 'revoked'
  /** Absent: none is given any more; `state` says why. */
  readonly file?: string
  readonly ends_at?: string
}

const MOST_BYTES = 1 << 18

/** @throws {DeviceError} ACTIVATION_REFUSED, AUTHORITY_UNREACHABLE, DEVICE_OPTION_INVALID */
export async function ask(url: string | undefined, path: string, bearer: string | undefined, body: object): Promise<Activation> {
  if (url === undefined) throw new DeviceError('DEVICE_OPTION_INVALID', { option: 'url' })
  let status: number
  let text: string
  try {
    const response = await fetch(url.replace(/\/$/, '') + path, {
      method: 'POST',
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MILLISECONDS),
      headers: { 'content-type': 'application/json', ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }) },
      body: JSON.stringify(body),
    })
    status = response.status
    text = new TextDecoder().decode(await bodyOf(response, MOST_BYTES))
  } catch (cause) {
    throw new DeviceError('AUTHORITY_UNREACHABLE', undefined, { cause })
  }
  const answer = parsed(text)
  if (status >= 500 || answer === undefined) throw new DeviceError('AUTHORITY_UNREACHABLE', undefined)
  if (status >= 400) throw new DeviceError('ACTIVATION_REFUSED', { status, code: String(answer.code), problem: answer })
  if (!isActivation(answer)) throw new DeviceError('AUTHORITY_UNREACHABLE', undefined)
  return answer
}

/** Whatever else answers at that address is no authority. */
function isActivation(answer: Record<string, unknown>): answer is Record<string, unknown> & Activation {
  const { id, license, state, file } = answer
  return [id, license, state, file ?? ''].every((member) => typeof member === 'string')
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const json: unknown = JSON.parse(text)
    return typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
