import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { Page, Section } from '../../parts/page.tsx'
import { Bring } from './bring.tsx'
import classes from './bulk.module.css'
import type { Kind } from './send.ts'

const KINDS: readonly { readonly kind: Kind; readonly name: string }[] = [
  { kind: 'organizations', name: 'Organizations' },
  { kind: 'identities', name: 'Identities' },
  { kind: 'resources', name: 'Resources' },
  { kind: 'licenses', name: 'Licenses' },
  { kind: 'seats', name: 'Seats' },
]
const route = getRouteApi('/import')

/** Many at once, from a file and into a file. */
export function Bulk() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { kind } = KINDS.find((each) => each.kind === search.kind) ?? { kind: 'identities' as const }
  const [round, setRound] = useState(0)
  return (
    <Page title="Import and export" sentence="Many at once: from a file, after a look at what would come of it, and into a file.">
      <Section title="Import" note="CSV with a header, or JSON lines; what an export writes an import takes">
        <Bring
          key={`${kind} ${round}`}
          kinds={KINDS.map(({ kind: value, name: label }) => ({ value, label }))}
          kind={kind}
          onKind={(next) => void navigate({ to: '.', search: { kind: next }, replace: true })}
          onAgain={() => setRound(round + 1)}
        />
      </Section>
      <Section title="Export" note="all that your key sees">
        <ul className={classes.exports}>
          {KINDS.map(({ kind: what, name }) => (
            <li key={what}>
              <span>{name}</span>
              <a href={`/v1/exports/${what}?format=csv`} download={`${what}.csv`}>
                <span className="hidden">{name} as </span>CSV
              </a>
              <a href={`/v1/exports/${what}?format=jsonl`} download={`${what}.jsonl`}>
                <span className="hidden">{name} as </span>JSON lines
              </a>
            </li>
          ))}
        </ul>
      </Section>
    </Page>
  )
}
