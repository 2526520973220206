import { writeFileSync } from 'node:fs'
import { answer, oneTime } from '@writ/client'
import { formatInstant } from '@writ/engine'
import {
  type DecryptionJwk,
  decryptLicenseFile,
  type EncryptionJwk,
  inspectLicenseFile,
  LicenseError,
  makeDecryptionKey,
  readFileLogs,
  type VerifiedLicense,
  verifyLicenseFile,
} from '@writ/license'
import { explainFile } from '@writ/sdk/offline'
import { publicJwk, readKeySet, TrustError, type TrustedRoot } from '@writ/trust'
import type { Command } from 'commander'
import { act, type Outcome } from '../act.ts'
import { CliError } from '../cli-error.ts'
import { connect, connectWithoutKey, readText } from '../connection.ts'
import { EXIT } from '../exit-code.ts'
import type { Io } from '../io.ts'
import { intoNewFile } from '../new-file.ts'
import { card } from '../table.ts'

export function licenseFileCommands(license: Command, io: Io): void {
  const file = license
    .command('file')
    .description('issue a license file: signed, portable, verified without a network')
    .argument('<id>', 'the licence')
    .option('--identities <how>', 'asserted (the application vouches) or roster (the file lists them, under pseudonyms)', 'asserted')
    .option('--encrypt-to <file>', 'encrypt it to this public key of its holder, as `writ license decryption-key` writes it')
    .option('--out <file>', 'write it to this file instead of showing it')
  act<{ identities: string; out?: string; encryptTo?: string }>(file, io, async ([id = ''], { identities, out, encryptTo }) => {
    const to = encryptTo === undefined ? {} : { encrypt_to: jwkIn<EncryptionJwk>(encryptTo) }
    const body = { identities: identities as 'asserted', ...to }
    const made = await answer(connect(io).POST('/v1/licenses/{id}/files', { params: { path: { id } }, body, headers: oneTime() }))
    if (out === undefined) return { data: made, text: made.file.trimEnd() }
    write(out, made.file)
    return { data: { ...made, out }, text: `${io.paint.green('✓')} ${made.id} is in ${out}` }
  })

  const pair = license
    .command('decryption-key')
    .description('make the key pair that license files are encrypted to: one for each holder, and for nothing else')
    .requiredOption('--out <file>', 'the private half goes to this new file, for its owner alone')
    .requiredOption('--public <file>', 'the public half goes to this file, for the vendor')
  act<{ out: string; public: string }>(pair, io, async (_args, options) => {
    const { publicJwk } = await intoNewFile(options.out, makeDecryptionKey, ({ privateJwk }) => `${JSON.stringify(privateJwk)}\n`)
    write(options.public, `${JSON.stringify(publicJwk)}\n`)
    const text = `${io.paint.green('✓')} the private key is in ${options.out}, and stays there; give ${options.public} to the vendor`
    return { data: { out: options.out, public: options.public, public_jwk: publicJwk }, text }
  })

  const decrypt = license
    .command('decrypt')
    .description('decrypt a license file with the key of its holder, in this process; nothing is verified by it')
    .argument('<file>', '- is standard input')
    .requiredOption('--key <file>', 'the private key, as `writ license decryption-key` made it')
    .option('--out <file>', 'write it to this file instead of showing it')
  act<{ key: string; out?: string }>(decrypt, io, async ([path = ''], { key, out }) => {
    const text = await decryptLicenseFile(readText(path), jwkIn<DecryptionJwk>(key)).catch((error: unknown) => {
      if (!(error instanceof LicenseError)) throw error
      const { why } = (error.details ?? {}) as { why?: string }
      throw new CliError('FILE_UNREADABLE', `${error.code}${why === undefined ? '' : ` (${why})`}: ${error.message}`)
    })
    if (out === undefined) return { data: { file: text }, text: text.trimEnd() }
    write(out, text)
    return { data: { out }, text: `${io.paint.green('✓')} decrypted into ${out}; verify it with \`writ license verify\`` }
  })

  const root = license
    .command('root')
    .description('print the root key of the authority, for pinning: compare it once with the vendor, by another way')
    .option('--out <file>', 'write it to this file instead of showing it')
  act<{ out?: string }>(root, io, async (_args, { out }) => {
    const document = await answer(connectWithoutKey(io).GET('/.well-known/writ-keys'))
    const { issuer, root: key } = document as unknown as { issuer: string; root: unknown }
    const text = JSON.stringify({ issuer, key }, null, 2)
    if (out === undefined) return { data: { issuer, key }, text }
    write(out, `${text}\n`)
    return { data: { issuer, key, out }, text: `${io.paint.green('✓')} the root of ${issuer} is in ${out}` }
  })

  const verify = license
    .command('verify')
    .description('verify a license file under a pinned root, in this process, without a network')
    .argument('<file>', '- is standard input')
    .requiredOption('--root <file>', 'the pinned root, as `writ license root` prints it')
    .option('--key-set <file>', "a saved copy of the authority's /.well-known/writ-keys: a revocation in it counts")
    .option(
      '--file-log <file>',
      "a saved copy of the authority's /v1/signing-keys/KID/files, its parts one after another: what still holds of a revoked key",
    )
  act<{ root: string; keySet?: string; fileLog?: string }>(verify, io, async ([path = ''], options) => {
    const roots = [pinnedRoot(options.root)]
    const text = readText(path)
    try {
      const keySet = options.keySet === undefined ? {} : { keySet: await readKeySet(Buffer.from(readText(options.keySet)), { roots }) }
      const fileLogs =
        options.fileLog === undefined ? {} : { fileLogs: await readFileLogs(readText(options.fileLog), { roots, ...keySet }) }
      return verified(await verifyLicenseFile(text, { roots, now: Math.floor(Date.now() / 1000), ...keySet, ...fileLogs }), io)
    } catch (error) {
      if (error instanceof LicenseError || error instanceof TrustError) return refused(error, text, io)
      throw error
    }
  })
}

