import { answer, oneTime } from '@writ/client'
import type { Command } from 'commander'
import { act } from '../act.ts'
import { CliError } from '../cli-error.ts'
import { connect } from '../connection.ts'
import { EXIT } from '../exit-code.ts'
import type { Io } from '../io.ts'

/** Each batch looks at all that is left: as few as there can be. */
const BATCH = 200

interface MoveOptions {
  readonly product: string
  readonly edition?: string
  readonly plan?: string
  readonly organization?: string
  readonly from?: string
  readonly dryRun?: true
}

export function editionMoveCommand(license: Command, io: Io): void {
  const move = license
    .command('move-edition')
    .description('move licences to a newer edition of their terms, all of a product or some of them')
    .requiredOption('-p, --product <id>', 'the product')
    .option('-e, --edition <n>', 'the edition to move to (default: the newest)')
    .option('--plan <name>', 'only those on this plan')
    .option('-o, --organization <id>', 'only those of this organization')
    .option('--from <n>', 'only those of this edition')
    .option('--dry-run', 'say who is on what and what changes for them, and move nobody')
  act<MoveOptions>(move, io, async (_args, { product, edition, plan, organization, from, dryRun }) => {
    const client = connect(io)
    const body = {
      product,
      ...(edition !== undefined && { edition: whole('--edition', edition) }),
      ...(plan !== undefined && { plan }),
      ...(organization !== undefined && { organization }),
      ...(from !== undefined && { from: whole('--from', from) }),
    }
    if (dryRun === true) {
      const data = await answer(client.POST('/v1/edition-moves', { params: { query: { dry_run: true } }, body, headers: oneTime() }))
      return { data, text: previewInWords(data as never, io) }
    }
    const moved: string[] = []
    const refused: Refused[] = []
    for (let after: string | undefined; ; ) {
      const batch = await answer(
        client.POST('/v1/edition-moves', { body: { ...body, limit: BATCH, ...(after !== undefined && { after }) }, headers: oneTime() }),
      )
      moved.push(...batch.moved)
      refused.push(...batch.refused)
      after = batch.next
      if (after === undefined) {
        const head = `${io.paint.green('✓')} ${moved.length} moved to edition ${batch.edition}, ${refused.length} stay`
        const data = { product, edition: batch.edition, moved, refused }
        return { data, text: [head, ...refused.map(refusedInWords)].join('\n'), exitCode: refused.length === 0 ? EXIT.OK : EXIT.CONFLICT }
      }
      if (io.interactive) io.err(io.paint.dim(`${moved.length} moved…`))
    }
  })
}

type Refused = {
  license: string
  code: string
  detail: string
  plans?: string[] | undefined
  errors?: { pointer: string; detail: string }[] | undefined
}

function refusedInWords({ license, code, detail, plans, errors = [] }: Refused): string {
  const why = plans === undefined ? errors.map(({ pointer, detail }) => `${pointer}: ${detail}`).join(' ') : `there are ${plans.join(', ')}`
  return `  ${license} stays: ${detail} (${code})${why === '' ? '' : `; ${why}`}`
}

interface Preview {
  readonly edition: number
  readonly refused: Refused[]
  readonly preview?: {
    readonly plan: string
    readonly edition: number
    readonly licenses: number
    readonly organizations: number
    readonly identities: number
    readonly stays?: true
    readonly consequences: { readonly direction: string; readonly sentence: string }[]
  }[]
}

const MARKS: Readonly<Record<string, string>> = { narrows: '-', widens: '+', neutral: '·' }

function previewInWords({ edition, refused, preview = [] }: Preview, { paint }: Io): string {
  const groups = preview.map(({ plan, edition: now, licenses, organizations, identities, stays, consequences }) => {
    const who = `${licenses} licences of ${organizations} organizations, ${identities} identities`
    const head = paint.bold(`${plan}, edition ${now} to ${edition}: ${who}`)
    if (stays === true) return `${head}\n  stay: edition ${edition} has no such plan`
    const lines = consequences.map(({ direction, sentence }) => `  ${MARKS[direction] ?? ' '} ${sentence}`)
    return [head, ...(lines.length === 0 ? ['  nothing changes for them'] : lines)].join('\n')
  })
  return [...(groups.length === 0 ? ['nobody is on another edition'] : groups), ...refused.map(refusedInWords)].join('\n')
}

function whole(option: string, text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new CliError('USAGE', `${option} takes the number of an edition.`)
  return Number(text)
}
