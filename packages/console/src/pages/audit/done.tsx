import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { answer } from '@writ/client'
import { type Answered, api } from '../../api/client.ts'
import { from, given, usePages } from '../../api/pages.ts'
import { Actor } from '../../parts/actor.tsx'
import type { Column } from '../../parts/data-table.tsx'
import { deedInWords } from '../../parts/deed-words.ts'
import { Badge } from '../../parts/state-badge.tsx'
import { Subject } from '../../parts/subject.tsx'
import { Time } from '../../parts/time.tsx'
import { Found, Opener } from './found.tsx'
import { Record } from './record.tsx'
import { Search } from './search.tsx'

type Row = Answered<'listAudit'>['items'][number]
const route = getRouteApi('/audit')
const RESULTS = ['done', 'refused'] as const

/** What was done, by whom, to what. */
export function Done() {
  const search = route.useSearch()
  const { actor, action, subject, organization, text, from: since, to, open } = search
  const result = RESULTS.find((each) => each === search.result)
  const filter = given({ actor, action, subject, organization, text, from: since, to, result })
  const list = usePages(['audit', 'list', filter], (after, signal) =>
    answer(api.GET('/v1/audit', { params: { query: { ...from(after), ...filter } }, signal })),
  )
  // A link to a row that is not among those that were read yet.
  const linked = useQuery({
    queryKey: ['audit', 'row', open],
    queryFn: ({ signal }) => answer(api.GET('/v1/audit/{id}', { params: { path: { id: Number(open) } }, signal })),
    enabled: open !== undefined && list.data !== undefined && !list.data.some(({ id }) => String(id) === open),
  })

  const columns: readonly Column<Row>[] = [
    { name: 'When', share: 1.6, cell: ({ at }) => <Time at={at} /> },
    {
      name: 'What',
      share: 2,
      cell: ({ id, action: what }) => <Opener id={id}>{deedInWords(what)}</Opener>,
    },
    { name: 'To what', share: 2.4, cell: ({ subject: of }) => <Subject of={of} /> },
    { name: 'By whom', share: 1.8, wideOnly: true, cell: ({ actor: who }) => <Actor of={who} /> },
    {
      name: 'Result',
      share: 2.1,
      cell: ({ result: how }) => (how === 'refused' ? <Badge tone="bad">Refused</Badge> : <Badge tone="good">Done</Badge>),
    },
  ]
  return (
    <>
      <Search
        fields={[
          ['actor', 'Who', 'key:key_…'],
          ['action', 'What', 'license.revoke'],
          ['subject', 'To what', 'identity:ann'],
          ['organization', 'Organization', 'acme'],
          ['text', 'Words in it', 'payment'],
        ]}
        choice={{
          field: 'result',
          label: 'Result',
          data: [
            { value: '', label: 'Done and refused' },
            { value: 'done', label: 'Done' },
            { value: 'refused', label: 'Refused' },
          ],
        }}
      />
      {linked.data !== undefined && <Record of={linked.data} />}
      <Found
        label="What was done"
        list={list}
        columns={columns}
        nothing="Nothing like that was done."
        helps="Ask for less above, or for a longer time."
        one="record"
      />
    </>
  )
}
