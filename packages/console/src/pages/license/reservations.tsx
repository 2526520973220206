import { useQuery } from '@tanstack/react-query'
import { answer } from '@writ/client'
import { api } from '../../api/client.ts'
import { Section } from '../../parts/page.tsx'
import { Time } from '../../parts/time.tsx'
import { inFigures } from '../../parts/when.ts'
import classes from './license.module.css'

/** What is held back for work under way; only shown where something is. */
export function Reservations({ license }: { readonly license: string }) {
  const { data } = useQuery({
    queryKey: ['reservations', license],
    refetchInterval: 15_000,
    queryFn: ({ signal }) => answer(api.GET('/v1/reservations', { params: { query: { license } }, signal })),
  })
  if (data === undefined || data.items.length === 0) return null
  return (
    <Section title="Held back" note="for work under way; what is not settled comes back by itself">
      <ul className={classes.list}>
        {data.items.map(({ id, amount, settled, meter, source, until }) => (
          <li key={`${source} ${id}`}>
            <span className="number">
              {inFigures(amount)}
              {meter !== undefined && ` of ${meter}`}
              {settled > 0 && `, ${inFigures(settled)} of them settled`}
            </span>
            <span className="quiet">
              <span className="code">{id}</span>, by the key <span className="code">{source}</span>, ends <Time at={until} as="ago" />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
