import { writeFileSync } from 'node:fs'
import { answer, type Client, oneTime, type operations } from '@writ/client'
import { type EncryptionJwk, readRequestText, signActivationRequest } from '@writ/license'
import { makePool, type PoolNode } from '@writ/sdk/offline/node'
import { SigningKey } from '@writ/trust'
import { type Command, Option } from 'commander'
import { renderUnicodeCompact } from 'uqr'
import { act } from '../act.ts'
import { CliError } from '../cli-error.ts'
import { confirmed } from '../confirm.ts'
import { connect, connectByLicenseKey, readText } from '../connection.ts'
import type { Io } from '../io.ts'
import { listed, pageAfter } from '../lists.ts'
import { intoNewFile } from '../new-file.ts'
import { card, table } from '../table.ts'
import { jwkIn } from './license-file.ts'

type Workload = NonNullable<Activation['workload']>
type Activation = operations['readActivation']['responses'][200]['content']['application/json']

interface ByKey {
  readonly licenseKeyFile?: string
}
interface CreateOptions extends ByKey {
  readonly license?: string
  readonly name?: string
  readonly days?: string
  readonly share: Readonly<Record<string, number>>
  readonly seats?: string
  readonly replaces?: string
  readonly encryptTo?: string
  readonly out?: string
}
interface PoolOptions {
  readonly out: string
  readonly codes: string
  readonly days?: string
  readonly share: Readonly<Record<string, number>>
  readonly seats?: string
}
interface RulesOptions {
  readonly workload: readonly Workload[] | 'any'
  readonly share: Readonly<Record<string, number>>
  readonly seats?: string
  readonly most?: string
  readonly selfReleases?: string
  readonly mostDays?: string
  readonly identities?: 'asserted' | 'roster'
}

const SEATS = ['--seats <n>', 'floating seats that it has with no network (default: as the rules say, or 1)'] as const
const KEY_FILE = ['--license-key-file <file>', 'a license key in a file, - for standard input, instead of an API key'] as const

