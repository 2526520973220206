import { writeFileSync } from 'node:fs'
import { answer } from '@writ/client'
import { parse, type Terms } from '@writ/terms'
import type { Outcome } from './act.ts'
import { CliError } from './cli-error.ts'
import { connect, readText } from './connection.ts'
import { EXIT } from './exit-code.ts'
import type { Io } from './io.ts'
import { findingsInWords } from './words/findings.ts'

/** A terms file as text, or what an authority published. */
export interface TermsSource {
  readonly name: string
  readonly text: string
  /** Of what is published. */
  readonly edition?: number
}

const EDITION = /^([A-Za-z][\w.]*)@(newest|[1-9]\d{0,14})$/

/** `atlas@3` and `atlas@newest` are editions of the authority; anything else is a file, `-` standard input. */
export async function sourceOf(io: Io, argument: string): Promise<TermsSource> {
  const [, product, edition] = EDITION.exec(argument) ?? []
  if (product === undefined) return { name: argument, text: readText(argument) }
  return published(io, product, edition === 'newest' ? undefined : edition)
}

/** A file, or a product and perhaps its edition, as options name them. */
export async function namedSource(
  io: Io,
  file: string | undefined,
  { product, edition }: { product?: string; edition?: string },
): Promise<TermsSource> {
  if ((file === undefined) === (product === undefined)) throw new CliError('USAGE', 'Name a file, or a product with --product.')
  return file === undefined ? published(io, product ?? '', edition) : sourceOf(io, file)
}

/** The terms, or the outcome of a command that cannot go on without them. */
export function termsOrFaults({ name, text }: TermsSource, { paint }: Io): { terms: Terms } | { outcome: Outcome } {
  const { terms, findings } = parse(text)
  if (terms !== undefined) return { terms }
  return { outcome: { data: { findings }, text: findingsInWords(name, text, findings, paint).join('\n'), exitCode: EXIT.NO } }
}

async function published(io: Io, product: string, edition: string | undefined): Promise<TermsSource> {
  const client = connect(io)
  const number = edition === undefined ? await newest(client, product) : Number(edition)
  if (!Number.isInteger(number) || number < 1) throw new CliError('USAGE', '--edition takes a whole number from 1.')
  const read = await answer(client.GET('/v1/products/{product}/editions/{edition}', { params: { path: { product, edition: number } } }))
  return { name: `${product}@${number}`, text: read.terms, edition: number }
}

async function newest(client: ReturnType<typeof connect>, product: string): Promise<number> {
  const { newest_edition: edition } = await answer(client.GET('/v1/products/{product}', { params: { path: { product } } }))
  return edition
}

export function writeText(file: string, text: string): void {
  try {
    writeFileSync(file, text)
  } catch (error) {
    throw new CliError('FILE_UNWRITABLE', `${file} cannot be written (${(error as NodeJS.ErrnoException).code}).`)
  }
}
