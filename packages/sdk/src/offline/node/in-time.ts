import { DeviceError } from './device-error.ts'

/** For an answer of the authority, and for one of the application: without an end it would keep all that comes after it waiting. */
export const PATIENCE_MILLISECONDS = 30_000

/** @param answer that of a callback or signer of the application @throws {DeviceError} AUTHORITY_UNREACHABLE: it took too long */
export async function inTime<T>(answer: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    const cause = new Error('The workload callback or the signer of this device did not answer in time.')
    timer = setTimeout(() => reject(new DeviceError('AUTHORITY_UNREACHABLE', undefined, { cause })), PATIENCE_MILLISECONDS)
  })
  return Promise.race([answer, late]).finally(() => clearTimeout(timer))
}