function verified({ claims, statement }: VerifiedLicense, { paint }: Io): Outcome {
  const { license, product, plan, edition, holder, iat, starts, ends, identities, roster, binding } = claims
  const title = `${paint.green('✓')} verified: signed by ${statement.kid}, for which the pinned root vouches`
  const held = 'organization' in holder ? `organization ${holder.organization}` : `identity ${holder.identity}`
  const text = card(
    title,
    [
      ['licence', license],
      ['plan', `${product}/${plan}, edition ${edition}`],
      ['holder', held],
      ['issued', formatInstant(iat * 1000)],
      ['starts', formatInstant(starts)],
      ['ends', ends === undefined ? 'open end' : formatInstant(ends)],
      ['identities', identities ?? `a roster of ${roster?.length ?? 0}`],
      ['bound to', binding === undefined ? undefined : Object.keys(binding).join(', ')],
    ],
    paint,
  )
  const { terms: _, ...shown } = claims
  const { sentences, holds, next } = explainFile(claims, { now: Date.now() })
  const says = { holds, ...(next !== undefined && { next: formatInstant(next) }), sentences }
  return {
    data: { verified: true, key: statement.kid, claims: shown, says },
    text: [text, '', ...sentences.map((sentence) => `  ${holds ? paint.green('•') : paint.red('•')} ${sentence}`)].join('\n'),
  }
}

function refused(error: LicenseError | TrustError, text: string, { paint }: Io): Outcome {
  const why =
    error instanceof LicenseError && error.code === 'LICENSE_STATEMENT_REFUSED' ? (error.details as { why: string }).why : undefined
  const says = whatItSays(text)
  return {
    data: { verified: false, code: error.code, ...(why !== undefined && { why }) },
    text: [
      `${paint.red('✗')} not verified: ${paint.bold(error.code)}  ${error.message}${why === undefined ? '' : ` (${why})`}`,
      ...(says === undefined ? [] : [`  ${paint.dim('it calls itself, which nobody has proven:')} ${says}`]),
    ].join('\n'),
    exitCode: EXIT.NO,
  }
}

function whatItSays(text: string): string | undefined {
  try {
    const { unverifiedClaims: claims } = inspectLicenseFile(text)
    return claims && `licence ${claims.license}, ${claims.product}/${claims.plan}`
  } catch {
    return undefined // not even its frame can be read
  }
}

/** `{ issuer, key }`, or a saved key set: `{ issuer, root, … }`. */
export function pinnedRoot(file: string): TrustedRoot {
  const text = readText(file)
  try {
    const { issuer, key, root } = JSON.parse(text) as { issuer?: unknown; key?: unknown; root?: unknown }
    if (typeof issuer !== 'string') throw new Error('no issuer')
    return { issuer, key: publicJwk(key ?? root) }
  } catch {
    throw new CliError('FILE_UNREADABLE', `${file} does not hold a root key.`, '`writ license root --out FILE` writes one.')
  }
}

export function jwkIn<Jwk>(file: string): Jwk {
  const text = readText(file)
  try {
    return JSON.parse(text) as Jwk
  } catch {
    throw new CliError('FILE_UNREADABLE', `${file} does not hold a key.`, '`writ license decryption-key` makes one.')
  }
}

export function write(file: string, text: string): void {
  try {
    writeFileSync(file, text)
  } catch (error) {
    throw new CliError('FILE_UNWRITABLE', `${file} cannot be written (${(error as NodeJS.ErrnoException).code}).`)
  }
}
