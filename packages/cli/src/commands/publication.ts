import { answer, type Client, oneTime } from '@writ/client'
import { check } from '@writ/terms'
import type { Command } from 'commander'
import { act, type Outcome } from '../act.ts'
import { CliError } from '../cli-error.ts'
import { connect, readText } from '../connection.ts'
import { EXIT } from '../exit-code.ts'
import type { Io, Paint } from '../io.ts'
import { hashOfPlan, type Planned, planFile, readPlanFile } from '../publication-plan.ts'
import { writeText } from '../terms-source.ts'
import { consequencesInWords, countsInWords } from '../words/consequences.ts'
import { findingsInWords } from '../words/findings.ts'
import { unprovableInWords } from '../words/unprovable.ts'

/** `plan`, `publish` and `apply`: a pipeline looks, somebody reads, and exactly that is published. */
export function publicationCommands(terms: Command, io: Io): void {
  const planning = terms
    .command('plan')
    .description(
      'say what publishing files would come to, for whom and when; changes nothing. Exit code 0: nothing would change, 2: something would, anything else: it could not tell',
    )
    .argument('<file...>', 'terms files, one for each product')
    .option('--out <plan>', 'write the plan, with the terms that were read, to this file for `writ terms apply`')
  act<{ out?: string }>(planning, io, async (files, { out }) => {
    const read = readAll(files, io)
    if ('outcome' in read) return read.outcome
    const plans = await planAll(connect(io), read.files)
    const hash = hashOfPlan(plans.map(({ plan }) => plan))
    if (out !== undefined)
      writeText(
        out,
        planFile(plans.map(({ file, product, source, plan }) => ({ file, product, plan_hash: plan.plan_hash, terms: source }))),
      )
    const changes = plans.some(({ plan }) => plan.is_new)
    const next = out === undefined ? `writ terms publish ${files.join(' ')} --if-plan ${hash}` : `writ terms apply ${out}`
    return {
      data: { plan_hash: hash, changes, items: plans.map(({ file, plan }) => ({ file, ...plan })) },
      text: [
        ...read.warnings,
        ...plans.map(({ plan }) => planInWords(plan, io.paint)),
        ...(changes ? [`plan  ${hash}`, `next: ${next}`] : []),
      ].join('\n'),
      exitCode: changes ? EXIT.CHANGES : EXIT.OK,
    }
  })

  const publishing = terms
    .command('publish')
    .description('publish files, each as the newest edition of its product; what is the newest edition already stays it')
    .argument('<file...>', 'terms files, one for each product; - is standard input')
    .option('--if-plan <hash>', 'only what `writ terms plan` of the same files named so, and only while no other edition came since')
    .option('--staged', 'for a roll-out: new licences do not get it until `writ terms rollout promote`')
    .option('--dry-run', 'say what would come of it, and do nothing')
  act<{ dryRun?: true; ifPlan?: string; staged?: true }>(publishing, io, async (files, { dryRun, ifPlan, staged }) => {
    const read = readAll(files, io)
    if ('outcome' in read) return { ...read.outcome, text: `${read.outcome.text}\nNothing was published.` }
    const client = connect(io)
    const plans = ifPlan === undefined ? undefined : await agreed(client, read.files, ifPlan)
    const editions = []
    for (const [index, { product, source }] of read.files.entries())
      editions.push(await publish(client, product, source, plans?.[index], dryRun === true, staged))
    return published(editions, io, read.warnings, dryRun === true)
  })

  const applying = terms
    .command('apply')
    .description('publish exactly what a plan file holds, and only while no other edition came since')
    .argument('<plan>', 'what `writ terms plan --out` wrote; - is standard input')
    .option('--dry-run', 'say what would come of it, and do nothing')
  act<{ dryRun?: true }>(applying, io, async ([file = ''], { dryRun }) => {
    const planned = readPlanFile(file)
    const client = connect(io)
    const editions = []
    for (const { product, terms: source, plan_hash } of planned)
      editions.push(await publish(client, product, source, plan_hash, dryRun === true))
    return published(editions, io, [], dryRun === true)
  })
}

interface TermsFile {
  readonly file: string
  readonly product: string
  readonly source: string
}

