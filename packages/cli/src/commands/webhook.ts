import { answer, oneTime } from '@writ/client'
import type { Command } from 'commander'
import { act } from '../act.ts'
import { confirmed } from '../confirm.ts'
import { connect } from '../connection.ts'
import { EXIT } from '../exit-code.ts'
import type { Io } from '../io.ts'
import { listed, newest, pageAfter } from '../lists.ts'
import { intoNewFile } from '../new-file.ts'
import { table } from '../table.ts'

interface CreateOptions {
  readonly type: readonly string[]
  readonly organization: readonly string[]
  readonly product: readonly string[]
  readonly description?: string
  readonly out?: string
}

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value]
type Made = { id: string; secret: string }

export function webhookCommands(program: Command, io: Io): void {
  const webhook = program.command('webhook').description('webhooks: have what happens brought to an address of yours')

  const create = webhook
    .command('create')
    .description('have events brought to an address, from now on; the secret of its signatures is shown once')
    .argument('<url>')
    .option(
      '-t, --type <type>',
      "a type of event, or the beginning of one with * at the end: 'license.*'; may be repeated (default: *)",
      collect,
      [],
    )
    .option('-o, --organization <id>', 'only of this organization; may be repeated', collect, [])
    .option('-p, --product <id>', 'only of this product; may be repeated', collect, [])
    .option('-d, --description <text>', 'what it is for')
    .option('--out <file>', 'write the secret to a new file, 0600, instead of showing it')
  act<CreateOptions>(create, io, async ([url = ''], { type, organization, product, description, out }) => {
    const body = {
      url,
      types: type.length === 0 ? ['*'] : [...type],
      ...(organization.length > 0 && { organizations: [...organization] }),
      ...(product.length > 0 && { products: [...product] }),
      ...(description !== undefined && { description }),
    }
    const client = connect(io)
    return shownOnce(() => answer(client.POST('/v1/webhooks', { body, headers: oneTime() })), out, io)
  })

  act(webhook.command('list').description('list webhooks that reach no further than you'), io, async () => {
    const client = connect(io)
    const { items, more } = await listed((after) => answer(client.GET('/v1/webhooks', { params: { query: pageAfter(after) } })))
    const rows = items.map(({ id, url, types, disabled_because, failing_since }) => [
      id,
      disabled_because === undefined
        ? failing_since === undefined
          ? 'well'
          : `failing since ${failing_since}`
        : `disabled: ${disabled_because}`,
      types.join(' '),
      url,
    ])
    return { data: { items, more }, text: table(['ID', 'STATE', 'TYPES', 'URL'], rows, io.paint) }
  })

  const rotate = webhook
    .command('rotate')
    .description('give a webhook another secret, shown once; for a day everything is signed by both')
    .argument('<id>')
    .option('--out <file>', 'write the secret to a new file, 0600, instead of showing it')
  act<{ out?: string }>(rotate, io, async ([id = ''], { out }) => {
    const params = { path: { id } }
    const client = connect(io)
    return shownOnce(() => answer(client.POST('/v1/webhooks/{id}/rotate', { params, body: {}, headers: oneTime() })), out, io)
  })

  for (const [name, enabled, description] of [
    ['disable', false, 'bring nothing to a webhook until it is enabled'],
    ['enable', true, 'bring events to a webhook again; what waited before comes first'],
  ] as const) {
    act(webhook.command(name).description(description).argument('<id>'), io, async ([id = '']) => {
      const body = { enabled }
      const done = await answer(connect(io).PATCH('/v1/webhooks/{id}', { params: { path: { id } }, body, headers: oneTime() }))
      return { data: done, text: `${io.paint.green('✓')} ${id} is ${name}d` }
    })
  }

  const remove = webhook
    .command('delete')
    .description('delete a webhook with its deliveries')
    .argument('<id>')
    .option('-y, --yes', 'do not ask')
  act<{ yes?: true }>(remove, io, async ([id = ''], { yes }) => {
    const client = connect(io)
    await confirmed(io, `Delete the webhook ${id}?`, yes)
    await answer(client.DELETE('/v1/webhooks/{id}', { params: { path: { id } }, headers: oneTime() }))
    return { data: { id }, text: `${io.paint.green('✓')} deleted ${id}` }
  })

  act(webhook.command('test').description('send a trial now, and say what came back').argument('<id>'), io, async ([id = '']) => {
    const outcome = await answer(connect(io).POST('/v1/webhooks/{id}/test', { params: { path: { id } } }))
    const { delivered, status, error } = outcome
    const text = delivered
      ? `${io.paint.green('✓')} delivered, ${status}`
      : `${io.paint.red('✗')} not delivered: ${error ?? `it answered ${status}`}`
    return { data: outcome, text, exitCode: delivered ? EXIT.OK : EXIT.NO }
  })

  const deliveries = webhook
    .command('deliveries')
    .description('list what was brought to a webhook, or is to be, the newest first')
    .argument('<id>')
    .option('--limit <number>', 'how many at most', '50')
  act<{ limit: string }>(deliveries, io, async ([id = ''], { limit }) => {
    const most = newest(limit)
    const client = connect(io)
    const { items, more } = await listed(
      (after) => answer(client.GET('/v1/webhooks/{id}/deliveries', { params: { path: { id }, query: pageAfter(after) } })),
      most,
    )
    const rows = items.map(({ event, type, at, state, attempts, next_at, last_status, last_error }) => [
      event,
      type,
      at,
      next_at === undefined ? state : `${state} until ${next_at}`,
      attempts,
      last_error ?? last_status,
    ])
    return { data: { items, more }, text: table(['EVENT', 'TYPE', 'AT', 'STATE', 'ATTEMPTS', 'LAST'], rows, io.paint) }
  })

  const retry = webhook.command('retry').description('deliver one event again, now').argument('<id>').argument('<event>')
  act(retry, io, async ([id = '', event = '']) => {
    const params = { path: { id, event } }
    const due = await answer(connect(io).POST('/v1/webhooks/{id}/deliveries/{event}/retry', { params, headers: oneTime() }))
    return { data: due, text: `${io.paint.green('✓')} ${event} is due now` }
  })
}

async function shownOnce(make: () => Promise<Made>, out: string | undefined, { paint }: Io) {
  if (out === undefined) {
    const made = await make()
    return { data: made, text: `${paint.green('✓')} ${made.id}; this is the only time its secret is shown:\n${made.secret}` }
  }
  const { secret: _, ...rest } = await intoNewFile(out, make, ({ secret }) => `${secret}\n`)
  return { data: { ...rest, file: out }, text: `${paint.green('✓')} ${rest.id}; its secret is in ${out}` }
}
