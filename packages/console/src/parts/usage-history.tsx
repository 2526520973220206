import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { answer } from '@writ/client'
import { useState } from 'react'
import { type Answered, api } from '../api/client.ts'
import { Loaded } from './states.tsx'
import classes from './usage.module.css'
import { counted, inFigures } from './when.ts'

type History = Answered<'readUsageHistory'>
type Step = keyof typeof PERIODS

const PERIODS = { hour: 'The last two days, by hour', day: 'The last 30 days', month: 'The last year, by month' } as const
const WRITTEN: Readonly<Record<Step, Intl.DateTimeFormatOptions>> = {
  hour: { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
  day: { day: 'numeric', month: 'short', year: 'numeric' },
  month: { month: 'long', year: 'numeric' },
}

/** What was consumed over time, a plot for each meter, and the same as a table. */
export function UsageHistory({ license, meters }: { readonly license: string; readonly meters: readonly string[] }) {
  const [step, setStep] = useState<Step>('day')
  if (meters.length === 0) return <p className="quiet">The terms of this licence meter nothing.</p>
  return (
    <>
      <NativeSelect
        aria-label="Period"
        size="xs"
        maw={260}
        mb="sm"
        data={Object.entries(PERIODS).map(([value, label]) => ({ value, label }))}
        value={step}
        onChange={(event) => setStep(event.currentTarget.value as Step)}
      />
      <div className={classes.plots}>
        {meters.map((meter) => (
          <OfMeter key={meter} license={license} meter={meter} step={step} />
        ))}
      </div>
    </>
  )
}

function OfMeter({ license, meter, step }: { readonly license: string; readonly meter: string; readonly step: Step }) {
  const query = useQuery({
    queryKey: ['usage', license, 'history', meter, step],
    queryFn: ({ signal }) => answer(api.GET('/v1/usage/history', { params: { query: { license, meter, step } }, signal })),
  })
  return (
    <Loaded query={query} rows={3}>
      {(history) => <Plot history={history} step={step} />}
    </Loaded>
  )
}

const HEIGHT = 72

function Plot({ history: { meter, unit, units, steps, zone }, step }: { readonly history: History; readonly step: Step }) {
  // In the zone that the steps are of: elsewhere the day might be the one before.
  const written = new Intl.DateTimeFormat(undefined, { ...WRITTEN[step], timeZone: zone })
  const name = ({ from }: History['steps'][number]) => written.format(Date.parse(from))
  const amount = (value: number) => (unit === undefined ? inFigures(value) : counted(value, unit))
  const most = Math.max(1, ...steps.map((each) => each.units))
  const words = units === 0 ? 'nothing consumed' : `${amount(units)}, at most ${inFigures(most)} in one ${step}`
  return (
    <figure className={classes.plot}>
      <figcaption>
        <strong>{meter}</strong> <span className="number">{words}</span>
      </figcaption>
      <svg viewBox={`0 0 ${steps.length} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={`${meter}: ${words}`}>
        {steps.map((each, place) => (
          <rect
            key={each.from}
            x={place + 0.08}
            width={0.84}
            y={HEIGHT - (each.units / most) * HEIGHT}
            height={(each.units / most) * HEIGHT}
            fill="var(--accent)"
          >
            <title>{`${name(each)}: ${amount(each.units)}`}</title>
          </rect>
        ))}
      </svg>
      <details>
        <summary className="quiet">As a table, times in {zone}</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">From</th>
              <th scope="col">Consumed</th>
            </tr>
          </thead>
          <tbody>
            {steps.map((each) => (
              <tr key={each.from}>
                <td>{name(each)}</td>
                <td className="number">{amount(each.units)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  )
}
