import { type Contract, entriesOf, type PlanTerms } from '../../api/contract.ts'

/** What a licence has of its own beside its plan, as the API keeps it. */
export interface Overrides {
  readonly seats?: Readonly<Record<string, unknown>>
  readonly grace?: Readonly<Record<string, unknown>>
  readonly includes?: Readonly<Record<string, unknown>>
}

/** One point of them. */
export interface Own {
  readonly part: keyof Overrides
  readonly key: string
  /** "50 named seats", "report.export: limit 5000 per month". */
  readonly says: string
  /** What it is instead of: "25". */
  readonly plan: string
}

export function ownOf(overrides: Overrides | undefined, plan: PlanTerms | undefined): Own[] {
  const { seats = {}, grace = {}, includes = {} } = overrides ?? {}
  return [
    ...Object.entries(seats).map(([key, value]): Own => {
      const before = (plan?.seats as Readonly<Record<string, unknown>> | undefined)?.[key]
      const word = key === 'named' || key === 'floating' ? `${inWords(value)} ${key} seats` : `seats, ${key}: ${inWords(value)}`
      return { part: 'seats', key, says: word, plan: before === undefined ? 'none' : inWords(before) }
    }),
    ...Object.entries(grace).map(([key, value]): Own => {
      const before = (plan?.grace as Readonly<Record<string, unknown>> | undefined)?.[key]
      return { part: 'grace', key, says: `grace, ${key}: ${inWords(value)}`, plan: before === undefined ? 'none' : inWords(before) }
    }),
    ...Object.entries(includes).map(([key, value]): Own => {
      const entries = entriesOf(plan, key)
      const before = entries.length === 0 ? 'not in the plan' : entries.map(inWords).join(', or ')
      const says = Array.isArray(value) && value.length === 0 ? `${key}: taken away` : `${key}: ${inWords(value)}`
      return { part: 'includes', key, says, plan: before }
    }),
  ]
}

/** With one point more, or another in its place. */
export function withOwn(overrides: Overrides | undefined, part: keyof Overrides, key: string, value: unknown): Overrides {
  return { ...overrides, [part]: { ...overrides?.[part], [key]: value } }
}

/** Without one. @returns null when nothing is left, as the API wants it said */
export function withoutOwn(overrides: Overrides | undefined, part: keyof Overrides, key: string): Overrides | null {
  const rest = Object.fromEntries(Object.entries(overrides?.[part] ?? {}).filter(([name]) => name !== key))
  const parts = Object.entries({ ...overrides, [part]: rest }).filter(([, of]) => Object.keys(of ?? {}).length > 0)
  return parts.length === 0 ? null : Object.fromEntries(parts)
}

/** The features that a licence can get more or less of. */
export function featuresOf(contract: Contract | undefined): { readonly value: string; readonly label: string }[] {
  return Object.entries(contract?.features ?? {}).map(([value, { title }]) => ({
    value,
    label: title === undefined ? value : `${title} (${value})`,
  }))
}

function inWords(value: unknown): string {
  if (Array.isArray(value)) return value.map(inWords).join(', or ')
  if (typeof value !== 'object' || value === null) return String(value)
  const parts = Object.entries(value).map(([name, each]) => `${name} ${inWords(each)}`)
  return parts.length === 0 ? 'given' : parts.join(', ')
}