/** Every file, or the outcome that says what is wrong with them: nothing is sent before all are read. */
function readAll(
  files: readonly string[],
  { paint }: Io,
): { files: readonly TermsFile[]; warnings: readonly string[] } | { outcome: Outcome } {
  const read = files.map((file) => {
    const source = readText(file)
    return { file, source, ...check(source) }
  })
  const words = read.flatMap(({ file, source, findings }) => findingsInWords(file, source, findings, paint))
  const found: TermsFile[] = read.flatMap(({ file, source, terms }) =>
    terms === undefined ? [] : [{ file, source, product: terms.product }],
  )
  if (found.length < read.length) {
    const data = read.length === 1 ? { findings: read[0]?.findings } : { files: read.map(({ file, findings }) => ({ file, findings })) }
    return { outcome: { data, text: words.join('\n'), exitCode: EXIT.NO } }
  }
  for (const { file, product } of found) {
    const other = found.find((each) => each.product === product && each.file !== file)
    if (other !== undefined) throw new CliError('USAGE', `${file} and ${other.file} both have the terms of ${product}.`)
  }
  return { files: found, warnings: words }
}

async function planOf(client: Client, product: string, terms: string) {
  return answer(client.POST('/v1/products/{product}/editions/plan', { params: { path: { product } }, body: { terms } }))
}
type PublicationPlan = Awaited<ReturnType<typeof planOf>>

async function planAll(client: Client, files: readonly TermsFile[]): Promise<(TermsFile & { plan: PublicationPlan })[]> {
  const plans = []
  for (const file of files) plans.push({ ...file, plan: await planOf(client, file.product, file.source) })
  return plans
}

/**
 * The hash that each file is published under. Of one file the authority judges; several are planned again first, so that none is
 * published where another is refused.
 * @throws {CliError} PUBLICATION_PLAN_OUTDATED
 */
async function agreed(client: Client, files: readonly TermsFile[], ifPlan: string): Promise<readonly string[]> {
  if (!/^sha256:[0-9a-f]{64}$/.test(ifPlan)) throw new CliError('USAGE', '--if-plan takes the hash that `writ terms plan` names.')
  if (files.length === 1) return [ifPlan]
  const hashes = (await planAll(client, files)).map(({ plan }) => plan.plan_hash)
  if (hashOfPlan(hashes.map((plan_hash) => ({ plan_hash }))) !== ifPlan)
    throw new CliError(
      'PUBLICATION_PLAN_OUTDATED',
      'This is not what was planned: other terms, or another edition was published since. Nothing was published.',
      'Plan again, read what it comes to now, and publish that.',
    )
  return hashes
}

async function publish(
  client: Client,
  product: string,
  terms: string,
  ifPlan: Planned['plan_hash'] | undefined,
  dryRun: boolean,
  staged?: true,
) {
  return answer(
    client.POST('/v1/products/{product}/editions', {
      params: { path: { product }, query: dryRun ? { dry_run: true } : {} },
      body: { terms, ...(ifPlan !== undefined && { if_plan: ifPlan }), ...(staged && { staged }) },
      headers: oneTime(),
    }),
  )
}

function published(
  editions: readonly Awaited<ReturnType<typeof publish>>[],
  { paint }: Io,
  warnings: readonly string[],
  dryRun: boolean,
): Outcome {
  const lines = editions.map((each) => {
    if ('publication' in each) {
      const { id, product, waits_for } = each.publication
      return `${paint.yellow('…')} ${product} ${dryRun ? 'would wait' : `waits as ${id}`} until it is signed off by ${waits_for.join(', ')}`
    }
    const { product, edition, hash, staged } = each
    return `${paint.green('✓')} ${product} ${dryRun ? 'would be' : 'is'} edition ${edition}, ${hash}${staged ? ', staged' : ''}`
  })
  return { data: editions.length === 1 ? editions[0] : { items: editions }, text: [...warnings, ...lines].join('\n') }
}

function planInWords(plan: PublicationPlan, paint: Paint): string {
  const { product, base, edition, is_new, consequences, licenses, at_once, sign_offs } = plan
  if (!is_new) return `${paint.green('✓')} ${product} is edition ${edition} already: nothing would change`
  const signed = sign_offs.length === 0 ? [] : [`It waits until it is signed off by ${sign_offs.join(', ')}.`]
  if (base === undefined) return [`${paint.bold(product)} is new: this would be edition 1`, ...signed, ''].join('\n')
  const unprovable = unprovableInWords(plan.unprovable)
  const counted = licenses.map(({ edition: sold, count }) => `${count} on edition ${sold}`)
  const moved =
    at_once === 0
      ? 'None of them changes by this: each keeps what it was sold'
      : `What is taken at once is taken from all ${at_once}; the rest each keeps as it was sold`
  return [
    `${paint.bold(product)}: edition ${edition} would follow edition ${base.edition}`,
    '',
    ...consequencesInWords(consequences, paint),
    countsInWords(consequences),
    licenses.length === 0 ? 'Licences: none yet.' : `Licences: ${counted.join(', ')}. ${moved}.`,
    ...(unprovable.length === 0
      ? []
      : ['Identities that could not prove what it newly asks for:', ...unprovable.map((line) => `  ${line}`)]),
    ...signed,
    '',
  ].join('\n')
}
