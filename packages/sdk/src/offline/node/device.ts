import {
  armorRequest,
  type DecryptionJwk,
  type DeviceFacts,
  LicenseError,
  MAX_REQUEST_SECONDS,
  proveDeviceKey,
  type RevokedKeys,
  readFileLogs,
  type VerifyOptions,
} from '@writ/license'
import { readKeySet, type Signer } from '@writ/trust'
import type { Clock } from '../../clock.ts'
import type { AnyProduct, Product } from '../../product.ts'
import type { DeviceGuard, TimeHere } from '../device-guard.ts'
import type { OfflineWrit } from '../offline-writ.ts'
import { type OpenOptions, openLicense } from '../open-license.ts'
import { type FileTrust, readFile, signedText } from '../read-file.ts'
import { readRevocations } from '../revocations.ts'
import { type ActivateOptions, activationRequest } from './activation-request.ts'
import { atRest } from './at-rest.ts'
import { type Activation, ask } from './authority.ts'
import { Contacts } from './contacts.ts'
import { DeviceError } from './device-error.ts'
import { type Components, hashed } from './fingerprint.ts'
import { inTime } from './in-time.ts'
import { KeptLists } from './kept-lists.ts'
import { KeptSeats } from './kept-seats.ts'
import { KeptUnits } from './kept-units.ts'
import { asKeySet, withRevoked } from './known-keys.ts'
import { Memory } from './memory.ts'
import { OpenedFiles } from './opened-files.ts'
import type { DeviceRecord, SealedRecord } from './sealed-record.ts'

export interface ActivateOnline extends ActivateOptions {
  /** `writ_lic_…`. It is sent, and not kept. */
  readonly licenseKey: string
  /** Checks out for so many days. */
  readonly days?: number
  /** The activation whose place this device takes. */
  readonly replaces?: string
}

export interface DeviceParts {
  readonly folder: string
  readonly roots: VerifyOptions['roots']
  readonly url: string | undefined
  readonly clock: Clock
  readonly signer: Signer
  readonly record: DeviceRecord
  readonly sealed: SealedRecord
  readonly components: Components
  readonly decryptionKey?: DecryptionJwk | undefined
  readonly workload?: (() => string | Promise<string>) | undefined
  readonly unlock: () => void
}

/** This device: its key, its sense of time, its place in a licence. One process has it at a time. */
export class Device implements DeviceGuard {
  readonly #parts: DeviceParts
  readonly #memory: Memory
  readonly #contacts: Contacts
  readonly #opened = new OpenedFiles()
  #last: Promise<unknown> = Promise.resolve()
  /** The last turn, where it is of a contact and has not begun. */
  #waiting: Promise<Activation> | undefined
  readonly time: TimeHere
  readonly seats: KeptSeats
  readonly units: KeptUnits
  readonly lists: KeptLists

  /** @internal {@link openDevice} */
  constructor(parts: DeviceParts) {
    const memory = new Memory(parts.folder, parts.sealed, parts.record, parts.unlock)
    this.#parts = parts
    this.#memory = memory
    this.time = memory
    this.seats = new KeptSeats(
      parts.record.seats ?? [],
      (seats) => memory.write({ seats }),
      () => memory.record.activation?.license,
    )
    this.units = new KeptUnits(memory)
    this.lists = new KeptLists(memory, parts.roots)
    this.#contacts = new Contacts({ ...parts, memory, units: this.units, workload: this.#workload })
  }

  /** Thumbprint of its key. */
  get key(): string {
    return this.#parts.signer.kid
  }

  get isOver(): boolean {
    return this.#memory.isOver
  }

  get activation(): DeviceRecord['activation'] {
    return this.#memory.record.activation
  }

  /** The authority found two devices with this key at a contact of its activation. */
  get isCloned(): boolean {
    return this.#memory.record.cloned !== undefined
  }

  /** The license file that it has; absent: none. */
  get licenseFile(): string | undefined {
    return this.#memory.read('license')
  }

