import { writeFileSync } from 'node:fs'
import { answer, oneTime } from '@writ/client'
import { check, type Finding, hash, parse, show } from '@writ/terms'
import type { Command } from 'commander'
import { act } from '../act.ts'
import { CliError } from '../cli-error.ts'
import { connect, readText } from '../connection.ts'
import { EXIT } from '../exit-code.ts'
import type { Io, Paint } from '../io.ts'
import { termsTypes } from '../terms-types.ts'

export function termsCommands(program: Command, io: Io): void {
  const terms = program.command('terms').description('the contract language: check, show and publish terms')

  const checking = terms
    .command('check')
    .description('say every fault of terms files at its line; asks no authority')
    .argument('<file...>', 'terms files; - is standard input')
  act(checking, io, (files) => {
    const checked = files.map((file) => {
      const source = readText(file)
      return { file, source, findings: check(source).findings }
    })
    const errors = checked.flatMap(({ findings }) => findings).filter(({ severity }) => severity === 'error').length
    return {
      data: { files: checked.map(({ file, findings }) => ({ file, findings })), errors },
      text: [
        ...checked.flatMap((each) => findingsInWords(each.file, each.source, each.findings, io.paint)),
        summary(checked, io.paint),
      ].join('\n'),
      exitCode: errors > 0 ? EXIT.NO : EXIT.OK,
    }
  })

  const showing = terms
    .command('show')
    .description('print terms in their canonical form: of a file, or of a published edition')
    .argument('[file]', 'a terms file; - is standard input')
    .option('-p, --product <id>', 'a published product instead of a file')
    .option('-e, --edition <n>', 'its edition (default: the newest)')
  act<{ product?: string; edition?: string }>(showing, io, async ([file], { product, edition }) => {
    if ((file === undefined) === (product === undefined)) throw new CliError('USAGE', 'Name a file, or a product with --product.')
    const source = file !== undefined ? readText(file) : await published(io, product ?? '', edition)
    const parsed = parse(source)
    if (parsed.terms === undefined) {
      const text = findingsInWords(file ?? '', source, parsed.findings, io.paint).join('\n')
      return { data: { findings: parsed.findings }, text, exitCode: EXIT.NO }
    }
    const text = show(parsed.terms)
    return { data: { terms: text, hash: await hash(parsed.terms) }, text: text.trimEnd() }
  })

  const typing = terms
    .command('types')
    .description('write a TypeScript module for the SDK, so that a misspelt feature does not compile: of a file, or of a published edition')
    .argument('[file]', 'a terms file; - is standard input')
    .option('-p, --product <id>', 'a published product instead of a file')
    .option('-e, --edition <n>', 'its edition (default: the newest)')
    .option('--out <file>', 'write it to this file instead of showing it')
  act<{ product?: string; edition?: string; out?: string }>(typing, io, async ([file], { product, edition, out }) => {
    if ((file === undefined) === (product === undefined)) throw new CliError('USAGE', 'Name a file, or a product with --product.')
    const source = file !== undefined ? readText(file) : await published(io, product ?? '', edition)
    const parsed = parse(source)
    if (parsed.terms === undefined) {
      const text = findingsInWords(file ?? '', source, parsed.findings, io.paint).join('\n')
      return { data: { findings: parsed.findings }, text, exitCode: EXIT.NO }
    }
    const types = await termsTypes(parsed.terms)
    if (out === undefined) return { data: { types }, text: types.trimEnd() }
    writeText(out, types)
    return { data: { out }, text: `${io.paint.green('✓')} the types of ${parsed.terms.product} are in ${out}` }
  })

  const publishing = terms
    .command('publish')
    .description('publish a file as the newest edition of its product')
    .argument('<file>', 'a terms file; - is standard input')
    .option('--dry-run', 'say what would come of it, and do nothing')
  act<{ dryRun?: true }>(publishing, io, async ([file = ''], { dryRun }) => {
    const source = readText(file)
    const { terms: read, findings } = check(source)
    if (read === undefined) {
      const text = [...findingsInWords(file, source, findings, io.paint), 'Nothing was published.'].join('\n')
      return { data: { findings }, text, exitCode: EXIT.NO }
    }
    const edition = await answer(
      connect(io).POST('/v1/products/{product}/editions', {
        params: { path: { product: read.product }, query: dryRun === true ? { dry_run: true } : {} },
        body: { terms: source },
        headers: oneTime(),
      }),
    )
    const verb = dryRun === true ? 'would be' : 'is'
    return {
      data: edition,
      text: [
        ...findingsInWords(file, source, findings, io.paint),
        `${io.paint.green('✓')} ${edition.product} ${verb} edition ${edition.edition}, ${edition.hash}`,
      ].join('\n'),
    }
  })
}

function writeText(file: string, text: string): void {
  try {
    writeFileSync(file, text)
  } catch (error) {
    throw new CliError('FILE_UNWRITABLE', `${file} cannot be written (${(error as NodeJS.ErrnoException).code}).`)
  }
}

async function published(io: Io, product: string, edition: string | undefined): Promise<string> {
  const client = connect(io)
  const number = edition === undefined ? await newest(client, product) : Number(edition)
  if (!Number.isInteger(number) || number < 1) throw new CliError('USAGE', '--edition takes a whole number from 1.')
  const read = await answer(client.GET('/v1/products/{product}/editions/{edition}', { params: { path: { product, edition: number } } }))
  return read.terms
}

async function newest(client: ReturnType<typeof connect>, product: string): Promise<number> {
  const { newest_edition: edition } = await answer(client.GET('/v1/products/{product}', { params: { path: { product } } }))
  return edition
}

/** `file:line:column code sentence`, the line itself with a caret, and the suggestion. */
function findingsInWords(file: string, source: string, findings: readonly Finding[], paint: Paint): string[] {
  const lines = source.split(/\r\n|\n|\r/)
  return findings.flatMap(({ severity, code, line, column, message, suggestion }) => {
    const hue = severity === 'error' ? paint.red : paint.yellow
    const text = lines[line - 1]
    return [
      `${paint.bold(`${file}:${line}:${column}`)} ${hue(`${severity} ${code}`)} ${message}`,
      ...(text === undefined ? [] : excerpt(text, column, hue)),
      ...(suggestion === undefined ? [] : [`  ${paint.cyan('help:')} ${suggestion}`]),
      '',
    ]
  })
}

const WIDTH = 110

/** A long line is cut around the place; a tab stays a tab above and below, so that the caret stands where it should. */
function excerpt(text: string, column: number, hue: (text: string) => string): string[] {
  const from = column <= WIDTH ? 0 : column - Math.floor(WIDTH / 2)
  const shown = text.slice(from, from + WIDTH)
  const before = shown.slice(0, Math.max(0, column - 1 - from)).replace(/[^\t]/g, ' ')
  return [`  ${shown}`, `  ${before}${hue('^')}`]
}

function summary(checked: readonly { readonly findings: readonly Finding[] }[], paint: Paint): string {
  const all = checked.flatMap(({ findings }) => findings)
  const errors = all.filter(({ severity }) => severity === 'error').length
  const warnings = all.length - errors
  const files = `${checked.length} file${checked.length === 1 ? '' : 's'}`
  const counts = `${files}: ${errors} error${errors === 1 ? '' : 's'}, ${warnings} warning${warnings === 1 ? '' : 's'}`
  return errors > 0 ? paint.red(`✗ ${counts}`) : `${paint.green('✓')} ${counts}`
}
