import { getRouteApi, Link } from '@tanstack/react-router'
import { answer } from '@writ/client'
import { type Answered, api } from '../../api/client.ts'
import { from, usePages } from '../../api/pages.ts'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { ReasonText } from '../../parts/reason-text.tsx'
import { Badge } from '../../parts/state-badge.tsx'
import { Empty, Loaded } from '../../parts/states.tsx'
import { Time } from '../../parts/time.tsx'
import classes from './audit.module.css'
import { Record } from './record.tsx'
import { Search } from './search.tsx'

type Row = Answered<'listDecisions'>['items'][number]
const route = getRouteApi('/audit')

/** Who asked for what, and what the answer was; each question can be asked again. */
export function Decided() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { identity, feature, reason, organization, from: since, to, open } = search
  const filter = {
    ...Object.fromEntries(
      Object.entries({ identity, feature, reason, organization, from: since, to }).filter(([, value]) => value !== undefined),
    ),
    ...(search.allowed !== undefined && { allowed: search.allowed === 'true' }),
  }
  const list = usePages(['decisions', filter], (after, signal) =>
    answer(api.GET('/v1/decisions', { params: { query: { ...from(after), ...filter } }, signal })),
  )
  const toggle = (id: number) =>
    void navigate({ to: '.', search: { ...search, open: String(id) === open ? undefined : String(id) }, replace: true, resetScroll: false })

  const columns: readonly Column<Row>[] = [
    {
      name: 'When',
      share: 1.7,
      cell: ({ id, at }) => (
        <button type="button" className={classes.open} aria-expanded={String(id) === open} onClick={() => toggle(id)}>
          <Time at={at} />
        </button>
      ),
    },
    {
      name: 'Who',
      share: 1.4,
      cell: ({ identity: who }) =>
        who === undefined ? (
          <span className="quiet">nobody</span>
        ) : (
          <Link to="/identities/$id" params={{ id: who }}>
            {who}
          </Link>
        ),
    },
    {
      name: 'Asked for',
      share: 2.2,
      cell: ({ identity: who, feature: what, organization: at, resource }) => (
        <Link
          to="/ask"
          search={{
            feature: what,
            ...(who !== undefined && { identity: who }),
            ...(at !== undefined && { organization: at }),
            ...(resource !== undefined && { resource }),
          }}
          className="code"
        >
          {what}
        </Link>
      ),
    },
    { name: 'Answer', share: 1.1, cell: ({ allowed }) => <Badge tone={allowed ? 'good' : 'bad'}>{allowed ? 'Allowed' : 'Refused'}</Badge> },
    { name: 'Why', share: 3, wideOnly: true, cell: ({ reason: why }) => why !== undefined && <ReasonText reason={why} /> },
  ]
  return (
    <>
      <Search
        fields={[
          ['identity', 'Who', 'ann'],
          ['feature', 'Asked for', 'atlas:report.export'],
          ['organization', 'Organization', 'acme'],
          ['reason', 'Reason', 'seats_exhausted'],
        ]}
        choice={{
          field: 'allowed',
          label: 'Answer',
          data: [
            { value: '', label: 'Yes and no' },
            { value: 'true', label: 'Allowed' },
            { value: 'false', label: 'Refused' },
          ],
        }}
      />
      <Loaded query={list} rows={10}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty says="No such question was asked.">
              <p>Ask for less above, or for a longer time. Decisions stand here some seconds after they were taken.</p>
            </Empty>
          ) : (
            <DataTable
              label="What was decided"
              columns={columns}
              rows={rows}
              idOf={({ id }) => id}
              more={list.more}
              loading={list.loading}
              detail={(row) => String(row.id) === open && <Record of={row} />}
              one="decision"
            />
          )
        }
      </Loaded>
    </>
  )
}