export function activationCommands(program: Command, io: Io): void {
  const activation = program.command('activation').description('activations: the devices on which a licence is used')

  const create = activation
    .command('create')
    .description('activate a device by the request that it wrote, and get the license file to carry back')
    .argument('<request>', 'the request file, - is standard input')
    .option('-l, --license <id>', 'the licence; a license key says it')
    .option(...KEY_FILE)
    .option('--name <name>', 'what to call the device (default: as it calls itself)')
    .option('--days <days>', 'check out for so many days')
    .option('--share <meter=units>', 'units a window of a hard quota; may be repeated', quota, {})
    .option(...SEATS)
    .option('--replaces <id>', 'the activation whose place it takes')
    .option('--encrypt-to <file>', 'encrypt the license file to this public key of the site, as `writ license decryption-key` writes it')
    .option('--out <file>', 'write the license file to this file instead of showing it')
  act<CreateOptions>(create, io, async ([file = ''], { license, name, days, share, seats, replaces, encryptTo, out, ...by }) => {
    const body = {
      request: readText(file),
      ...(license !== undefined && { license }),
      ...(name !== undefined && { name }),
      ...(days !== undefined && { days: wholeNumber('--days', days) }),
      ...shareOf(share, seats),
      ...(replaces !== undefined && { replaces }),
      ...(encryptTo !== undefined && { encrypt_to: jwkIn<EncryptionJwk>(encryptTo) }),
    }
    const { file: text = '', ...made } = await answer(clientFor(io, by).POST('/v1/activations', { body, headers: oneTime() }))
    const said = `${io.paint.green('✓')} ${made.name} is activated on ${made.license} as ${made.id}`
    if (out === undefined) return { data: { ...made, file: text }, text: `${said}\n${text.trimEnd()}` }
    write(out, text)
    return { data: { ...made, out }, text: `${said}; its license file is in ${out}` }
  })

  const pool = activation
    .command('pool')
    .description('activate nodes of a site without a network ahead of time: a pool file to carry there, and a code for each to read out')
    .argument('<license>')
    .argument('<names...>', 'what the nodes are called')
    .requiredOption('--out <file>', 'the pool file, new')
    .requiredOption('--codes <file>', 'the codes, in a new file, 0600: keep it here')
    .option('--days <days>', 'check out for so many days')
    .option('--share <meter=units>', 'units a window of a hard quota for each; may be repeated', quota, {})
    .option(...SEATS)
  act<PoolOptions>(pool, io, async ([license = '', ...names], { out, codes, days, share, seats }) => {
    const client = connect(io)
    const { issuer } = (await answer(client.GET('/.well-known/writ-keys'))) as unknown as { issuer: string }
    const more = {
      ...(days !== undefined && { days: wholeNumber('--days', days) }),
      ...shareOf(share, seats),
    }
    const made = await intoNewFile(
      codes,
      async () => {
        const nodes: PoolNode[] = []
        try {
          for (const name of names) nodes.push(await poolNode(client, issuer, license, name, more))
        } catch (error) {
          // Of what nobody will have the places are given back.
          for (const {
            activation: { id },
          } of nodes)
            await answer(client.POST('/v1/activations/{id}/release', { params: { path: { id } }, headers: oneTime() }))
          throw error
        }
        return makePool(nodes)
      },
      (all) => all.codes.map(({ name, activation, code }) => `${code}  ${activation}  ${name}\n`).join(''),
    )
    write(out, made.text)
    const text = `${io.paint.green('✓')} ${names.length} nodes are in ${out}, to carry to the site; their codes are in ${codes}, to read out`
    return { data: { out, codes, nodes: made.codes.map(({ name, activation }) => ({ name, activation })) }, text }
  })

  const qr = activation
    .command('qr')
    .description('show a request as a QR code, for a phone to carry it')
    .argument('<request>', 'the request file, - is standard input')
  act(qr, io, ([file = '']) => {
    const request = readRequest(file)
    return { data: { request }, text: renderUnicodeCompact(request, { ecc: 'L' }) }
  })

  const list = activation
    .command('list')
    .description('list activations, of a licence or of all')
    .argument('[license]')
    .option('-o, --organization <id>', 'only of its licences')
    .addOption(new Option('--state <state>', 'only those that are live, or over').choices(['live', 'over']))
  act<{ organization?: string; state?: 'live' | 'over' }>(list, io, async ([license], { organization, state }) => {
    const client = connect(io)
    const filter = {
      ...(license !== undefined && { license }),
      ...(organization !== undefined && { organization }),
      ...(state !== undefined && { state }),
    }
    const { items, more } = await listed((after) =>
      answer(client.GET('/v1/activations', { params: { query: { ...pageAfter(after), ...filter } } })),
    )
    const rows = items.map((item) => [
      item.id,
      stateOf(item, io),
      item.license,
      item.last_contact_at ?? 'never',
      item.file_until,
      item.name,
    ])
    return { data: { items, more }, text: table(['ID', 'STATE', 'LICENCE', 'CONTACT', 'FILE UNTIL', 'NAME'], rows, io.paint) }
  })

  const show = activation.command('show').description('show an activation').argument('<id>')
  show.option(...KEY_FILE)
  act<ByKey>(show, io, async ([id = ''], by) => {
    const found = await answer(clientFor(io, by).GET('/v1/activations/{id}', { params: { path: { id } } }))
    return { data: found, text: shown(found, io) }
  })

  const release = activation
    .command('release')
    .description('free the place of a device that is lost or replaced')
    .argument('<id>')
    .option(...KEY_FILE)
    .option('--free-share', 'it is known to be gone: free what it holds of quotas and seats at once, also when it was released before')
    .option('--dry-run', 'say what would come of it, and do nothing')
  act<ByKey & { freeShare?: true; dryRun?: true }>(release, io, async ([id = ''], { freeShare, dryRun, ...by }) => {
    const query = { ...(freeShare === true && { free_share: true }), ...(dryRun === true && { dry_run: true }) }
    const params = { path: { id }, query }
    const done = await answer(clientFor(io, by).POST('/v1/activations/{id}/release', { params, headers: oneTime() }))
    const hasShare = done.share.quotas !== undefined || (done.share.seats ?? 0) > 0
    const isHeld = hasShare && freeShare !== true && done.file_until !== undefined
    const held = isHeld ? `; what it holds is held until ${done.file_until}` : ''
    return { data: done, text: `${io.paint.green('✓')} ${done.name} ${dryRun === true ? 'would be' : 'is'} ${done.state}${held}` }
  })

  const revoke = activation
    .command('revoke')
    .description('release a device, and never activate it again on this licence')
    .argument('<id>')
    .option('--dry-run', 'say what would come of it, and do nothing')
    .option('-y, --yes', 'do not ask')
  act<{ dryRun?: true; yes?: true }>(revoke, io, async ([id = ''], { dryRun, yes }) => {
    if (dryRun !== true) await confirmed(io, `Revoke the device ${id} for good?`, yes)
    const params = { path: { id }, ...(dryRun === true && { query: { dry_run: true } }) }
    const done = await answer(connect(io).POST('/v1/activations/{id}/revoke', { params, headers: oneTime() }))
    return { data: done, text: `${io.paint.green('✓')} ${done.name} ${dryRun === true ? 'would be' : 'is'} ${done.state}` }
  })

  const rules = activation
    .command('rules')
    .description('show how a licence may be activated, or say so')
    .argument('<license>')
    .option('--most <n>', 'devices at a time')
    .option('--self-releases <n>', 'releases that the customer may make within 30 days')
    .option('--most-days <n>', 'the most days of a check-out')
    .option('--share <meter=units>', 'what a device is given that asks for nothing: units a window; may be repeated', quota, {})
    .option('--seats <n>', 'and floating seats')
    .option(
      '--workload <issuer=subject>',
      'let these workloads be activated and nothing else; a subject may end with *; may be repeated. any: every device',
      workload,
      [],
    )
    .addOption(new Option('--identities <how>', 'what files say of people').choices(['asserted', 'roster']))
  act<RulesOptions>(rules, io, async ([id = ''], { most, selfReleases, mostDays, identities, share, seats, workload: named }) => {
    const client = connect(io)
    const params = { path: { id } }
    const known = await answer(client.GET('/v1/licenses/{id}/activation-rules', { params }))
    const said = {
      ...(most !== undefined && { most: wholeNumber('--most', most) }),
      ...(selfReleases !== undefined && { self_releases: wholeNumber('--self-releases', selfReleases) }),
      ...(mostDays !== undefined && { most_days: wholeNumber('--most-days', mostDays) }),
      ...(identities !== undefined && { identities }),
      ...shareOf(share, seats, known.share),
      ...(named !== 'any' && named.length > 0 && { workloads: [...named] }),
    }
    const { workloads: _, ...others } = known
    const body = { ...(named === 'any' ? others : known), ...said }
    const now =
      Object.keys(said).length === 0 && named !== 'any'
        ? known
        : await answer(client.PUT('/v1/licenses/{id}/activation-rules', { params, body, headers: oneTime() }))
    const members = [
      ['devices at a time', now.most],
      ['releases in 30 days', now.self_releases],
      ['days of a check-out', now.most_days],
      ['identities', now.identities],
      ['workloads', now.workloads?.map(({ issuer, subject }) => `${subject} of ${issuer}`).join(', ')],
      ['share', JSON.stringify(now.share)],
    ] as const
    return { data: now, text: card(id, members, io.paint) }
  })
}

