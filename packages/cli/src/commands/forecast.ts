import { answer } from '@writ/client'
import type { Command } from 'commander'
import { act } from '../act.ts'
import { CliError } from '../cli-error.ts'
import { connect } from '../connection.ts'
import type { Io } from '../io.ts'
import { table } from '../table.ts'

interface Options {
  readonly days: string
  readonly organization?: string
  readonly product?: string
  readonly edition?: string
}

export function forecastCommand(program: Command, io: Io): void {
  const command = program
    .command('forecast')
    .description('say what will happen by itself: what ends, which limits run out at the present trend, who could not prove a level')
    .option('--days <number>', 'how far ahead', '90')
    .option('-o, --organization <id>', 'only of this organization')
    .option('-p, --product <id>', 'only of this product, and who could not prove what it asks for')
    .option('--edition <number>', 'the edition that this is about (default: the newest)')
  act<Options>(command, io, async (_args, { days, organization, product, edition }) => {
    const of = { ...(organization !== undefined && { organization }), ...(product !== undefined && { product }) }
    if (edition !== undefined && product === undefined) throw new CliError('USAGE', '--edition goes with --product.')
    const query = { days: whole('--days', days), ...of }
    const client = connect(io)
    const found = await answer(client.GET('/v1/forecast', { params: { query } }))
    const asked = { ...of, product: product ?? '', ...(edition !== undefined && { edition: whole('--edition', edition) }) }
    const proofs = product === undefined ? undefined : await answer(client.GET('/v1/forecast/assurance', { params: { query: asked } }))

    const { licenses, trials, graces } = found.ends
    const endings = found.endings.map((each) => [
      each.id,
      each.trial_ends ?? each.ends,
      each.trial_ends === undefined ? 'license' : 'trial',
      each.plan,
      each.organization ?? each.holder,
    ])
    const fills = found.exhaustions.map((each) => [
      each.license,
      each.at,
      each.meter ?? 'seats',
      `${each.used} of ${each.limit}`,
      each.per_day,
      each.organization ?? each.holder,
    ])
    const text = [
      `Until ${found.until}: ${licenses} licences, ${trials} trials and ${graces} graces end.`,
      table(['LICENSE', 'ENDS', 'WHAT', 'PLAN', 'WHOSE'], endings, io.paint),
      '',
      `At the present trend ${found.exhaustions.length} limits run out; of ${found.unclear} there is too little to say.`,
      table(['LICENSE', 'FULL AT', 'WHAT', 'USED', 'PER DAY', 'WHOSE'], fills, io.paint),
      ...(proofs === undefined
        ? []
        : [
            '',
            `Who could not prove what edition ${proofs.edition} asks for:`,
            table(
              ['PLAN', 'LEVEL', 'COULD NOT', 'UNKNOWN', 'LACKING', 'FEATURES'],
              proofs.items.map((each) => [
                each.plan,
                each.level,
                each.identities,
                each.unknown,
                each.lacking.join(' or '),
                each.features.join(' '),
              ]),
              io.paint,
            ),
          ]),
    ]
    return { data: { ...found, ...(proofs !== undefined && { assurance: proofs }) }, text: text.join('\n') }
  })
}

function whole(option: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new CliError('USAGE', `${option} is a whole number.`)
  return Number(text)
}
