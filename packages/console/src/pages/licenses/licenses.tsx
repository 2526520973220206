import { NativeSelect, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { getRouteApi, Link } from '@tanstack/react-router'
import { answer } from '@writ/client'
import { api } from '../../api/client.ts'
import { from, given, usePages } from '../../api/pages.ts'
import { type License, useTitles } from '../../api/records.ts'
import { Act } from '../../parts/act.tsx'
import { BulkLink } from '../../parts/bulk-link.tsx'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { Filters } from '../../parts/filters.tsx'
import { Page } from '../../parts/page.tsx'
import { LICENSE_STATES, StateBadge, stateWords } from '../../parts/state-badge.tsx'
import { Empty, Loaded } from '../../parts/states.tsx'
import { Time } from '../../parts/time.tsx'
import { counted } from '../../parts/when.ts'
import { Issue } from './issue.tsx'

const SORTS = { id: 'By id', ends: 'Ends soonest', '-ends': 'Ends latest', '-created_at': 'Newest', '-updated_at': 'Changed last' } as const
type Sort = keyof typeof SORTS
const route = getRouteApi('/licenses')

/** What is in force, in grace, ended. */
export function Licenses() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const state = LICENSE_STATES.find((each) => each === search.state)
  const sort = (Object.keys(SORTS) as Sort[]).find((each) => each === search.sort)
  const { organization, product, plan, q } = search
  const filter = given({ organization, product, plan, q, state, sort })
  const list = usePages(['licenses', 'list', filter], (after, signal) =>
    answer(api.GET('/v1/licenses', { params: { query: { ...from(after), ...filter } }, signal })),
  )
  const [issuing, issue] = useDisclosure()
  const set = (name: 'state' | 'sort' | 'q', value: string) =>
    navigate({ to: '.', search: { ...search, [name]: value === '' ? undefined : value }, replace: true })
  const titleOf = useTitles([...new Set(list.data?.flatMap(({ organization: of }) => of ?? []) ?? [])].slice(0, 200))
  const which = state === undefined ? '' : ` ${stateWords(state).toLowerCase()}`
  const sentence =
    list.data === undefined
      ? 'What was sold, and how it stands.'
      : list.data.length === 0 && Object.keys(filter).length === 0
        ? 'Nothing is sold yet.'
        : `${list.more ? 'More than ' : ''}${counted(list.data.length, `licence${which}`, `licences${which}`)}${organization === undefined ? '' : ` of ${titleOf(organization)}`}.`

  const columns: readonly Column<License>[] = [
    {
      name: 'License',
      share: 2.2,
      cell: ({ id }) => (
        <Link to="/licenses/$id" params={{ id }} className="code">
          {id}
        </Link>
      ),
    },
    { name: 'State', share: 1.4, cell: (license) => <StateBadge state={license.state} /> },
    {
      name: 'Of',
      share: 2,
      cell: ({ organization: of, holder }) =>
        of === undefined ? (
          <Link to="/identities/$id" params={{ id: holder ?? '' }}>
            {holder}
          </Link>
        ) : (
          <Link to="/organizations/$id" params={{ id: of }}>
            {titleOf(of)}
          </Link>
        ),
    },
    { name: 'Plan', share: 1.6, wideOnly: true, cell: (license) => `${license.product} ${license.plan}` },
    {
      name: 'Ends',
      share: 1.5,
      cell: ({ ends, trial_ends: trial }) =>
        (trial ?? ends) ? <Time at={trial ?? ends ?? ''} as="day" /> : <span className="quiet">no end</span>,
    },
    { name: 'Changed', share: 1.3, wideOnly: true, cell: ({ updated_at: at }) => <Time at={at} as="ago" /> },
  ]
  return (
    <Page
      title="Licenses"
      sentence={sentence}
      actions={
        <>
          <BulkLink kind="licenses" />
          <Act needs="licenses.write" variant="filled" onClick={issue.open}>
            Issue a licence
          </Act>
        </>
      }
    >
      <Filters>
        <TextInput
          label="Named"
          placeholder="part of an id or a holder"
          value={q ?? ''}
          onChange={(event) => void set('q', event.currentTarget.value)}
        />
        <NativeSelect
          label="State"
          data={[{ value: '', label: 'Every state' }, ...LICENSE_STATES.map((value) => ({ value, label: stateWords(value) }))]}
          value={state ?? ''}
          onChange={(event) => void set('state', event.currentTarget.value)}
        />
        <NativeSelect
          label="Order"
          data={Object.entries(SORTS).map(([value, label]) => ({ value, label }))}
          value={sort ?? 'id'}
          onChange={(event) => void set('sort', event.currentTarget.value === 'id' ? '' : event.currentTarget.value)}
        />
      </Filters>
      <Loaded query={list}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty says={Object.keys(filter).length === 0 ? 'There is no licence yet.' : 'No licence is like that.'}>
              <p>
                {Object.keys(filter).length === 0
                  ? 'Issue the first here, import a file, or write'
                  : 'Ask for less above, issue one, or write'}
              </p>
              <pre>npx writ license issue --product atlas --plan standard --organization acme</pre>
            </Empty>
          ) : (
            <DataTable
              label="Licenses"
              columns={columns}
              rows={rows}
              idOf={({ id }) => id}
              more={list.more}
              loading={list.loading}
              one="licence"
            />
          )
        }
      </Loaded>
      <Issue key={String(issuing)} opened={issuing} onClose={issue.close} />
    </Page>
  )
}
