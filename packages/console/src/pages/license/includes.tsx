import { Link } from '@tanstack/react-router'
import type { Answered } from '../../api/client.ts'
import { type Contract, type EntryTerms, entriesOf, type FeatureTerms } from '../../api/contract.ts'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { inFigures, listed } from '../../parts/when.ts'
import classes from './license.module.css'

interface Row {
  readonly name: string
  readonly feature: FeatureTerms
  readonly entry: EntryTerms
  readonly index: number
}

/** Every entry of the plan in words, in the order in which they are tried. */
export function Includes({
  contract,
  plan,
  usage,
}: {
  readonly contract: Contract
  readonly plan: string
  readonly usage: Answered<'readUsage'> | undefined
}) {
  const rows = Object.entries(contract.features ?? {}).flatMap(([name, feature]): Row[] =>
    entriesOf(contract.plans?.[plan], name).map((entry, index) => ({ name, feature, entry, index })),
  )
  const columns: readonly Column<Row>[] = [
    {
      name: 'Feature',
      share: 2,
      cell: ({ name, feature, index }) => (
        <>
          <Link to="/ask" search={{ feature: `${contract.product}:${name}` }}>
            {feature.title ?? name}
          </Link>
          {index > 0 && <span className="quiet"> or</span>}
          <br />
          <small className="code quiet">{name}</small>
        </>
      ),
    },
    {
      name: 'How much',
      share: 2,
      cell: ({ entry, feature }) => (
        <>
          {amountOf(entry, feature)}
          <small className={`quiet ${classes.narrowOnly}`}>{termsOf(entry)}</small>
        </>
      ),
    },
    { name: 'On what terms', share: 4, wideOnly: true, cell: ({ entry }) => termsOf(entry) },
    {
      name: 'Used',
      share: 1.2,
      wideOnly: true,
      numeric: true,
      cell: ({ feature }) => {
        const meter = usage?.meters.find((each) => each.meter === feature.meter)
        return meter === undefined ? '' : inFigures(meter.used)
      },
    },
  ]
  return (
    <DataTable
      label="What it grants"
      columns={columns}
      rows={rows}
      idOf={({ name, index }) => `${name} ${index}`}
      one="entry"
      many="entries"
    />
  )
}

export function amountOf({ limit, then, rate, value }: EntryTerms, { unit }: FeatureTerms): string {
  const parts = [
    value === undefined ? undefined : `${typeof value === 'number' ? inFigures(value) : value}${unit === undefined ? '' : ` ${unit}`}`,
    limit === undefined ? undefined : limit === 'none' ? 'no limit' : grouped(limit),
    then === undefined ? undefined : `then ${then}`,
    rate,
  ].filter((part) => part !== undefined)
  return parts.length === 0 ? 'yes' : parts.join(', ')
}

export function termsOf({ resources, commands, assurance, approval, obligations, when, needs }: EntryTerms): string {
  return [
    commands && `only ${listed(commands)}`,
    resources && `on ${written(resources)}`,
    assurance && `proven by ${assurance}`,
    approval && `approved (${written(approval)})`,
    obligations && `obliges to ${written(obligations)}`,
    when && `when ${when}`,
    needs && `while ${needs} agrees`,
  ]
    .filter(Boolean)
    .join('; ')
}

/** `100000 per month` with its digits in groups. */
function grouped(text: string): string {
  return text.replace(/\d{4,}/, (digits) => inFigures(Number(digits)))
}

/** A small map of the terms as one reads it out: `environment: staging`. */
function written(value: unknown): string {
  if (Array.isArray(value)) return value.map(written).join(' or ')
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .map(([name, each]) => (each === true ? name : `${name} ${written(each)}`))
      .join(', ')
  }
  return String(value)
}
