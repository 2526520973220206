import { answer, oneTime } from '@writ/client'
import { parse } from '@writ/terms'
import type { Command } from 'commander'
import { act } from '../act.ts'
import { CliError } from '../cli-error.ts'
import { connect, connectPatiently, readText } from '../connection.ts'
import { heldImpactInWords } from '../held.ts'
import type { Io } from '../io.ts'
import { table } from '../table.ts'
import { impactInWords } from '../words/impact.ts'

interface ImpactOptions {
  readonly move?: true
  readonly revoke?: string
  readonly suspend?: string
  readonly try?: string
  readonly body?: string
  readonly days?: string
}

const REQUEST = /^(POST|PUT|PATCH|DELETE) (\/v1\/\S*)$/

/** Who would lose or gain what; and what waits for somebody to confirm it. */
export function impactCommands(program: Command, io: Io): void {
  const impact = program
    .command('impact')
    .description('say who would lose or gain what, and when: by terms, by a change, or by time alone; changes nothing')
    .argument('[file]', 'terms, as if they were published; absent, and no change named: what will happen by itself')
    .option('--move', 'and every licence of the product moved to them')
    .option('--revoke <license>', 'a licence, as if it were revoked')
    .option('--suspend <license>', 'a licence, as if it were suspended')
    .option('--try <request>', "any request that has a dry run: 'POST /v1/licenses/lic_1/renew'")
    .option('--body <json>', 'what --try would send')
    .option('--days <n>', 'how far ahead to look (default: 90)')
  act<ImpactOptions>(impact, io, async ([file], options) => {
    const change = changeOf(options)
    if (file !== undefined && change !== undefined) throw new CliError('USAGE', 'Name a file of terms, or a change.')
    const body = {
      ...(file !== undefined && { publish: publishOf(file, options.move === true) }),
      ...(change !== undefined && { change }),
      ...(options.days !== undefined && { horizon_days: daysOf(options.days) }),
    }
    const data = await answer(connectPatiently(io).POST('/v1/impact', { body }))
    return { data, text: impactInWords(data, io.paint) }
  })

  const parked = program.command('parked').description('changes that wait for somebody else than who asked to confirm them')
  act<{ state?: string }>(
    parked
      .command('list')
      .description('what waits, and what became of the rest')
      .option('--state <state>', 'waiting, confirmed or discarded'),
    io,
    async (_args, { state }) => {
      const query = { ...(state !== undefined && { state: state as 'waiting' }) }
      const data = await answer(connect(io).GET('/v1/parked-changes', { params: { query } }))
      const rows = data.items.map(({ id, state, action, subject, impact, losing = impact.losing, at }) => [
        id,
        state,
        action,
        subject,
        `${losing} lose`,
        at,
      ])
      return {
        data,
        text: data.items.length === 0 ? 'nothing waits' : table(['id', 'state', 'action', 'of', 'takes', 'since'], rows, io.paint),
      }
    },
  )
  act(parked.command('show').description('what it comes to').argument('<id>'), io, async ([id = '']) => {
    const data = await answer(connect(io).GET('/v1/parked-changes/{id}', { params: { path: { id } } }))
    return {
      data,
      text: [`${data.action} of ${data.subject}, asked for by ${data.api_key}: ${data.state}`, ...heldImpactInWords(data, io.paint)].join(
        '\n',
      ),
    }
  })
  for (const [verb, description] of [
    ['confirm', 'do it now, as whose it is; with another key than theirs'],
    ['discard', 'do it never'],
  ] as const) {
    act(parked.command(verb).description(description).argument('<id>'), io, async ([id = '']) => {
      const data = await answer(connect(io).POST(`/v1/parked-changes/{id}/${verb}`, { params: { path: { id } }, headers: oneTime() }))
      return { data, text: `${io.paint.green('✓')} ${data.action} of ${data.subject} is ${data.state}` }
    })
  }
}

function publishOf(file: string, move: boolean) {
  const text = readText(file)
  const { terms } = parse(text)
  if (terms === undefined)
    throw new CliError('USAGE', `${file} holds no terms, or faulty ones.`, '`writ terms check FILE` shows each fault.')
  return { product: terms.product, terms: text, ...(move && { move }) }
}

function changeOf({ revoke, suspend, try: request, body }: ImpactOptions) {
  const named = [revoke, suspend, request].filter((each) => each !== undefined)
  if (named.length > 1) throw new CliError('USAGE', 'Name one change.')
  if (revoke !== undefined) return { method: 'POST' as const, path: `/v1/licenses/${encodeURIComponent(revoke)}/revoke` }
  if (suspend !== undefined) return { method: 'POST' as const, path: `/v1/licenses/${encodeURIComponent(suspend)}/suspend` }
  if (request === undefined) return undefined
  const [, method, path] = REQUEST.exec(request) ?? []
  if (method === undefined || path === undefined)
    throw new CliError('USAGE', '--try is a method and a path.', "--try 'DELETE /v1/seats/L1/ann'")
  return { method: method as 'POST', path, ...(body !== undefined && { body: parsed(body) }) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new CliError('USAGE', '--body is no JSON.')
  }
}

function daysOf(text: string): number {
  const days = Number(text)
  if (!Number.isInteger(days) || days < 1 || days > 3_650) throw new CliError('USAGE', '--days is a whole number from 1 to 3650.')
  return days
}
