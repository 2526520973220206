import { createHash } from 'node:crypto'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import {
  armorRequest,
  type DecryptionJwk,
  type DeviceFacts,
  LicenseError,
  MAX_REQUEST_SECONDS,
  proveDeviceKey,
  type RevokedKeys,
  readFileLogs,
  signActivationRequest,
  signDeviceContact,
  type VerifyOptions,
  type WantedShare,
} from '@writ/license'
import { readKeySet, type Signer } from '@writ/trust'
import type { Clock } from '../../clock.ts'
import type { AnyProduct, Product } from '../../product.ts'
import { type ClockFinding, ClockGuard } from '../clock-guard.ts'
import type { DeviceGuard, ListName } from '../device-guard.ts'
import type { OfflineWrit } from '../offline-writ.ts'
import { type OpenOptions, openLicense } from '../open-license.ts'
import { type FileTrust, readFile, signedText } from '../read-file.ts'
import { readRevocations } from '../revocations.ts'
import { atRest } from './at-rest.ts'
import { type Activation, ask } from './authority.ts'
import { DeviceError } from './device-error.ts'
import { atLeast, type Components, hashed, type Match } from './fingerprint.ts'
import { KeptSeats } from './kept-seats.ts'
import { asKeySet, withRevoked } from './known-keys.ts'
import { type DeviceRecord, MOST_LISTS, type SealedRecord, writeWhole } from './sealed-record.ts'
import { isOf, partsToTell, type Spent, usedOf, withSpent, withTold } from './spent.ts'

/** How to be activated. */
export interface ActivateOptions {
  /** For people, who have to tell devices apart. Default: `device`. */
  readonly name?: string
  /** What it asks for of hard quotas, units a window; absent: as the vendor's rules say. */
  readonly share?: WantedShare
  /** Binds the file to what the machine is made of, beside its key: so much of `components` must be found again. Needs `license`. */
  readonly fingerprint?: Match
  /** The id of the licence: a fingerprint is hashed with it. */
  readonly license?: string
}

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

/** Of the units that are spent, so many are written down at once: a crash loses them, and none is spent twice. */
const CHUNKS = 64

/** This device: its key, its sense of time, its place in a licence. One process has it at a time. */
export class Device implements DeviceGuard {
  readonly #parts: DeviceParts
  readonly seats: KeptSeats
  readonly #clocks: ClockGuard
  #record: DeviceRecord
  #isOver = false
  /** Files that were opened here, the latest last, by their ids; each is looked at again when a key is found to be revoked. */
  readonly #opened = new Map<string, string>()
  readonly #refused = new Map<string, Error>()
  /** Units that are written down as spent, and are not yet. */
  readonly #ahead = new Map<string, number>()
  #contacts: Promise<unknown> = Promise.resolve()

