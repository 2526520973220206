import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { doneSince } from '../../api/overview.ts'
import { DoneList } from '../../parts/done-list.tsx'
import { Empty, Loaded } from '../../parts/states.tsx'

/** What was done since midnight, as the audit has it. */
export function DoneToday({ now }: { readonly now: number }) {
  const midnight = new Date(now)
  midnight.setHours(0, 0, 0, 0)
  const from = midnight.toISOString()
  const query = useQuery(doneSince(from))
  return (
    <Loaded query={query}>
      {({ items, next }) =>
        items.length === 0 ? (
          <Empty says="Nothing was changed today." />
        ) : (
          <>
            <DoneList rows={items} search={{ from }} />
            {(next !== undefined || items.length > 12) && (
              <p>
                <Link to="/audit" search={{ from }}>
                  All of today
                </Link>
              </p>
            )}
          </>
        )
      }
    </Loaded>
  )
}
