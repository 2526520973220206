import { useQueries } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type Identity, usageQuery } from '../../api/records.ts'
import type { SoldProduct } from '../../api/terms.ts'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { Mend } from '../../parts/mend.tsx'
import { ReasonText } from '../../parts/reason-text.tsx'
import { Badge } from '../../parts/state-badge.tsx'
import { Time } from '../../parts/time.tsx'
import { inFigures } from '../../parts/when.ts'
import { rolesFor, standing } from './entitlements.ts'
import type { Asked } from './identity.tsx'

interface TableProps {
  readonly identity: Identity
  readonly asked: readonly Asked[]
  readonly products: readonly SoldProduct[]
  readonly titleOf: (organization: string) => string
}

/** Feature, may, until, why, used. Each "no" with its reason, who can mend it, and the way there. */
export function EntitlementTable({ identity, asked, products, titleOf }: TableProps) {
  const licenses = [...new Set(asked.flatMap(({ meter, decision }) => (meter === undefined ? [] : (decision.license ?? []))))]
  const usage = useQueries({ queries: licenses.map(usageQuery), combine: (results) => results.flatMap(({ data }) => data ?? []) })
  const several = new Set(asked.map(({ organization }) => organization)).size > 1

  const columns: readonly Column<Asked>[] = [
    {
      name: 'Feature',
      share: 2.4,
      cell: ({ feature, title, organization, resource }) => (
        <>
          <Link
            to="/ask"
            search={{
              identity: identity.id,
              feature,
              ...(organization !== undefined && { organization }),
              ...(resource !== undefined && { resource }),
            }}
          >
            {title}
          </Link>
          {resource !== undefined && <> on {resource}</>}
          {several && organization !== undefined && <> at {titleOf(organization)}</>}
          <br />
          <small className="code quiet">{feature}</small>
        </>
      ),
    },
    { name: 'May', share: 1.3, cell: ({ decision }) => <May asked={decision} /> },
    {
      name: 'Until',
      share: 1.5,
      wideOnly: true,
      cell: ({ decision: { expires, allowed } }) => (expires === undefined ? allowed ? 'no end' : '' : <Time at={expires} />),
    },
    {
      name: 'Why',
      share: 3.4,
      cell: ({ decision, organization, feature, product }) => {
        const contract = products.find(({ id }) => id === product)?.contract
        const { license, grant, reason, trace } = decision
        if (!decision.allowed) {
          return (
            <>
              <ReasonText reason={reason ?? ''} />{' '}
              <Mend reason={reason ?? ''} identity={identity.id} license={license ?? trace?.[0]?.license} />
            </>
          )
        }
        const from =
          trace?.find((each) => each.license === license && each.entry === decision.entry) ??
          trace?.find((each) => each.license === license)
        const roles = rolesFor(identity, organization, feature, contract)
        return (
          <>
            {license !== undefined && (
              <>
                <Link to="/licenses/$id" params={{ id: license }}>
                  licence
                </Link>{' '}
                on {from?.plan}
              </>
            )}
            {grant !== undefined ? `, by the grant ${grant}` : roles.length > 0 ? `, as ${roles.join(' and ')}` : ''}
          </>
        )
      },
    },
    {
      name: 'Used',
      share: 1.4,
      numeric: true,
      cell: ({ meter, decision }) => {
        const found = usage.find(({ license }) => license === decision.license)?.meters.find((each) => each.meter === meter)
        if (found !== undefined) return `${inFigures(found.used)} of ${inFigures(found.limit)}`
        const { value = '' } = decision
        return typeof value === 'number' ? inFigures(value) : value
      },
    },
  ]
  if (asked.length === 0) return <p>Nothing, as things are.</p>
  return (
    <DataTable
      label="Entitlements"
      columns={columns}
      rows={asked}
      idOf={({ feature, organization, resource }) => `${organization} ${feature} ${resource}`}
      one="entitlement"
    />
  )
}

const WITH: Readonly<Record<string, string>> = {
  step_up_required: 'With a proof',
  approval_required: 'When approved',
  outside_hours: 'In its hours',
  rate_limited: 'In a moment',
}

function May({ asked }: { readonly asked: Asked['decision'] }) {
  const how = standing(asked)
  if (how === 'may') return <Badge tone="good">Yes</Badge>
  if (how === 'not') return <Badge tone="bad">No</Badge>
  return <Badge tone="warn">{WITH[asked.reason ?? ''] ?? 'In its place'}</Badge>
}