/** A node has no machine yet: its key is made here, and leaves sealed under its code. */
async function poolNode(client: Client, issuer: string, license: string, name: string, more: object): Promise<PoolNode> {
  const key = await SigningKey.generate()
  const iat = Math.floor(Date.now() / 1000)
  const request = await signActivationRequest({ aud: issuer, iat, exp: iat + 300, jti: crypto.randomUUID(), name }, key)
  const { id, file = '' } = await answer(client.POST('/v1/activations', { body: { request, license, ...more }, headers: oneTime() }))
  return { name, key, activation: { id, license, issuer }, file }
}

/** Compact: armour would make the code larger. Sent as it is read, it is the same request. */
function readRequest(file: string): string {
  try {
    const request = readRequestText(readText(file))
    if (request.length <= MOST_IN_QR && /^[\w.-]+$/.test(request)) return request
  } catch {
    // told below
  }
  throw new CliError(
    'FILE_UNREADABLE',
    `${file} is no request of a device.`,
    'License files are larger than a QR code holds: carry them as files.',
  )
}

/** Of the largest code, bytes at level L. */
const MOST_IN_QR = 2_953

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text)
  } catch (error) {
    throw new CliError('FILE_UNWRITABLE', `${file} cannot be written (${(error as NodeJS.ErrnoException).code}).`)
  }
}