  /** @internal {@link openDevice} */
  constructor(parts: DeviceParts) {
    this.#parts = parts
    const { activation, spent } = parts.record
    // A version before kept what was spent of one licence alone.
    this.#record =
      activation === undefined ? parts.record : { ...parts.record, spent: spent.map((each) => ({ license: activation.license, ...each })) }
    this.#clocks = new ClockGuard(parts.record)
    this.seats = new KeptSeats(parts.record.seats ?? [], (seats) => this.#write({ seats }))
  }

  /** Thumbprint of its key. */
  get key(): string {
    return this.#parts.signer.kid
  }

  get isOver(): boolean {
    return this.#isOver || this.#record.leaving !== undefined
  }

  get activation(): DeviceRecord['activation'] {
    return this.#record.activation
  }

  /** The authority found two devices with this key at the last contact. */
  get isCloned(): boolean {
    return this.#record.cloned !== undefined
  }

  /** The license file that it has; absent: none. */
  get licenseFile(): string | undefined {
    return this.#read('license')
  }

  /**
   * Activates this device over the network. Called again it gets a fresh file for the same place.
   * @throws {DeviceError} ACTIVATION_REFUSED, AUTHORITY_UNREACHABLE, DEVICE_LEAVING, DEVICE_OPTION_INVALID
   */
  async activate({ licenseKey, days, replaces, ...options }: ActivateOnline): Promise<Activation> {
    this.#staying()
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
    await this.#install(answer.file as string, answer)
    return answer
  }

  /** A request to carry to whoever has a network: text in armour, good for 31 days. @throws {DeviceError} DEVICE_LEAVING */
  async activationRequest(options: ActivateOptions = {}): Promise<string> {
    this.#staying()
    const now = this.#seconds()
    return armorRequest(await this.#request(options, now, now + MAX_REQUEST_SECONDS))
  }

  /**
   * Takes the license file that came back for a request, or a later one; also one that is encrypted to the key of this device.
   * @param activation the id that came with it; without it this device can make no contact @throws {DeviceError} LICENSE_FILE_REFUSED
   */
  async install(file: string, activation?: string): Promise<void> {
    await this.#install(file, activation === undefined ? undefined : { id: activation })
  }

  /**
   * Says to the authority that this device is there and what it spent, and gets a fresh file. What was sent and not answered is sent again.
   * @throws {DeviceError} DEVICE_NOT_ACTIVATED, ACTIVATION_REFUSED, AUTHORITY_UNREACHABLE
   */
  async contact(): Promise<Activation> {
    this.#staying()
    const answer = await this.#contact()
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
  async checkIn(): Promise<Activation> {
    // What it gives back it has first forbidden itself to use.
    if (this.#record.leaving === undefined) this.#write({ leaving: 'yes' })
    else this.#holding()
    const answer = await this.#contact()
    this.forget()
    return answer
  }

  /** Forgets key, place and file, without a word to the authority: the next device in this folder is another one. */
  forget(): void {
    this.#isOver = true
    const lists = (this.#record.lists ?? []).map(fileOf)
    for (const name of ['license', 'status', ...lists, 'file-log', 'device']) rmSync(join(this.#parts.folder, name), { force: true })
    this.#parts.unlock()
  }

  /** Opens its license file, to decide by it. @throws {DeviceError} DEVICE_NOT_ACTIVATED, DEVICE_LEAVING */
  async open<const P extends Product = AnyProduct>(
    options: Omit<OpenOptions<P>, 'licenseFile' | keyof FileTrust | 'device' | 'guard' | 'clock'> = {},
  ): Promise<OfflineWrit<P>> {
    this.#staying()
    const { licenseFile } = this
    if (licenseFile === undefined) throw new DeviceError('DEVICE_NOT_ACTIVATED', undefined)
    const { clock } = this.#parts
    const writ = await openLicense<P>({ ...options, ...this.#trust, licenseFile, clock, guard: this } as unknown as OpenOptions<P>)
    if (writ.claims !== undefined) this.#remember(writ.claims.jti, licenseFile)
    const { claims, status } = writ
    if (claims === undefined || status === undefined) return writ
    const list = { iss: claims.iss, uri: status.uri }
    this.#nameList(list)
    const kept = this.#read(fileOf(list))
    // Not whole, or gone: then it is missing, and says so.
    if (kept !== undefined) await writ.heed(kept, { isKept: true }).catch(() => {})
    return writ
  }

  /** Writes down what it knows, and lets another process have it. */
  close(): void {
    try {
      if (!this.isOver) this.#write({ ...this.#exactly(), seats: this.seats.all(this.#parts.clock()) })
    } finally {
      this.#isOver = true
      this.#parts.unlock()
    }
  }

  refuses(file: string): Error | undefined {
    return this.#refused.get(file)
  }

  statusSeen({ iss, uri }: ListName): number | undefined {
    return this.#record.lists?.find((each) => each.iss === iss && each.uri === uri)?.issued
  }

  heard(list: ListName, token: string, issuedAt: number): void {
    if (this.isOver || issuedAt <= (this.statusSeen(list) ?? 0)) return
    const others = (this.#record.lists ?? []).filter(({ iss, uri }) => iss !== list.iss || uri !== list.uri)
    if (others.length === MOST_LISTS) throw new DeviceError('DEVICE_RECORD_UNWRITABLE', { why: 'MOST_LISTS' })
    // The list first: a record of one that is not there would close everything.
    writeWhole(this.#path(fileOf(list)), token)
    this.#write({ lists: [...others, { ...list, issued: issuedAt }] })
  }

  /** A version before kept one list, and not its name. */
  #nameList(list: ListName): void {
    const { listed, ...record } = this.#record
    if (listed === undefined) return
    const kept = this.#read('status')
    if (kept !== undefined) writeWhole(this.#path(fileOf(list)), kept)
    this.#write({ lists: [{ ...list, issued: listed }] }, record)
    rmSync(this.#path('status'), { force: true })
  }

  async facts(license: string): Promise<DeviceFacts> {
    return { deviceKey: await proveDeviceKey(this.#parts.signer), fingerprint: await hashed(license, this.#parts.components) }
  }

  anchor(signed: number): void {
    if (this.#clocks.anchor(signed) && !this.isOver) this.#write({})
  }

  look(now: number): ClockFinding {
    const finding = this.#clocks.look(now)
    const { seen } = this.#clocks.state
    if (!this.isOver && seen - this.#record.seen > SEEN_MILLISECONDS) {
      try {
        this.#write({})
      } catch {
        // It only warns, and the disk may have room again at the next look.
      }
    }
    return finding
  }

  spent(license: string, meter: string, from: number): number {
    return usedOf(this.#record.spent, { license, meter, from }) - (this.#ahead.get(nameOf(license, meter, from)) ?? 0)
  }

  spentAt(license: string, now: number): Readonly<Record<string, number>> {
    const open = this.#record.spent.filter((each) => isOf(each, license) && each.from <= now && now < each.until)
    return Object.fromEntries(open.map(({ meter, from }) => [meter, this.spent(license, meter, from)]))
  }

  spend(license: string, meter: string, window: { readonly from: number; readonly until: number }, amount: number, share: number): boolean {
    // Given back, or another process's by now.
    if (this.isOver) return false
    const { from, until } = window
    const name = nameOf(license, meter, from)
    const ahead = this.#ahead.get(name) ?? 0
    if (ahead >= amount) {
      this.#ahead.set(name, ahead - amount)
      return true
    }
    const written = usedOf(this.#record.spent, { license, meter, from })
    const chunk = Math.max(amount - ahead, Math.min(amount + Math.floor(share / CHUNKS), share - written))
    const book = withSpent(this.#record, { license, meter, from, until, used: written + chunk })
    if (book === undefined) return false
    try {
      this.#write(book)
    } catch {
      return false
    }
    this.#ahead.set(name, ahead + chunk - amount)
    return true
  }

  /** What was written ahead and not spent is given back. */
  #exactly(): Pick<DeviceRecord, 'spent'> {
    const spent = this.#record.spent.map((each) =>
      each.license === undefined ? each : { ...each, used: this.spent(each.license, each.meter, each.from) },
    )
    this.#ahead.clear()
    return { spent }
  }

  /** One after the other: two at once would sign one number for two contacts. */
  #contact(): Promise<Activation> {
    const run = async () => {
      const { activation } = this.#record
      if (activation === undefined) throw new DeviceError('DEVICE_NOT_ACTIVATED', undefined)
      const parts = partsToTell(this.#record.spent, activation.license)
      for (const part of parts.slice(0, -1)) await this.#tell(activation, part)
      return this.#tell(activation, parts.at(-1) ?? [], this.#record.leaving)
    }
    const contact = this.#contacts.then(run)
    this.#contacts = contact.catch(() => {})
    return contact
  }

  /** One contact. @param releases with the last word: what is told of a share that was given back frees nothing */
  async #tell(activation: NonNullable<DeviceRecord['activation']>, part: readonly Spent[], releases?: 'yes'): Promise<Activation> {
    const { pending = { jti: crypto.randomUUID(), counter: this.#record.counter + 1 } } = this.#record
    // Before it is sent: a number that was signed is never signed for another contact.
    this.#write({ pending, ...this.#exactly() })
    const { id, issuer, license } = activation
    const spent = part.map(({ meter, from, until }) => ({ meter, from, until, used: usedOf(this.#record.spent, { license, meter, from }) }))
    const said = {
      aud: issuer,
      iat: this.#seconds(),
      jti: pending.jti,
      activation: id,
      counter: pending.counter,
      ...(spent.length > 0 && { spent }),
      ...(releases !== undefined ? { releases } : await this.#workload()),
    }
    const contact = await signDeviceContact(said, this.#parts.signer)
    const answer = await ask(this.#parts.url, `/v1/activations/${encodeURIComponent(id)}/contact`, undefined, { contact })
    const { pending: _, ...record } = this.#record
    const heard = withTold(record.spent, license, spent, this.#clocks.state.proven)
    this.#write({ counter: pending.counter, spent: heard, ...(answer.state === 'cloned' && { cloned: 'yes' }) }, record)
    return answer
  }

  async #workload(): Promise<{ readonly workload?: string }> {
    const token = await this.#parts.workload?.()
    return token === undefined ? {} : { workload: token.trim() }
  }

  async #request({ name = 'device', share, fingerprint, license }: ActivateOptions, iat: number, exp: number): Promise<string> {
    const { roots, signer, components } = this.#parts
    const [root] = roots
    if (root === undefined) throw new DeviceError('DEVICE_OPTION_INVALID', { option: 'roots' })
    const said = {
      aud: root.issuer,
      iat,
      exp,
      jti: crypto.randomUUID(),
      name,
      ...(share !== undefined && { share }),
      ...(await this.#workload()),
    }
    if (fingerprint === undefined) return signActivationRequest(said, signer)
    if (license === undefined) throw new DeviceError('DEVICE_OPTION_INVALID', { option: 'license' })
    const found = await hashed(license, components)
    if (found.length === 0) throw new DeviceError('DEVICE_OPTION_INVALID', { option: 'fingerprint' })
    return signActivationRequest({ ...said, fingerprint: { components: found, at_least: atLeast(fingerprint, found.length) } }, signer)
  }

  async #install(file: string, activation: { readonly id: string } | undefined): Promise<void> {
    const { clock, decryptionKey } = this.#parts
    try {
      const now = Math.floor(clock() / 1000)
      const { claims } = await readFile(file, this.#trust, now)
      const kept = await atRest(file, decryptionKey)
      if (claims.binding?.device_key !== this.key) throw new LicenseError('DEVICE_MISMATCH', { binding: 'device_key' })
      this.#holding()
      this.#clocks.anchor(claims.iat * 1000)
      const place = activation && { activation: { id: activation.id, license: claims.license, issuer: claims.iss } }
      writeWhole(this.#path('license'), kept)
      this.#write({ ...place })
    } catch (error) {
      if (!(error instanceof LicenseError)) throw error
      throw new DeviceError('LICENSE_FILE_REFUSED', { code: error.code }, { cause: error })
    }
  }

  async #heed(keySet: RevokedKeys, fileLog: string | undefined): Promise<void> {
    const merged = () => withRevoked(this.#record.revoked ?? [], keySet)
    if (fileLog !== undefined) {
      await readFileLogs(fileLog, { roots: this.#parts.roots, keySet: asKeySet(merged().revoked) })
      this.#holding()
      writeWhole(this.#path('file-log'), fileLog)
    }
    // Now, and not before it was read: meanwhile more may have been heard.
    const { revoked = [] } = this.#record
    const { revoked: known, isWhole } = merged()
    const isNews = known.length > revoked.length || known.some(({ at }, i) => at !== revoked[i]?.at)
    if (isNews) this.#write({ revoked: known })
    if (isNews || fileLog !== undefined) await this.#lookAgain()
    if (!isWhole) throw new DeviceError('DEVICE_RECORD_UNWRITABLE', { why: 'MOST_REVOKED' })
  }

  /** Whether what was opened still holds, by all that is known by now. */
  async #lookAgain(): Promise<void> {
    for (const [id, file] of this.#opened) {
      this.#refused.delete(id)
      await readFile(file, this.#trust, this.#seconds()).catch((error: Error) => this.#refused.set(id, error))
    }
  }

  /** Of those that were opened long ago nobody would know any more. */
  #remember(id: string, file: string): void {
    this.#opened.delete(id)
    this.#opened.set(id, file)
    const [oldest] = this.#opened.keys()
    if (this.#opened.size <= MOST_OPENED || oldest === undefined) return
    this.#opened.delete(oldest)
    this.#refused.set(oldest, new DeviceError('LICENSE_FILE_REFUSED', { code: 'LICENSE_REPLACED' }))
  }

  get #trust(): FileTrust {
    const { roots, decryptionKey } = this.#parts
    return { roots, decryptionKey, keySet: asKeySet(this.#record.revoked ?? []), fileLog: this.#read('file-log') }
  }

  #path(name: string): string {
    return join(this.#parts.folder, name)
  }

  #read(name: string): string | undefined {
    try {
      return readFileSync(this.#path(name), 'utf8')
    } catch {
      return undefined
    }
  }

  /** Once it is closed the folder is another's: what is under way may write nothing there any more. */
  #holding(): void {
    if (this.#isOver) throw new DeviceError('DEVICE_CLOSED', undefined)
  }

  #staying(): void {
    this.#holding()
    if (this.#record.leaving !== undefined) throw new DeviceError('DEVICE_LEAVING', undefined)
  }

  #seconds(): number {
    return Math.floor(this.#parts.clock() / 1000)
  }

  /** @param from what was, where members of it go */
  #write(more: Partial<DeviceRecord>, from: DeviceRecord = this.#record): void {
    this.#holding()
    const next = { ...from, ...more, ...this.#clocks.state }
    this.#parts.sealed.write(next)
    this.#record = next
  }
}

const ONLINE_SECONDS = 300
/** What the clock said is written down so often. */
const SEEN_MILLISECONDS = 600_000
/** Later files of one run that an application has open at once, at the most. */
const MOST_OPENED = 64

/** A list is in a file of its own. */
function fileOf({ iss, uri }: ListName): string {
  return `status-${createHash('sha256').update(`${iss} ${uri}`).digest('hex').slice(0, 32)}`
}

function nameOf(license: string, meter: string, from: number): string {
  return `${license} ${meter} ${from}`
}

function serverTime(error: unknown): number | undefined {
  if (!(error instanceof DeviceError) || error.code !== 'ACTIVATION_REFUSED') return undefined
  const { code, problem } = (error as DeviceError<'ACTIVATION_REFUSED'>).details
  return code === 'DEVICE_MESSAGE_OUT_OF_TIME' && typeof problem.now === 'number' ? problem.now : undefined
}
