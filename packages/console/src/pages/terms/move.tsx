import { Progress } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { answer, oneTime } from '@writ/client'
import { useState } from 'react'
import { type Answered, api } from '../../api/client.ts'
import { Act } from '../../parts/act.tsx'
import { Confirm } from '../../parts/confirm.tsx'
import { Consequences } from '../../parts/consequences.tsx'
import { ImpactOf } from '../../parts/impact.tsx'
import { Section } from '../../parts/page.tsx'
import { Loaded, Waiting } from '../../parts/states.tsx'
import { counted } from '../../parts/when.ts'
import classes from './terms.module.css'

type Refused = Answered<'moveToEdition'>['refused'][number]
/** Each batch looks at all that is left: as few as there can be. */
const BATCH = 200

interface MoveProps {
  readonly product: string
  readonly from: number
  readonly to: number
}

/** Every licence of an edition to another: who is concerned and what changes for them, then the move, a batch at a time. */
export function Move({ product, from, to }: MoveProps) {
  const body = { product, edition: to, from }
  const preview = useQuery({
    queryKey: ['edition-move', body],
    // While it goes on, the rest is counted again and again otherwise.
    staleTime: 5_000,
    queryFn: () => answer(api.POST('/v1/edition-moves', { params: { query: { dry_run: true } }, body })),
  })
  const [asking, ask] = useDisclosure()
  const source = useQuery({
    queryKey: ['source', product, to],
    staleTime: Number.POSITIVE_INFINITY,
    enabled: asking,
    queryFn: async ({ signal }) => {
      const path = { product, edition: to }
      return (await answer(api.GET('/v1/products/{product}/editions/{edition}', { params: { path }, signal }))).source
    },
  })
  const [moved, setMoved] = useState<number>()
  const [refused, setRefused] = useState<readonly Refused[]>([])
  const groups = preview.data?.preview ?? []
  const going = groups.filter(({ stays }) => stays === undefined)
  const sum = (of: 'licenses' | 'identities') => going.reduce((all, group) => all + group[of], 0)
  const run = async () => {
    let after: string | undefined
    let done = 0
    setMoved(0)
    setRefused([])
    do {
      const step = await answer(
        api.POST('/v1/edition-moves', { body: { ...body, limit: BATCH, ...(after !== undefined && { after }) }, headers: oneTime() }),
      )
      done += step.moved.length
      setMoved(done)
      setRefused((before) => [...before, ...step.refused])
      after = step.next
    } while (after !== undefined)
  }
  const total = sum('licenses')
  return (
    <Section
      title={`Who would move to edition ${to}`}
      note="each keeps its plan, dates, seats, overrides, and what was used"
      actions={
        total > 0 && (
          <Act needs="licenses.write" onClick={ask.open}>
            Move {counted(total, 'licence')} to edition {to}
          </Act>
        )
      }
    >
      <Loaded query={preview} rows={3}>
        {() =>
          groups.length === 0 && moved === undefined ? (
            <p className="quiet">No licence is on edition {from}.</p>
          ) : (
            <ul className={classes.moves}>
              {groups.map(({ plan, licenses, organizations, identities, stays, consequences }) => (
                <li key={plan}>
                  <p>
                    <strong>{plan}</strong>: {counted(licenses, 'licence')} of {counted(organizations, 'organization')},{' '}
                    {counted(identities, 'person', 'people')}.
                    {stays
                      ? ` It stays: edition ${to} has no such plan. Change its plan first.`
                      : consequences.length === 0 && ' Nothing changes for them.'}
                  </p>
                  {consequences.length > 0 && <Consequences of={consequences} />}
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      <Stay refused={moved === undefined ? (preview.data?.refused ?? []) : refused} done={moved !== undefined} />
      {moved !== undefined && (
        <div role="status" className={classes.moved}>
          {counted(moved, 'licence')} moved to edition {to}.{' '}
          {asking && <Progress value={total === 0 ? 100 : (100 * moved) / total} aria-label="How far the move is" />}
          To undo it, move them back: <code>{`writ license move-edition --product ${product} --edition ${from}`}</code>.
        </div>
      )}
      <Confirm opened={asking} onClose={ask.close} deed={`Move them to edition ${to}`} type={product} run={run}>
        <p>
          {counted(total, 'licence moves', 'licences move')} from edition {from} to {to} of {product}, and with{' '}
          {total === 1 ? 'it' : 'them'} {counted(sum('identities'), 'person', 'people')}, from their next decision on.{' '}
          {counted(
            going.flatMap(({ consequences }) => consequences).filter(({ direction }) => direction === 'narrows').length,
            'consequence takes',
            'consequences take',
          )}{' '}
          something away.
        </p>
        {source.isError ? null : source.data === undefined ? (
          <Waiting rows={2} />
        ) : (
          <ImpactOf of={{ publish: { product, terms: source.data, move: true } }} />
        )}
      </Confirm>
    </Section>
  )
}

/** Who cannot go, and what would help. */
function Stay({ refused, done }: { readonly refused: readonly Refused[]; readonly done: boolean }) {
  if (refused.length === 0) return null
  return (
    <>
      <p>
        {counted(refused.length, 'licence')} {done ? 'stayed' : 'would stay'}:
      </p>
      <ul>
        {refused.slice(0, 100).map(({ license, code, detail }) => (
          <li key={license}>
            <Link to="/licenses/$id" params={{ id: license }} className="code">
              {license}
            </Link>{' '}
            {detail} <small className="code quiet">{code}</small>
          </li>
        ))}
      </ul>
    </>
  )
}
