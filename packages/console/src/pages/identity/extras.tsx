import { useQuery } from '@tanstack/react-query'
import { answer } from '@writ/client'
import { api } from '../../api/client.ts'
import { grantsOf } from '../../api/records.ts'
import { useNow } from '../../clock.ts'
import { Section } from '../../parts/page.tsx'
import { Badge } from '../../parts/state-badge.tsx'
import { Time } from '../../parts/time.tsx'

/** Additions for a time; only shown where there are some. */
export function Grants({ identity }: { readonly identity: string }) {
  const { data = [] } = useQuery(grantsOf(identity))
  const now = useNow()
  if (data.length === 0) return null
  return (
    <Section title="Grants" note="given just in time, and they end by themselves">
      <ul>
        {data.map(({ id, feature, from, until, approved_by: by, revoked_at: revoked }) => (
          <li key={id}>
            <code>{feature}</code> from <Time at={from} /> until <Time at={until} />, approved by{' '}
            {by.map((each) => each.identity).join(', ')}{' '}
            {revoked !== undefined ? (
              <Badge tone="over">Revoked</Badge>
            ) : Date.parse(until) <= now ? (
              <Badge tone="over">Ended</Badge>
            ) : (
              <Badge tone="good">In force</Badge>
            )}
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** What raises the bar for them; only shown where there is something. */
export function Signals({ identity }: { readonly identity: string }) {
  const { data } = useQuery({
    queryKey: ['signals', identity],
    queryFn: ({ signal }) =>
      answer(api.GET('/v1/identities/{id}/signals', { params: { path: { id: identity }, query: { limit: 100 } }, signal })),
  })
  if (data === undefined || data.items.length === 0) return null
  return (
    <Section title="Signals" note="they raise the bar until they are withdrawn">
      <ul>
        {data.items.map(({ id, name, at, session, device }) => (
          <li key={id}>
            <code>{name}</code> since <Time at={at} />
            {session !== undefined && `, for the session ${session}`}
            {device !== undefined && `, for the device ${device}`}
          </li>
        ))}
      </ul>
    </Section>
  )
}
