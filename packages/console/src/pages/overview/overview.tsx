import { useQuery } from '@tanstack/react-query'
import { endingDaysQuery, endingsQuery, limitsQuery, refusalsQuery, summaryQuery } from '../../api/overview.ts'
import { useNow } from '../../clock.ts'
import { LimitBars } from '../../parts/limit-bars.tsx'
import { Page, Section } from '../../parts/page.tsx'
import { Empty, Loaded } from '../../parts/states.tsx'
import { counted } from '../../parts/when.ts'
import { DoneToday } from './done-today.tsx'
import { Endings } from './endings.tsx'
import { Forecast } from './forecast.tsx'
import classes from './overview.module.css'
import { ParkedChanges } from './parked.tsx'
import { Refusals } from './refusals.tsx'
import { States } from './states-strip.tsx'
import { ToSignOff } from './to-sign-off.tsx'

/** What ends, what is refused, what is nearly full, and what changed: a vendor's morning in one screen. */
export function Overview() {
  const now = useNow()
  const summary = useQuery(summaryQuery)
  const soon = useQuery(endingsQuery(30, now))
  const days = useQuery(endingDaysQuery(now))
  const refusals = useQuery(refusalsQuery)
  const limits = useQuery(limitsQuery())
  const ends = soon.data?.items.map(({ trial_ends: trial, ends }) => trial ?? ends ?? '')
  return (
    <Page title="Overview" sentence={ends === undefined ? 'What ends, what is refused, and what is nearly full.' : sentence(ends)}>
      <ParkedChanges />
      <ToSignOff />
      <Loaded query={summary} rows={1}>
        {(data) =>
          data.total === 0 ? (
            <Empty says="There is no licence yet.">
              <p>Publish terms, make an organization, and give it a licence:</p>
              <pre>npx writ license issue --product atlas --plan standard --organization acme</pre>
            </Empty>
          ) : (
            <States states={data.states} trials={data.trials} />
          )
        }
      </Loaded>
      <Section title="The next 90 days" note="on which day how many licences end">
        <Loaded query={days} rows={4}>
          {({ items }) => <Endings days={items} soon={soon.data?.items ?? []} now={now} />}
        </Loaded>
        <Forecast />
      </Section>
      <div className={classes.columns}>
        <Section title="Refused in the last 24 hours" note={refusals.data && counted(refusals.data.refused, 'question')}>
          <Loaded query={refusals}>{(data) => <Refusals summary={data} />}</Loaded>
        </Section>
        <Section title="Nearest to full" note="the fullest limits, across licences in use">
          <Loaded query={limits}>{({ items }) => <LimitBars limits={items} now={now} />}</Loaded>
        </Section>
      </div>
      <Section title="What changed today">
        <DoneToday now={now} />
      </Section>
    </Page>
  )
}

/** "12 licences end in the next 30 days, 2 of them on the same day." */
function sentence(ends: readonly string[]): string {
  if (ends.length === 0) return 'No licence ends in the next 30 days.'
  const most = Math.max(...[...Map.groupBy(ends, (at) => new Date(at).toDateString()).values()].map((same) => same.length))
  const many = ends.length === 200 ? 'At least 200 licences' : counted(ends.length, 'licence')
  const same = most > 1 ? `, ${most} of them on the same day` : ''
  return `${many} ${ends.length === 1 ? 'ends' : 'end'} in the next 30 days${same}.`
}
