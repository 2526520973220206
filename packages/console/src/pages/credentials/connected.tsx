import { useQuery } from '@tanstack/react-query'
import { answer } from '@writ/client'
import { type Answered, api } from '../../api/client.ts'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { Section } from '../../parts/page.tsx'
import { Badge } from '../../parts/state-badge.tsx'
import { Loaded } from '../../parts/states.tsx'
import { Time } from '../../parts/time.tsx'
import { counted, inFigures } from '../../parts/when.ts'

type One = Answered<'listConnectedEnforcers'>['items'][number]
interface ByKey {
  readonly key: string
  readonly name: string
  readonly streams: readonly One[]
}

const sum = (streams: readonly One[], of: (one: One) => number) => streams.reduce((all, one) => all + of(one), 0)

const COLUMNS: readonly Column<ByKey>[] = [
  {
    name: 'Key',
    share: 2.2,
    cell: ({ key, name }) => (
      <>
        {name}
        <br />
        <small className="code quiet">{key}</small>
      </>
    ),
  },
  { name: 'Connected', share: 1, numeric: true, cell: ({ streams }) => inFigures(streams.length) },
  { name: 'Lag', share: 1.6, cell: ({ streams }) => <Lag of={streams} /> },
  {
    name: 'Waiting',
    share: 1,
    numeric: true,
    wideOnly: true,
    cell: ({ streams }) => inBytes(sum(streams, ({ waiting_bytes: bytes }) => bytes)),
  },
  {
    name: 'Since',
    share: 1.2,
    wideOnly: true,
    cell: ({ streams }) => <Time at={streams.map(({ since }) => since).sort()[0] ?? ''} as="ago" />,
  },
]

/** Who keeps a copy of the facts by the stream of changes, and how far behind the copy is. */
export function Connected() {
  const query = useQuery({
    queryKey: ['enforcers'],
    refetchInterval: 5_000,
    queryFn: ({ signal }) => answer(api.GET('/v1/enforcers', { signal })),
  })
  const data = query.data
  return (
    <Section
      title="Connected enforcers"
      note={data && data.total > 0 ? `${words(data.total, data.items)}, of this node` : 'who decides by itself, and hears of every change'}
    >
      <Loaded query={query} rows={2}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="quiet">
              None follows this node now. An application does that decides in its own process, by <code>@writ/sdk/live</code>.
            </p>
          ) : (
            <DataTable label="Connected enforcers" columns={COLUMNS} rows={byKey(items)} idOf={({ key }) => key} one="key" />
          )
        }
      </Loaded>
    </Section>
  )
}

function Lag({ of: streams }: { readonly of: readonly One[] }) {
  const behind = streams.filter((one) => one.behind > 0)
  if (behind.length === 0) return <Badge tone="good">Has all</Badge>
  const most = Math.max(...behind.map((one) => one.behind))
  const slow = behind.filter((one) => one.slow).length
  return (
    <>
      <Badge tone={slow > 0 ? 'bad' : 'warn'}>{`${counted(most, 'change')} behind`}</Badge>
      {behind.length < streams.length && ` ${inFigures(behind.length)} of them`}
      {slow > 0 && <span className="quiet"> {inFigures(slow)} cut soon</span>}
    </>
  )
}

/** "3 connected, 1 behind" */
function words(total: number, items: readonly One[]): string {
  const behind = items.filter((one) => one.behind > 0).length
  return `${inFigures(total)} connected, ${behind === 0 ? 'none' : inFigures(behind)} behind`
}

function byKey(items: readonly One[]): readonly ByKey[] {
  return [...Map.groupBy(items, (one) => one.api_key)].map(([key, streams]) => ({ key, name: streams[0]?.name ?? key, streams }))
}

const bytes = new Intl.NumberFormat(undefined, { notation: 'compact', maximumFractionDigits: 1 })
const inBytes = (count: number): string => `${bytes.format(count)} B`