function clientFor(io: Io, { licenseKeyFile }: ByKey): Client {
  return licenseKeyFile === undefined ? connect(io) : connectByLicenseKey(io, licenseKeyFile)
}

function stateOf({ state }: Activation, { paint }: Io): string {
  return state === 'live' ? paint.green(state) : state === 'cloned' ? paint.red(state) : state
}

function shown(found: Activation, io: Io): string {
  const off = found.clock_offset_seconds
  return card(
    found.id,
    [
      ['name', found.name],
      ['state', stateOf(found, io)],
      ['licence', found.license],
      ['device key', found.device_key],
      ['workload', found.workload && `${found.workload.subject} of ${found.workload.issuer}`],
      [
        'share',
        [
          ...(found.share.seats === undefined ? [] : [`seats ${found.share.seats}`]),
          ...Object.entries(found.share.quotas ?? {}).map(([meter, units]) => `${meter} ${units}`),
        ].join(', '),
      ],
      ['since', `${found.created_at}, by ${found.created_by}`],
      ['ends', found.ends_at],
      ['file until', found.file_until],
      ['contact', found.last_contact_at ?? 'never'],
      ['its clock', off === undefined || Math.abs(off) < 60 ? undefined : `${Math.abs(off)} seconds ${off > 0 ? 'ahead' : 'behind'}`],
      ['copied', found.cloned_at && `found at ${found.cloned_at}: no device of this key gets a file`],
      ['released', found.released_at && `${found.released_at}, by ${found.released_by ?? 'nobody'}`],
    ],
    io.paint,
  )
}

/** @param known what is said already, and stays where nothing else is */
function shareOf(quotas: Readonly<Record<string, number>>, seats: string | undefined, known: Activation['share'] = {}) {
  const said = {
    ...(Object.keys(quotas).length > 0 && { quotas }),
    ...(seats !== undefined && { seats: wholeNumber('--seats', seats) }),
  }
  return Object.keys(said).length > 0 ? { share: { ...known, ...said } } : {}
}

function workload(text: string, before: readonly Workload[] | 'any'): readonly Workload[] | 'any' {
  if (text === 'any') return 'any'
  const [, issuer, subject] = /^([^=]+)=(.+)$/.exec(text) ?? []
  if (issuer === undefined || subject === undefined)
    throw new CliError(
      'USAGE',
      '--workload is ISSUER=SUBJECT, or any.',
      'For example: --workload https://kubernetes.default.svc=system:serviceaccount:acme:*',
    )
  return [...(before === 'any' ? [] : before), { issuer, subject }]
}

function quota(text: string, before: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  const [, meter, units] = /^([^=]+)=(\d{1,9})$/.exec(text) ?? []
  if (meter === undefined) throw new CliError('USAGE', '--share is METER=UNITS.', 'For example: --share reports=100')
  return { ...before, [meter]: Number(units) }
}

function wholeNumber(option: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new CliError('USAGE', `${option} is a whole number.`)
  return Number(text)
}
