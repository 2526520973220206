import { NumberInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { answer, oneTime } from '@writ/client'
import { useState } from 'react'
import { type Answered, api } from '../../api/client.ts'
import { useKnownMay } from '../../api/me.ts'
import { Act } from '../../parts/act.tsx'
import { DeedForm } from '../../parts/deed-form.tsx'
import { Section } from '../../parts/page.tsx'
import { Badge, type Tone } from '../../parts/state-badge.tsx'
import { Loaded } from '../../parts/states.tsx'
import { Time } from '../../parts/time.tsx'
import { inFigures } from '../../parts/when.ts'
import classes from './license.module.css'

type Lease = Answered<'listLeases'>['items'][number]

const STATES: Readonly<Record<Lease['state'], readonly [tone: Tone, words: string]>> = {
  open: ['good', 'At hand'],
  ended: ['warn', 'Being given back'],
  unreported: ['bad', 'Never returned'],
  closed: ['over', 'Closed'],
}

const PERIODS = { 1: 'second', 60: 'minute', 3600: 'hour' } as const

/** Slices of quotas and parts of rates that enforcers use without asking: who has how many units until when. */
export function Leases({ license }: { readonly license: string }) {
  const may = useKnownMay('usage.read')
  const query = useQuery({
    queryKey: ['leases', license],
    enabled: may,
    refetchInterval: 15_000,
    queryFn: async ({ signal }) => {
      const params = { query: { license } }
      const [{ items }, { items: rates }] = await Promise.all([
        answer(api.GET('/v1/leases', { params, signal })),
        answer(api.GET('/v1/rate-leases', { params, signal })),
      ])
      return { items, rates }
    },
  })
  const [ending, setEnding] = useState<Lease>()
  if (!may) return null
  return (
    <Section
      title="Leased"
      note="what an enforcer has at hand, to use without asking; units count as used until it gives back the rest, a part of a rate is nobody else’s"
    >
      <Loaded query={query} rows={1}>
        {({ items, rates }) =>
          items.length + rates.length === 0 ? (
            <p className="quiet">No enforcer has a lease of it now.</p>
          ) : (
            <ul className={classes.list}>
              {items.map((lease) => {
                const { id, source, feature, granted, spent, state, until } = lease
                return (
                  <li key={`${source} ${id}`}>
                    <Badge tone={STATES[state][0]}>{STATES[state][1]}</Badge>
                    <span className="number">
                      {inFigures(granted)} for <span className="code">{feature}</span>, {inFigures(spent)} of them spent
                    </span>
                    <span className="quiet">
                      <span className="code">{id}</span>, by the key <span className="code">{source}</span>,{' '}
                      {state === 'unreported' ? 'over' : 'ends'} <Time at={until} as="ago" />
                    </span>
                    {(state === 'open' || state === 'unreported') && (
                      <Act needs="usage.write" size="compact-xs" onClick={() => setEnding(lease)}>
                        {state === 'open' ? 'End' : 'Settle'}
                        <span className="hidden"> the lease {id}</span>
                      </Act>
                    )}
                  </li>
                )
              })}
              {rates.map(({ id, source, feature, count, rate, until }) => (
                <li key={`rate ${source} ${id} ${feature}`}>
                  <Badge tone="good">At hand</Badge>
                  <span className="number">
                    {inFigures(count)} of {inFigures(rate.count)} per {PERIODS[rate.period_seconds]} for{' '}
                    <span className="code">{feature}</span>
                  </span>
                  <span className="quiet">
                    <span className="code">{id}</span>, by the key <span className="code">{source}</span>, ends <Time at={until} as="ago" />
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      {ending !== undefined && <End key={`${ending.source} ${ending.id}`} lease={ending} onClose={() => setEnding(undefined)} />}
    </Section>
  )
}

/** One that runs is ended; of one that is over it is said what was spent, in the stead of an enforcer that never came back. */
function End({ lease: { id, source, granted, spent, state }, onClose }: { readonly lease: Lease; readonly onClose: () => void }) {
  const isOver = state === 'unreported'
  const [said, setSaid] = useState(granted)
  const body = { source, ...(isOver && { spent: said }) }
  return (
    <DeedForm
      opened
      onClose={onClose}
      title={isOver ? `Settle the lease ${id}` : `End the lease ${id}`}
      run={() => answer(api.POST('/v1/leases/{id}/end', { params: { path: { id } }, body, headers: oneTime() }))}
      done={() => ({ says: isOver ? `${inFigures(granted - said)} are free again.` : 'It is given back when its enforcer asks next.' })}
      ready={!isOver || (said >= spent && said <= granted)}
    >
      {isOver ? (
        <>
          <p>
            Its enforcer never came back, so all {inFigures(granted)} count as used; it reported {inFigures(spent)}. What was not spent is
            free again.
          </p>
          <NumberInput
            label="Spent in truth"
            value={said}
            onChange={(value) => typeof value === 'number' && setSaid(value)}
            min={spent}
            max={granted}
            allowDecimal={false}
            data-autofocus
          />
        </>
      ) : (
        <p>
          Its enforcer gets no more, and gives back what is left when it asks next: until then up to {inFigures(granted - spent)} more may
          be spent. It may then lease anew.
        </p>
      )}
    </DeedForm>
  )
}
