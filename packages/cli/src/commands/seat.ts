import { answer, oneTime } from '@writ/client'
import { type Command, Option } from 'commander'
import { act } from '../act.ts'
import { connect } from '../connection.ts'
import type { Io } from '../io.ts'
import { listed, pageAfter } from '../lists.ts'
import { table } from '../table.ts'

interface ListOptions {
  readonly identity?: string
  readonly organization?: string
  readonly kind?: 'named' | 'floating'
}

export function seatCommands(program: Command, io: Io): void {
  const seat = program.command('seat').description('seats: the places of identities in a licence')

  const list = seat
    .command('list')
    .description('list the seats taken in a licence, or in all')
    .argument('[license]')
    .option('-i, --identity <id>', 'only of this identity')
    .option('-o, --organization <id>', 'only in its licences')
    .addOption(new Option('--kind <kind>', 'only of this kind').choices(['named', 'floating']))
  act<ListOptions>(list, io, async ([license], { identity, organization, kind }) => {
    const client = connect(io)
    const filter = {
      ...(license !== undefined && { license }),
      ...(identity !== undefined && { identity }),
      ...(organization !== undefined && { organization }),
      ...(kind !== undefined && { kind }),
    }
    const [summary, { items, more }] = await Promise.all([
      license === undefined ? undefined : answer(client.GET('/v1/licenses/{id}/seats', { params: { path: { id: license } } })),
      listed((after) => answer(client.GET('/v1/seats', { params: { query: { ...pageAfter(after), ...filter } } }))),
    ])
    const rows = items.map((item) => [item.kind, item.taken_at, item.until, item.license, item.identity, item.source])
    const head = summary && `${summary.taken} of ${summary.limit ?? 'any number of'} seats taken`
    const text = [head, table(['KIND', 'TAKEN', 'UNTIL', 'LICENCE', 'IDENTITY', 'KEPT BY'], rows, io.paint)].filter(
      (part) => part !== undefined,
    )
    return { data: { ...summary, items, more }, text: text.join('\n') }
  })

  const assign = seat.command('assign').description('give an identity a named seat').argument('<license>').argument('<identity>')
  act(assign, io, async ([license = '', identity = '']) => {
    const params = { path: { license, identity } }
    const taken = await answer(connect(io).PUT('/v1/seats/{license}/{identity}', { params, headers: oneTime() }))
    return { data: taken, text: `${io.paint.green('✓')} ${identity} has a seat in ${license}` }
  })

  const free = seat
    .command('free')
    .description('free a seat; where the plan says `hold`, it may go to somebody else only later')
    .argument('<license>')
    .argument('<identity>')
    .option('--dry-run', 'say what would come of it, and do nothing')
  act<{ dryRun?: true }>(free, io, async ([license = '', identity = ''], { dryRun }) => {
    const params = { path: { license, identity }, query: dryRun === true ? { dry_run: true } : {} }
    await answer(connect(io).DELETE('/v1/seats/{license}/{identity}', { params, headers: oneTime() }))
    const text = `${io.paint.green('✓')} the seat of ${identity} in ${license} ${dryRun === true ? 'would be' : 'is'} free`
    return { data: { license, identity, freed: dryRun !== true }, text }
  })
}