  /**
   * Activates this device over the network. Called again it gets a fresh file for the same place.
   * @throws {DeviceError} ACTIVATION_REFUSED, ANSWER_MALFORMED, AUTHORITY_UNREACHABLE, DEVICE_LEAVING, DEVICE_OPTION_INVALID
   */
  activate(options: ActivateOnline): Promise<Activation> {
    return this.#turn(() => this.#activate(options))
  }

  async #activate({ licenseKey, days, replaces, ...options }: ActivateOnline): Promise<Activation> {
    this.#memory.staying()
    const send = async (now: number) =>
      ask(this.#parts.url, '/v1/activations', licenseKey, {
        request: await this.#request(options, now, now + ONLINE_SECONDS),
        ...(days !== undefined && { days }),
        ...(replaces !== undefined && { replaces }),
      })
    const answer = await send(this.#seconds()).catch((error: unknown) => {
      const now = serverTime(error)
      // The clock of this machine is off. What counts is that of the authority.
      if (now === undefined) throw error
      return send(now)
    })
    if (answer.file === undefined) throw new DeviceError('ANSWER_MALFORMED', undefined)
    await this.#install(answer.file, answer)
    return answer
  }

  /**
   * A request to carry to whoever has a network: text in armour, good for 31 days.
   * @throws {DeviceError} DEVICE_LEAVING, AUTHORITY_UNREACHABLE: `workload` or the signer did not answer
   */
  async activationRequest(options: ActivateOptions = {}): Promise<string> {
    this.#memory.staying()
    const now = this.#seconds()
    return armorRequest(await this.#request(options, now, now + MAX_REQUEST_SECONDS))
  }

  /**
   * Takes the license file that came back for a request, or a later one; also one that is encrypted to the key of this device. It needs no network,
   * and waits for the activations, check-ins and contacts that were asked for before it: each ends 30 seconds after the network, `workload` or
   * the signer were asked and do not answer, and of contacts in a row there are two at the most, the one under way and one that waits.
   * @param activation the id that came with it; without it this device can make no contact
   * @throws {DeviceError} LICENSE_FILE_REFUSED, DEVICE_LEAVING: the place of another activation is not given back yet; call {@link checkIn} again
   */
  install(file: string, activation?: string): Promise<void> {
    return this.#turn(() => this.#install(file, activation === undefined ? undefined : { id: activation }))
  }

  /**
   * Says to the authority that this device is there and what it spent, and gets a fresh file. What was sent and not answered is sent again.
   * While one waits for its turn, and nothing after it, whoever asks for another gets that one.
   * @throws {DeviceError} DEVICE_NOT_ACTIVATED, ACTIVATION_REFUSED, AUTHORITY_UNREACHABLE
   */
  contact(): Promise<Activation> {
    if (this.#waiting !== undefined) return this.#waiting
    const contact: Promise<Activation> = this.#turn(() => {
      if (this.#waiting === contact) this.#waiting = undefined
      return this.#contact()
    })
    this.#waiting = contact
    return contact
  }

  async #contact(): Promise<Activation> {
    this.#memory.staying()
    const answer = await this.#contacts.make()
    if (answer.file !== undefined) await this.#install(answer.file, answer)
    return answer
  }

  /**
   * Goes by a key set that was carried here: what `/.well-known/writ-keys` of the authority says. It keeps which keys are revoked, and nothing
   * takes that back. Of such a key only a file holds that `fileLog` names; all that was opened by another is over.
   * @param heard.fileLog the signed list of files that were issued before, one part or several
   * @throws {TrustError} KEY_SET_INVALID and what else a key set is refused for @throws {LicenseError} FILE_LOG_REFUSED
   */
  async heedKeys({ keySet, fileLog }: { readonly keySet: string; readonly fileLog?: string }): Promise<void> {
    await this.#heed(await readKeySet(new TextEncoder().encode(keySet), this.#parts), fileLog)
  }

  /**
   * {@link heedKeys}, over the network.
   * @throws {DeviceError} DEVICE_NOT_ACTIVATED, DEVICE_OPTION_INVALID @throws {WritError} NO_KEY_SET @throws as heedKeys
   */
  async refreshKeys(): Promise<void> {
    const { url, roots } = this.#parts
    if (url === undefined) throw new DeviceError('DEVICE_OPTION_INVALID', { option: 'url' })
    const file = this.licenseFile
    if (file === undefined) throw new DeviceError('DEVICE_NOT_ACTIVATED', undefined)
    const { keySet, fileLog } = await readRevocations({ url, roots, licenseFile: await signedText(file, this.#parts.decryptionKey) })
    await this.#heed(keySet, fileLog)
  }

  /** Gives the place back, with what is left of its share, and forgets key and file. @throws as {@link contact}; then call it again */
  checkIn(): Promise<Activation> {
    return this.#turn(() => this.#checkIn())
  }

  async #checkIn(): Promise<Activation> {
    if (this.activation === undefined) throw new DeviceError('DEVICE_NOT_ACTIVATED', undefined)
    if (this.#parts.url === undefined) throw new DeviceError('DEVICE_OPTION_INVALID', { option: 'url' })
    // What it gives back it has first forbidden itself to use.
    if (this.#memory.record.leaving === undefined) this.#memory.write({ leaving: 'yes' })
    else this.#memory.holding()
    const answer = await this.#contacts.make()
    this.forget()
    return answer
  }

  /** Forgets key, place and file, without a word to the authority: the next device in this folder is another one. @throws {DeviceError} DEVICE_CLOSED */
  forget(): void {
    this.#memory.drop('license', ...this.lists.files, 'file-log', 'device')
    this.#memory.close()
  }

  /** Opens its license file, to decide by it. @throws {DeviceError} DEVICE_NOT_ACTIVATED, DEVICE_LEAVING */
  async open<const P extends Product = AnyProduct>(
    options: Omit<OpenOptions<P>, 'licenseFile' | keyof FileTrust | 'device' | 'guard' | 'clock'> = {},
  ): Promise<OfflineWrit<P>> {
    this.#memory.staying()
    const { licenseFile } = this
    if (licenseFile === undefined) throw new DeviceError('DEVICE_NOT_ACTIVATED', undefined)
    const { clock } = this.#parts
    const { revoked } = this.#memory.record
    const writ = await openLicense<P>({ ...options, ...this.#trust, licenseFile, clock, guard: this } as unknown as OpenOptions<P>)
    const { claims, status } = writ
    if (claims !== undefined) this.#opened.remember(claims.jti, licenseFile)
    // Heard while it was read: whoever heard it did not know of this one.
    if (this.#memory.record.revoked !== revoked) await this.#lookAgain()
    const kept = claims && status && (await this.lists.newest({ iss: claims.iss, uri: status.uri }))
    // Not whole, or gone: then it is missing, and says so.
    if (kept !== undefined) await writ.heed(kept, { isKept: true }).catch(() => {})
    return writ
  }

  /** Writes down what it knows, and lets another process have it. */
  close(): void {
    try {
      if (!this.isOver) this.units.settle({ seats: this.seats.all(this.#parts.clock()) })
    } finally {
      this.#memory.close()
    }
  }

  refuses(file: string): Error | undefined {
    return this.#opened.refuses(file)
  }

  async facts(license: string): Promise<DeviceFacts> {
    return { deviceKey: await proveDeviceKey(this.#parts.signer), fingerprint: await hashed(license, this.#parts.components) }
  }

  #request(options: ActivateOptions, iat: number, exp: number): Promise<string> {
    return inTime(activationRequest({ ...this.#parts, workload: this.#workload }, options, iat, exp))
  }

  /**
   * One after the other: two contacts at once would sign one number, and what is answered about one activation would come to a device that has
   * gone over to another meanwhile.
   */
  #turn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work)
    this.#last = turn.catch(() => {})
    this.#waiting = undefined
    return turn
  }

  readonly #workload = async (): Promise<{ readonly workload?: string }> => {
    const token = await this.#parts.workload?.()
    return token === undefined ? {} : { workload: token.trim() }
  }

  async #install(file: string, activation: { readonly id: string } | undefined): Promise<void> {
    const { decryptionKey } = this.#parts
    try {
      const { claims } = await readFile(file, this.#trust, this.#seconds())
      const kept = await atRest(file, decryptionKey)
      if (claims.binding?.device_key !== this.key) throw new LicenseError('DEVICE_MISMATCH', { binding: 'device_key' })
      // Its check-in would give back the place of the other.
      if (activation !== undefined && activation.id !== this.activation?.id) this.#memory.staying()
      this.#memory.keep('license', kept)
      if (activation === undefined) this.#memory.write({})
      else this.#place({ id: activation.id, license: claims.license, issuer: claims.iss }, claims.iat)
      this.#memory.anchor(claims.iat * 1000)
    } catch (error) {
      if (!(error instanceof LicenseError)) throw error
      throw new DeviceError('LICENSE_FILE_REFUSED', { code: error.code }, { cause: error })
    }
  }

  /**
   * Writes down which activation it has: all that changes with it at once. Another file of the same one releases nobody. To another one it may
   * come back, and what it signed there a version before forgot: no device makes a contact a second, so the second is beyond every number. One
   * may be left out.
   */
  #place(activation: NonNullable<DeviceRecord['activation']>, second: number): void {
    const { pending, cloned, ...rest } = this.#memory.record
    if ([undefined, activation.id].includes(rest.activation?.id)) {
      this.#memory.write({ activation })
      return
    }
    const counter = Math.max(pending?.counter ?? 0, rest.counter, second)
    this.seats.goOver(activation.license, this.#parts.clock(), (seats) => this.#memory.write({ activation, counter, seats }, rest))
  }

  async #heed(keySet: RevokedKeys, fileLog: string | undefined): Promise<void> {
    const merged = () => withRevoked(this.#memory.record.revoked ?? [], keySet)
    if (fileLog !== undefined) {
      await readFileLogs(fileLog, { roots: this.#parts.roots, keySet: asKeySet(merged().revoked) })
      this.#memory.keep('file-log', fileLog)
    }
    // Now, and not before it was read: meanwhile more may have been heard.
    const { revoked = [] } = this.#memory.record
    const { revoked: known, isWhole } = merged()
    const isNews = known.length > revoked.length || known.some(({ at }, i) => at !== revoked[i]?.at)
    if (isNews) this.#memory.write({ revoked: known })
    if (isNews || fileLog !== undefined) await this.#lookAgain()
    if (!isWhole) throw new DeviceError('DEVICE_RECORD_UNWRITABLE', { why: 'MOST_REVOKED' })
  }

  /** Whether what was opened still holds, by all that is known by now. */
  #lookAgain(): Promise<void> {
    return this.#opened.lookAgain((file) => readFile(file, this.#trust, this.#seconds()))
  }

  get #trust(): FileTrust {
    const { roots, decryptionKey } = this.#parts
    return { roots, decryptionKey, keySet: this.#memory.revoked, fileLog: this.#memory.read('file-log') }
  }

  #seconds(): number {
    return Math.floor(this.#parts.clock() / 1000)
  }
}

const ONLINE_SECONDS = 300

function serverTime(error: unknown): number | undefined {
  if (!(error instanceof DeviceError) || error.code !== 'ACTIVATION_REFUSED') return undefined
  const { code, problem } = (error as DeviceError<'ACTIVATION_REFUSED'>).details
  return code === 'DEVICE_MESSAGE_OUT_OF_TIME' && typeof problem.now === 'number' ? problem.now : undefined
}
