import { NumberInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { answer, oneTime } from '@writ/client'
import { useState } from 'react'
import { type Answered, api } from '../../api/client.ts'
import { Act } from '../../parts/act.tsx'
import { DeedForm } from '../../parts/deed-form.tsx'
import { ImpactOf } from '../../parts/impact.tsx'
import { Facts, Section } from '../../parts/page.tsx'
import { Loaded } from '../../parts/states.tsx'
import { counted, inFigures } from '../../parts/when.ts'
import classes from './terms.module.css'

type Rollout = Answered<'readRollout'>
const PATH = '/v1/products/{product}/rollouts/{id}'

interface RollOutProps {
  readonly product: string
  /** The highest edition that is staged, if it is higher than the newest. */
  readonly staged: number | undefined
}

/** The roll-out that goes on, or the last one; and where an edition is staged, the way to begin. */
export function RollOut({ product, staged }: RollOutProps) {
  const latest = useQuery({
    queryKey: ['rollouts', product],
    refetchInterval: 5_000,
    queryFn: async ({ signal }): Promise<Rollout | null> => {
      const { items } = await answer(
        api.GET('/v1/products/{product}/rollouts', { params: { path: { product }, query: { limit: 1 } }, signal }),
      )
      const [first] = items
      return first === undefined ? null : answer(api.GET(PATH, { params: { path: { product, id: first.id } }, signal }))
    },
  })
  const { data } = latest
  const isOpen = data?.stage === 'shadow' || data?.stage === 'percentage'
  if (data === undefined || (data === null && staged === undefined)) return null
  return (
    <Section
      title="Roll-out"
      note={data === null ? undefined : STAGES[data.stage]}
      actions={
        <>
          {!isOpen && staged !== undefined && <Begin product={product} edition={staged} />}
          {data !== null && <Deeds key={`${data.id} ${data.stopped === undefined}`} rollout={data} />}
        </>
      }
    >
      <Loaded query={latest} rows={3}>
        {(rollout) =>
          rollout === null ? <p className="quiet">Edition {staged} is staged: nobody gets it yet.</p> : <Standing of={rollout} />
        }
      </Loaded>
    </Section>
  )
}

const STAGES: Readonly<Record<Rollout['stage'], string>> = {
  shadow: 'shadow: decisions are compared, nobody is moved',
  percentage: 'a part of the licences is on it',
  promoted: 'promoted: new licences get it',
  rolled_back: 'rolled back',
}

const MOST_STAYS = 50

/** Which licences could not go, and why. */
function Stays({ product, id }: { readonly product: string; readonly id: string }) {
  const { data } = useQuery({
    queryKey: ['rollout-stays', product, id],
    refetchInterval: 5_000,
    queryFn: ({ signal }) =>
      answer(api.GET(`${PATH}/moves`, { params: { path: { product, id }, query: { state: 'stays', limit: MOST_STAYS } }, signal })),
  })
  if (data === undefined) return null
  return (
    <ul aria-label="Licences that could not go">
      {data.items.map(({ license, detail }) => (
        <li key={license}>
          <Link to="/licenses/$id" params={{ id: license }}>
            {license}
          </Link>
          : {detail}
        </li>
      ))}
      {data.next !== undefined && <li className="quiet">and more</li>}
    </ul>
  )
}

function Standing({ of }: { readonly of: Rollout }) {
  const { edition, percent, is_moving: isMoving, stopped, licenses, moves, compared, differences, product } = of
  return (
    <>
      {stopped !== undefined && (
        <p role="status">
          <strong>{stopped.detail}</strong>
        </p>
      )}
      <Facts
        of={[
          ['Edition', edition],
          ['Share', `${percent} % of the licences`],
          ['Licences', `${inFigures(licenses.on)} on it, ${inFigures(licenses.off)} not${isMoving ? '; some are on their way' : ''}`],
          moves.stays > 0 ? ['Could not go', `${counted(moves.stays, 'licence')}: change their plan or overrides first`] : undefined,
          moves.back + moves.elsewhere > 0
            ? ['Taken back', `${counted(moves.back, 'licence')}; ${moves.elsewhere} somebody had put elsewhere`]
            : undefined,
          ['Compared', `${counted(compared.evaluated, 'decision')}, of which ${inFigures(compared.differing)} would differ`],
        ]}
      />
      {moves.stays > 0 && <Stays product={product} id={of.id} />}
      {differences.length > 0 && (
        <table className={classes.editions}>
          <thead>
            <tr>
              <th scope="col">What would differ</th>
              <th scope="col">Now</th>
              <th scope="col">Then</th>
              <th scope="col">Licences</th>
              <th scope="col">Decisions</th>
            </tr>
          </thead>
          <tbody>
            {differences.slice(0, 20).map(({ kind, before, after, licenses: many, counted: decisions }) => (
              <tr key={`${kind} ${before} ${after}`}>
                <td>{KINDS[kind] ?? kind}</td>
                <td className="code">{before}</td>
                <td className="code">{after}</td>
                <td className="number">{inFigures(many)}</td>
                <td className="number">{inFigures(decisions)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className="quiet">
        By licence and feature: <code>{`writ terms rollout show ${product} ${of.id}`}</code>. Who is on which edition:{' '}
        <Link to="/licenses" search={{ product }}>
          the licences
        </Link>
        .
      </p>
    </>
  )
}

const KINDS: Readonly<Record<string, string>> = {
  refused: 'is allowed, would be refused',
  allowed: 'is refused, would be allowed',
  reason: 'refused for another reason',
  level: 'another proof is asked for',
  obligations: 'other obligations',
  value: 'another value or amount',
  notices: 'other notices',
}

function Begin({ product, edition }: { readonly product: string; readonly edition: number }) {
  const [opened, open] = useState(false)
  const begin = () =>
    answer(api.POST('/v1/products/{product}/rollouts', { params: { path: { product } }, body: { edition }, headers: oneTime() }))
  return (
    <>
      <Act needs="catalog.write" onClick={() => open(true)}>
        Roll edition {edition} out
      </Act>
      <DeedForm
        opened={opened}
        onClose={() => open(false)}
        title={`Roll edition ${edition} out`}
        deed="Begin to compare"
        run={begin}
        done={() => ({ says: 'Decisions are compared from now on.' })}
      >
        <p>
          It begins in the shadow: live decisions are compared with those that there would be on edition {edition}. Nobody is moved, and no
          answer changes.
        </p>
      </DeedForm>
    </>
  )
}

type Deed = 'raise' | 'promote' | 'roll-back'

function Deeds({ rollout: { id, product, edition, stage, percent, stopped } }: { readonly rollout: Rollout }) {
  const [asking, ask] = useState<Deed>()
  const isStopped = stopped !== undefined
  // One that stopped is gone on with at its own share.
  const [wanted, want] = useState<number | string>(isStopped ? percent : Math.min(100, percent === 0 ? 5 : percent * 2))
  const isOpen = stage === 'shadow' || stage === 'percentage'
  const params = { path: { product, id } }
  const share = typeof wanted === 'number' && (wanted > percent || (isStopped && wanted === percent)) && wanted <= 100 ? wanted : undefined
  const close = () => ask(undefined)
  const change = (verb: Deed, body?: object) => ({
    change: { method: 'POST' as const, path: `/v1/products/${product}/rollouts/${id}/${verb}`, ...(body && { body }) },
  })
  return (
    <>
      {isOpen && (percent < 100 || isStopped) && (
        <Act needs="licenses.write" onClick={() => ask('raise')}>
          {isStopped ? 'Go on' : percent === 0 ? 'Move a share' : 'Raise the share'}
        </Act>
      )}
      {(isOpen || (stage === 'promoted' && isStopped)) && (
        <Act needs="licenses.write" onClick={() => ask('promote')}>
          {stage === 'promoted' ? 'Go on' : 'Promote'}
        </Act>
      )}
      {(stage !== 'rolled_back' || isStopped) && (
        <Act needs="licenses.write" onClick={() => ask('roll-back')}>
          {stage === 'rolled_back' ? 'Go on' : 'Roll back'}
        </Act>
      )}
      <DeedForm
        opened={asking === 'raise'}
        onClose={close}
        title={`Move a share of the licences to edition ${edition}`}
        deed={`Move ${share ?? '…'} %`}
        ready={share !== undefined}
        run={() => answer(api.POST(`${PATH}/raise`, { params, body: { percent: share ?? 0 }, headers: oneTime() }))}
        done={() => ({ says: `${share} % of the licences move to edition ${edition}.` })}
        wide
      >
        <NumberInput
          label="Percent of the licences"
          description="Those of a smaller share stay among them: it only rises."
          value={wanted}
          onChange={want}
          min={0.01}
          max={100}
          decimalScale={2}
        />
        {share !== undefined && <ImpactOf of={change('raise', { percent: share })} />}
      </DeedForm>
      <DeedForm
        opened={asking === 'promote'}
        onClose={close}
        title={`Promote edition ${edition}`}
        type={product}
        run={() => answer(api.POST(`${PATH}/promote`, { params, headers: oneTime() }))}
        done={() => ({ says: `Edition ${edition} is what new licences get; the rest move.` })}
        wide
      >
        <p>Every licence that is left moves to edition {edition}, new ones get it, and its protective terms hold for everybody.</p>
        <ImpactOf of={change('promote')} />
      </DeedForm>
      <DeedForm
        opened={asking === 'roll-back'}
        onClose={close}
        title={`Roll edition ${edition} back`}
        run={() => answer(api.POST(`${PATH}/roll-back`, { params, headers: oneTime() }))}
        done={() => ({ says: 'Those that it moved go back to where they came from.' })}
        wide
      >
        <p>Those that the roll-out moved go back to the edition that they came from. Whoever was put elsewhere since stays there.</p>
        <ImpactOf of={change('roll-back')} />
      </DeedForm>
    </>
  )
}
