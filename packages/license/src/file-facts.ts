import { anyOf, anyText, bool, integer, isObject, list, mapOf, number, oneOf, record, type Shape, text } from '@writ/trust'

/**
 * What a file carries of World beside its licence, its organization and its roster, in the JSON form of the change feed.
 * Instants are epoch milliseconds. Editions, licences and identities are stated once, in the claims themselves.
 */
export type FileFact = OrganizationFileFact | SeatFileFact | ResourceFileFact | GrantFileFact | SignalFileFact | ElsewhereFileFact

export type FileFactValue = string | boolean | number | readonly string[]

export interface OrganizationFileFact {
  readonly fact: 'organization'
  readonly id: string
  readonly roles?: Readonly<Record<string, readonly string[] | { readonly from: readonly string[]; readonly features: readonly string[] }>>
}
export interface SeatFileFact {
  readonly fact: 'seat'
  readonly license: string
  readonly identity: string
  readonly order: number
  readonly freed_at?: number
}
export interface ResourceFileFact {
  readonly fact: 'resource'
  readonly id: string
  readonly kind: string
  readonly environment?: string
  readonly region?: string
  readonly labels?: Readonly<Record<string, string>>
}
export interface GrantFileFact {
  readonly fact: 'grant'
  readonly id: string
  readonly identity: string
  readonly organization?: string
  readonly feature: string
  readonly resource?:
    | string
    | {
        readonly environment?: readonly string[]
        readonly region?: readonly string[]
        readonly labels?: Readonly<Record<string, readonly string[]>>
      }
  readonly commands?: readonly string[]
  readonly from: number
  readonly until: number
  readonly approved_by: readonly { readonly identity: string; readonly roles: readonly string[] }[]
  readonly context?: Readonly<Record<string, FileFactValue>>
}
export interface SignalFileFact {
  readonly fact: 'signal'
  readonly id: string
  readonly name: string
  readonly identity: string
  readonly session?: string
  readonly device?: string
  readonly at: number
}
export interface ElsewhereFileFact {
  readonly fact: 'elsewhere'
  readonly need: string
  readonly identity?: string
  readonly answer: 'allow' | 'refuse' | 'unreachable' | 'outside_mandate'
  readonly until?: number
}

/** An id or a name. */
export const id: Shape = text(256)
/** Epoch milliseconds, as far as a Date goes. */
export const instant: Shape = integer(0, 8_640_000_000_000_000)
export const ids = (max: number): Shape => list(id, 0, max)
export const factValue: Shape = anyOf(anyText(4096), bool, number, list(anyText(1024), 0, 256))

const selector = record({}, { environment: ids(256), region: ids(256), labels: mapOf(id, ids(256), 64) })
const customerRole = anyOf(ids(512), record({ from: ids(128), features: ids(512) }))

const SHAPES = new Map<string, Shape>(
  Object.entries({
    organization: fact({ id }, { roles: mapOf(id, customerRole, 256) }),
    seat: fact({ license: id, identity: id, order: integer(0, Number.MAX_SAFE_INTEGER) }, { freed_at: instant }),
    resource: fact({ id, kind: id }, { environment: id, region: id, labels: mapOf(id, anyText(256), 64) }),
    grant: fact(
      {
        id,
        identity: id,
        feature: id,
        from: instant,
        until: instant,
        approved_by: list(record({ identity: id, roles: ids(128) }), 0, 32),
      },
      { organization: id, resource: anyOf(id, selector), commands: ids(256), context: mapOf(id, factValue, 64) },
    ),
    signal: fact({ id, name: id, identity: id, at: instant }, { session: id, device: id }),
    elsewhere: fact({ need: id, answer: oneOf('allow', 'refuse', 'unreachable', 'outside_mandate') }, { identity: id, until: instant }),
  }),
)

/** Judges one fact by the kind it says it is; an unknown kind is a fault. */
export const fileFact: Shape = (value) => {
  const shape = isObject(value) && typeof value.fact === 'string' ? SHAPES.get(value.fact) : undefined
  return shape === undefined ? '.fact' : shape(value)
}

function fact(required: Record<string, Shape>, optional: Record<string, Shape>): Shape {
  return record({ fact: id, ...required }, optional)
}
