import { getRouteApi, Link } from '@tanstack/react-router'
import { answer } from '@writ/client'
import { type Answered, api } from '../../api/client.ts'
import { from, given, usePages } from '../../api/pages.ts'
import type { Column } from '../../parts/data-table.tsx'
import { ReasonText } from '../../parts/reason-text.tsx'
import { Badge } from '../../parts/state-badge.tsx'
import { Time } from '../../parts/time.tsx'
import { Found, Opener } from './found.tsx'
import { Search } from './search.tsx'

type Row = Answered<'listDecisions'>['items'][number]
const route = getRouteApi('/audit')

/** Who asked for what, and what the answer was; each question can be asked again. */
export function Decided() {
  const { identity, feature, reason, organization, from: since, to, allowed } = route.useSearch()
  const answered = allowed === undefined ? undefined : allowed === 'true'
  const filter = given({ identity, feature, reason, organization, from: since, to, allowed: answered })
  const list = usePages(['decisions', filter], (after, signal) =>
    answer(api.GET('/v1/decisions', { params: { query: { ...from(after), ...filter } }, signal })),
  )

  const columns: readonly Column<Row>[] = [
    {
      name: 'When',
      share: 1.7,
      cell: ({ id, at }) => (
        <Opener id={id}>
          <Time at={at} />
        </Opener>
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
    { name: 'Answer', share: 1.1, cell: ({ allowed: yes }) => <Badge tone={yes ? 'good' : 'bad'}>{yes ? 'Allowed' : 'Refused'}</Badge> },
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
      <Found
        label="What was decided"
        list={list}
        columns={columns}
        nothing="No such question was asked."
        helps="Ask for less above, or for a longer time. Decisions stand here some seconds after they were taken."
        one="decision"
      />
    </>
  )
}
