import { answer, oneTime } from '@writ/client'
import type { Command } from 'commander'
import { act } from '../act.ts'
import { confirmed } from '../confirm.ts'
import { connect } from '../connection.ts'
import type { Io } from '../io.ts'
import { listed, pageAfter } from '../lists.ts'
import { table } from '../table.ts'
import { consequencesInWords } from '../words/consequences.ts'
import { unprovableInWords } from '../words/unprovable.ts'

/** `publications`, `sign-off`, `refuse` and `withdraw`: what waits is read, and signed off, refused or taken back. */
export function signOffCommands(terms: Command, io: Io): void {
  const list = terms
    .command('publications')
    .description('list terms that wait for sign-offs, and those that did')
    .argument('[product]', 'absent: of every product')
    .option('--waiting', 'only those that can still be signed off')
  act<{ waiting?: true }>(list, io, async ([product], { waiting }) => {
    const client = connect(io)
    const of = { ...(product !== undefined && { product }), ...(waiting === true && { waiting }) }
    const { items, more } = await listed((after) =>
      answer(client.GET('/v1/publications', { params: { query: { ...of, ...pageAfter(after) } } })),
    )
    const rows = items.map(({ id, product, state, waits_for, refused, sign_offs, hash, created_at }) => [
      id,
      product,
      state,
      refused === undefined ? waits_for.join(' ') : `${refused.role}: ${refused.reason}`,
      sign_offs.map(({ role, identity }) => `${role}:${identity}`).join(' '),
      created_at,
      hash,
    ])
    return { data: { items, more }, text: table(['ID', 'PRODUCT', 'STATE', 'WAITS FOR', 'SIGNED OFF', 'ASKED', 'HASH'], rows, io.paint) }
  })

  const sign = terms
    .command('sign-off')
    .description('read what terms that wait come to, and sign exactly these off in a role of your own')
    .argument('<product>')
    .argument('<publication>')
    .requiredOption('--role <role>', 'legal, finance, security, …: one that you have in the authority')
    .option('--contract', 'show the contract in prose too')
    .option('--hash <hash>', 'only these terms, as they were read before')
    .option('-y, --yes', 'do not ask')
  act<{ role: string; contract?: true; hash?: string; yes?: true }>(
    sign,
    io,
    async ([product = '', id = ''], { role, contract, hash, yes }) => {
      const client = connect(io)
      const params = { path: { product, id } }
      const read = await answer(client.GET('/v1/products/{product}/publications/{id}', { params }))
      const unprovable = unprovableInWords(read.unprovable)
      const shown = [
        ...consequencesInWords(read.consequences, io.paint),
        ...(unprovable.length === 0
          ? []
          : [io.paint.bold('Asks for what some could not prove'), ...unprovable.map((line) => `  ${line}`), '']),
        ...(contract === true ? ['', read.contract] : []),
      ].join('\n')
      if (yes !== true) io.out(shown)
      await confirmed(io, `Sign off ${read.hash} of ${product} as ${role}?`, yes)
      const body = { role, hash: hash ?? read.hash }
      const done = await answer(client.POST('/v1/products/{product}/publications/{id}/sign-off', { params, body, headers: oneTime() }))
      const next = done.edition === undefined ? `it waits for ${done.waits_for.join(', ')}` : `${product} is edition ${done.edition}`
      return { data: done, text: `${io.paint.green('✓')} signed off as ${role}; ${next}` }
    },
  )

  const no = terms
    .command('refuse')
    .description('say in a role of your own that you do not sign these terms off; they wait no longer')
    .argument('<product>')
    .argument('<publication>')
    .requiredOption('--role <role>', 'one that you have in the authority')
    .requiredOption('--reason <text>', 'what is wrong with them, for whoever asked')
  act<{ role: string; reason: string }>(no, io, async ([product = '', id = ''], body) => {
    const params = { path: { product, id } }
    const done = await answer(connect(io).POST('/v1/products/{product}/publications/{id}/refuse', { params, body, headers: oneTime() }))
    return { data: done, text: `${io.paint.green('✓')} refused ${id} as ${body.role}` }
  })

  const back = terms
    .command('withdraw')
    .description('take back terms that wait for sign-offs')
    .argument('<product>')
    .argument('<publication>')
  act(back, io, async ([product = '', id = '']) => {
    const params = { path: { product, id } }
    const done = await answer(connect(io).POST('/v1/products/{product}/publications/{id}/withdraw', { params, headers: oneTime() }))
    return { data: done, text: `${io.paint.green('✓')} withdrew ${id}` }
  })
}
