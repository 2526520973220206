import { check, contract, diff, hash, show, type Terms } from '@writ/terms'
import { type Command, Option } from 'commander'
import { act } from '../act.ts'
import { CliError } from '../cli-error.ts'
import { readText } from '../connection.ts'
import { EXIT } from '../exit-code.ts'
import type { Io } from '../io.ts'
import { namedSource, sourceOf, type TermsSource, termsOrFaults, writeText } from '../terms-source.ts'
import { termsTypes } from '../terms-types.ts'
import { consequencesInWords, countsInWords } from '../words/consequences.ts'
import { findingsInWords, summary } from '../words/findings.ts'
import { publicationCommands } from './publication.ts'
import { rolloutCommands } from './rollout.ts'
import { signOffCommands } from './sign-off.ts'

export function termsCommands(program: Command, io: Io): void {
  const terms = program.command('terms').description('the contract language: check, show, compare and publish terms')

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
    .description('print terms, of a file or of a published edition: in their canonical form, or as a contract that people read and sign')
    .argument('[file]', 'a terms file, or an edition as atlas@3 or atlas@newest; - is standard input')
    .option('-p, --product <id>', 'a published product instead of a file')
    .option('-e, --edition <n>', 'its edition (default: the newest)')
    .addOption(
      new Option('--as <form>', 'as terms, or as prose: Markdown, and plain text on a terminal')
        .choices(['terms', 'contract'])
        .default('terms'),
    )
  act<{ product?: string; edition?: string; as: 'terms' | 'contract' }>(showing, io, async ([file], { as, ...named }) => {
    const source = await namedSource(io, file, named)
    const read = termsOrFaults(source, io)
    if ('outcome' in read) return read.outcome
    const reference = { hash: await hash(read.terms), ...(source.edition !== undefined && { edition: source.edition }) }
    if (as === 'contract') {
      const data = { contract: contract(read.terms, reference), ...reference }
      return { data, text: (io.terminal ? contract(read.terms, reference, 'text') : data.contract).trimEnd() }
    }
    const text = show(read.terms)
    return { data: { terms: text, hash: reference.hash }, text: text.trimEnd() }
  })

  const typing = terms
    .command('types')
    .description('write a TypeScript module for the SDK, so that a misspelt feature does not compile: of a file, or of a published edition')
    .argument('[file]', 'a terms file; - is standard input')
    .option('-p, --product <id>', 'a published product instead of a file')
    .option('-e, --edition <n>', 'its edition (default: the newest)')
    .option('--out <file>', 'write it to this file instead of showing it')
  act<{ product?: string; edition?: string; out?: string }>(typing, io, async ([file], { out, ...named }) => {
    const read = termsOrFaults(await namedSource(io, file, named), io)
    if ('outcome' in read) return read.outcome
    const types = await termsTypes(read.terms)
    if (out === undefined) return { data: { types }, text: types.trimEnd() }
    writeText(out, types)
    return { data: { out }, text: `${io.paint.green('✓')} the types of ${read.terms.product} are in ${out}` }
  })

  const differing = terms
    .command('diff')
    .description('say what one edition comes to for who has another: in consequences, what takes away first')
    .argument('<before>', 'what is sold now: a terms file, or an edition as atlas@3 or atlas@newest')
    .argument('<after>', 'what would come instead, named alike')
  act(differing, io, async ([before = '', after = '']) => {
    const sources = [await sourceOf(io, before), await sourceOf(io, after)] as const
    const [was, now] = [termsOrFaults(sources[0], io), termsOrFaults(sources[1], io)]
    if ('outcome' in was) return was.outcome
    if ('outcome' in now) return now.outcome
    if (was.terms.product !== now.terms.product)
      throw new CliError(
        'USAGE',
        `${sources[0].name} has the terms of ${was.terms.product}, ${sources[1].name} those of ${now.terms.product}.`,
      )
    const consequences = diff(was.terms, now.terms)
    const named = async ({ name }: TermsSource, terms: Terms) => ({ name, hash: await hash(terms) })
    return {
      data: {
        product: was.terms.product,
        before: await named(sources[0], was.terms),
        after: await named(sources[1], now.terms),
        consequences,
      },
      text:
        consequences.length === 0
          ? `${io.paint.green('✓')} both are the same terms`
          : [...consequencesInWords(consequences, io.paint), countsInWords(consequences)].join('\n'),
    }
  })

  publicationCommands(terms, io)
  signOffCommands(terms, io)
  rolloutCommands(terms, io)
}
