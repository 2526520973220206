import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { answer } from '@writ/client'
import { api } from '../../api/client.ts'
import { DoneList } from '../../parts/done-list.tsx'
import { Loaded } from '../../parts/states.tsx'

/** What was done to a customer, the latest first. */
export function History({ organization }: { readonly organization: string }) {
  const query = useQuery({
    queryKey: ['audit', 'of', organization],
    queryFn: ({ signal }) => answer(api.GET('/v1/audit', { params: { query: { organization, limit: 12 } }, signal })),
  })
  return (
    <Loaded query={query}>
      {({ items }) => (
        <>
          <DoneList rows={items} search={{ organization }} />
          <p>
            <Link to="/audit" search={{ organization }}>
              All that was done
            </Link>
          </p>
        </>
      )}
    </Loaded>
  )
}
