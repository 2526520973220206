import { answer, type Client, oneTime } from '@writ/client'
import { type Command, Option } from 'commander'
import { act } from '../act.ts'
import { CliError } from '../cli-error.ts'
import { connect } from '../connection.ts'
import { EXIT } from '../exit-code.ts'
import type { Io } from '../io.ts'
import { listed, pageAfter } from '../lists.ts'
import { progressBar } from '../progress.ts'
import { table } from '../table.ts'
import { impactInWords } from '../words/impact.ts'
import { rolloutInWords } from '../words/rollout.ts'

const LOOK_MILLISECONDS = 500
const PATH = '/v1/products/{product}/rollouts/{id}'

/** `terms rollout`: an edition is brought to licences in stages, and taken back. */
export function rolloutCommands(terms: Command, io: Io): void {
  const rollout = terms
    .command('rollout')
    .description('bring an edition to licences in stages: shadow, a percentage, promote; or roll back')

  const starting = rollout
    .command('start')
    .description('compare live decisions with those that there would be on an edition; moves nobody')
    .argument('<product>')
    .argument('<edition>', 'one published with --staged, or the newest')
    .option('--sample <percent>', 'of the decisions to compare (default: 100)')
  act<{ sample?: string }>(starting, io, async ([product = '', edition = ''], { sample }) => {
    const body = {
      edition: editionIn(edition),
      ...(sample !== undefined && { sample_percent: percentIn('--sample', sample) }),
    }
    const params = { path: { product } }
    const data = await answer(connect(io).POST('/v1/products/{product}/rollouts', { params, body, headers: oneTime() }))
    return {
      data,
      text: `${io.paint.green('✓')} ${data.id}: decisions are compared with those on edition ${edition}\nnext: writ terms rollout show ${product} ${data.id}`,
    }
  })

  act(
    rollout.command('list').description('list the roll-outs of a product, the latest first').argument('<product>'),
    io,
    async ([product = '']) => {
      const client = connect(io)
      const { items, more } = await listed((after) =>
        answer(client.GET('/v1/products/{product}/rollouts', { params: { path: { product }, query: pageAfter(after) } })),
      )
      const rows = items.map(({ id, edition, stage, percent, started_at }) => [id, String(edition), stage, `${percent} %`, started_at])
      return { data: { items, more }, text: table(['ID', 'EDITION', 'STAGE', 'LICENCES', 'STARTED'], rows, io.paint) }
    },
  )

  act(named('show', 'say how far a roll-out is, and what is or would be different'), io, async (at) => {
    const client = connect(io)
    const params = paramsOf(at)
    const data = await answer(client.GET(PATH, { params }))
    const { items } = await answer(client.GET(`${PATH}/differences`, { params: { ...params, query: { limit: 20 } } }))
    return { data: { ...data, by_license: items }, text: rolloutInWords(data, items, io.paint) }
  })

  const became = named('moves', 'list the licences that were to move, and what became of each: which stay, and why').addOption(
    new Option('--state <state>', 'only these').choices(['moved', 'stays', 'back', 'elsewhere']),
  )
  act<{ state?: 'moved' | 'stays' | 'back' | 'elsewhere' }>(became, io, async (at, { state }) => {
    const client = connect(io)
    const { items, more } = await listed((after) =>
      answer(client.GET(`${PATH}/moves`, { params: { ...paramsOf(at), query: { ...pageAfter(after), ...(state && { state }) } } })),
    )
    const rows = items.map(({ license, from, state, detail = '', at }) => [license, from, state, detail, at])
    return { data: { items, more }, text: table(['LICENCE', 'FROM', 'STATE', 'WHY', 'AT'], rows, io.paint) }
  })

  const raising = named('raise', 'move a share of the licences to the edition, or a larger one')
    .argument('<percent>', 'of the licences; it only rises')
    .option('--dry-run', 'say who would lose or gain what, and move nobody')
  act<DryRun>(raising, io, async ([product = '', id = '', percent = ''], { dryRun }) => {
    const client = connect(io)
    const body = { percent: percentIn('<percent>', percent) }
    if (dryRun === true) return tried(client, io, product, id, 'raise', body)
    await answer(client.POST(`${PATH}/raise`, { params: paramsOf([product, id]), body, headers: oneTime() }))
    return followed(client, io, product, id)
  })

  const promoting = named('promote', 'move all licences that are left, and make the edition that of new ones').option(
    '--dry-run',
    'say who would lose or gain what, and move nobody',
  )
  act<DryRun>(promoting, io, async ([product = '', id = ''], { dryRun }) => {
    const client = connect(io)
    if (dryRun === true) return tried(client, io, product, id, 'promote')
    await answer(client.POST(`${PATH}/promote`, { params: paramsOf([product, id]), headers: oneTime() }))
    return followed(client, io, product, id)
  })

  const back = named('roll-back', 'take those back that the roll-out has moved, each to the edition that it came from').option(
    '--dry-run',
    'say who would lose or gain what, and move nobody',
  )
  act<DryRun>(back, io, async ([product = '', id = ''], { dryRun }) => {
    const client = connect(io)
    if (dryRun === true) return tried(client, io, product, id, 'roll-back')
    await answer(client.POST(`${PATH}/roll-back`, { params: paramsOf([product, id]), headers: oneTime() }))
    return followed(client, io, product, id)
  })

  function named(name: string, description: string): Command {
    return rollout.command(name).description(description).argument('<product>').argument('<rollout>')
  }
}

interface DryRun {
  readonly dryRun?: true
}

function paramsOf([product = '', id = '']: readonly string[]) {
  return { path: { product, id } }
}

async function tried(client: Client, io: Io, product: string, id: string, verb: string, body?: object) {
  const path = `/v1/products/${product}/rollouts/${id}/${verb}`
  const data = await answer(client.POST('/v1/impact', { body: { change: { method: 'POST', path, ...(body && { body }) } } }))
  return { data, text: impactInWords(data, io.paint) }
}

/** Licences are moved behind the answer: waits until all of them are where they are wanted. */
async function followed(client: Client, io: Io, product: string, id: string) {
  let bar: ReturnType<typeof progressBar> | undefined
  for (;;) {
    const data = await answer(client.GET(PATH, { params: paramsOf([product, id]) }))
    const { moves } = data
    const left =
      data.stage === 'rolled_back'
        ? moves.moved
        : Math.ceil(((data.licenses.on + data.licenses.off) * data.percent) / 100) - data.licenses.on
    bar ??= progressBar(io, data.stage === 'rolled_back' ? 'back' : 'moving', Math.max(1, left))
    if (!data.is_moving) {
      bar.end()
      const isWhole = moves.stays === 0 && data.stopped === undefined
      return { data, text: rolloutInWords(data, [], io.paint), exitCode: isWhole ? EXIT.OK : EXIT.CONFLICT }
    }
    bar.at(data.stage === 'rolled_back' ? moves.back + moves.elsewhere : moves.moved + moves.stays)
    await new Promise((resolve) => setTimeout(resolve, LOOK_MILLISECONDS))
  }
}

function editionIn(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new CliError('USAGE', '<edition> takes a whole number from 1.')
  return Number(text)
}

function percentIn(name: string, text: string): number {
  const number = Number(text)
  if (!/^\d{1,9}(\.\d{1,2})?$/.test(text) || !(number > 0)) throw new CliError('USAGE', `${name} takes a number above 0.`)
  return number
}
