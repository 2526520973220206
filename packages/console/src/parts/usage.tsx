import type { Answered } from '../api/client.ts'
import type { Contract } from '../api/contract.ts'
import { useNow } from '../clock.ts'
import { Bar } from './limit-bars.tsx'
import classes from './usage.module.css'
import { fromNow, inFigures, onDay } from './when.ts'

type Meter = Answered<'readUsage'>['meters'][number]

/** A small plot for each meter: where the period stands, how much is used, and where it will be at its end at this pace. */
export function Usage({ usage, contract }: { readonly usage: Answered<'readUsage'>; readonly contract: Contract | undefined }) {
  const now = useNow()
  if (usage.meters.length === 0) return <p className="quiet">Nothing of this licence is counted against a limit.</p>
  return (
    <div className={classes.plots}>
      {usage.meters.map((meter) => (
        <Plot key={`${meter.meter} ${meter.from}`} meter={meter} unit={contract?.meters?.[meter.meter]?.unit ?? ''} now={now} />
      ))}
    </div>
  )
}

const WIDTH = 240
const HEIGHT = 72

function Plot({
  meter: { meter, used, reserved, limit, from, until },
  unit,
  now,
}: {
  readonly meter: Meter
  readonly unit: string
  readonly now: number
}) {
  const start = Date.parse(from)
  const end = Date.parse(until)
  const passed = Math.min(1, Math.max(0.001, (now - start) / (end - start)))
  const expected = used / passed
  const top = Math.max(limit, used, Math.min(expected, limit * 1.5)) * 1.12 || 1
  const x = (share: number) => share * WIDTH
  const y = (amount: number) => HEIGHT - (Math.min(amount, top) / top) * HEIGHT
  const words = `${inFigures(used)} of ${inFigures(limit)} ${unit}${limit === 1 ? '' : 's'}`
  return (
    <figure className={classes.plot}>
      <figcaption>
        <strong>{meter}</strong> <span className="number">{words}</span>
      </figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${meter}: ${words}; the period is ${Math.round(passed * 100)} % over`}
      >
        <polygon points={`0,${HEIGHT} ${x(passed)},${y(used)} ${x(passed)},${HEIGHT}`} className={classes.area} />
        <line x1="0" y1={HEIGHT} x2={x(passed)} y2={y(used)} className={classes.curve} />
        <line x1={x(passed)} y1={y(used)} x2={WIDTH} y2={y(expected)} className={classes.pace} />
        <line x1="0" y1={y(limit)} x2={WIDTH} y2={y(limit)} className={classes.limit} />
        <line x1={x(passed)} y1="0" x2={x(passed)} y2={HEIGHT} className={classes.now} />
      </svg>
      <Bar fill={limit === 0 ? 1 : used / limit} label={`${meter}: ${words}`} />
      <p className="quiet">
        {reserved > 0 && `${inFigures(reserved)} more held back. `}
        {expected > limit ? `At this pace it is full on ${onDay(start + ((end - start) * passed * limit) / used)}. ` : ''}
        <span title={`${onDay(start)} to ${onDay(end)}`}>Begins anew {fromNow(end, now)}.</span>
      </p>
    </figure>
  )
}
