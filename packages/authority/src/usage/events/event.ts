import { type Instant, parseInstant } from '@writ/engine'
import Type from 'typebox'
import { Compile } from 'typebox/compile'
import { ApiError } from '../../app/api-error.ts'
import { Id } from '../../app/ids.ts'

/** The `type` of an event that reports usage. */
const USAGE_EVENT = 'writ.usage'

/** What a usage event says, whatever licence turns out to be meant. */
export interface UsageEvent {
  /** Unique with `id`, within what is named. */
  readonly source: string
  readonly id: string
  readonly named: { readonly license: string } | { readonly organization: string; readonly product: string }
  readonly meter: string
  readonly amount: number
  /** When it happened; absent: now. */
  readonly time?: Instant
  /** Its id is a `consume.id` of whoever reports it: a check that names it, before or after, is the same usage. */
  readonly isConsume: boolean
}

const Amount = Type.Integer({ minimum: 1, maximum: 1_000_000_000 })
const data = {
  meter: Type.String({ minLength: 1, maxLength: 100, description: 'Of the product’s terms.' }),
  amount: Type.Optional({ ...Amount, description: 'Default: 1.' }),
}
const OfLicense = Type.Object({ license: Id, ...data }, { additionalProperties: false })
const OfOrganization = Type.Object({ organization: Id, product: Id, ...data }, { additionalProperties: false })

/** CloudEvents 1.0 section 3.1, and what is reported. Extension attributes are taken and left alone. */
export const UsageEventSchema = Type.Object(
  {
    specversion: Type.Literal('1.0'),
    type: Type.Literal(USAGE_EVENT),
    source: Type.String({
      pattern: '^[\\x21-\\x7e]{1,512}$',
      description: 'A URI reference that names what reports: one spool, one process, one meter.',
    }),
    id: Type.String({
      minLength: 1,
      maxLength: 256,
      pattern: '^[^\\x00-\\x1f\\x7f-\\x9f]*$',
      description: 'Unique to its source, within the licence, or the organization and product, that is named.',
    }),
    time: Type.Optional(Type.String({ maxLength: 40, description: 'RFC 3339: when it happened. Absent: when it arrives.' })),
    subject: Type.Optional(Type.String({ minLength: 1, maxLength: 512, description: 'Yours; it is not kept.' })),
    writconsume: Type.Optional(
      Type.Union([Type.Boolean(), Type.Enum(['true', 'false'])], {
        description:
          'The `id` is a `consume.id` of this API key, which is charged once: by a check that names it, or by this, whichever came first. `source` then tells it from no other.',
      }),
    ),
    datacontenttype: Type.Optional(Type.String({ pattern: '^application/json\\s*(;.*)?$', maxLength: 100 })),
    dataschema: Type.Optional(Type.String({ maxLength: 512 })),
    data: Type.Union([OfLicense, OfOrganization], {
      description: 'A licence; or an organization and a product, whose licence at that time is found.',
    }),
  },
  // Names of extension attributes: CloudEvents 1.0 section 3.1.
  { additionalProperties: true, maxProperties: 40 },
)

const isEvent = Compile(UsageEventSchema)
const isData = { license: Compile(OfLicense), organization: Compile(OfOrganization) }
const LONE_SURROGATE = /\p{Cs}/u
const MOST_FAULTS = 5

/**
 * Reads one event. @returns the refusal of one that is none
 * @see CloudEvents 1.0.2 section 3
 */
export function readEvent(value: unknown): UsageEvent | ApiError<'REQUEST_INVALID'> {
  if (!isEvent.Check(value)) return faultsOf(value)
  const { source, id, time, writconsume = false, data } = value
  // The store would take one of these for another.
  if (LONE_SURROGATE.test(id)) return invalid([{ pointer: '/id', detail: 'must be well-formed Unicode' }])
  const instant = time === undefined ? undefined : parseInstant(time)
  if (time !== undefined && (instant === undefined || instant < 0))
    return invalid([{ pointer: '/time', detail: 'must be an RFC 3339 instant' }])
  const { meter, amount = 1 } = data
  const named = 'license' in data ? { license: data.license } : { organization: data.organization, product: data.product }
  const isConsume = String(writconsume) === 'true'
  return { source, id, named, meter, amount, isConsume, ...(instant !== undefined && { time: instant }) }
}

function faultsOf(value: unknown): ApiError<'REQUEST_INVALID'> {
  const { data } = (value ?? {}) as { data?: unknown }
  const isObject = typeof data === 'object' && data !== null
  // Of the two forms of `data`, the faults of the one that was meant.
  const meant = isObject && ('organization' in data || 'product' in data) ? isData.organization : isData.license
  const faults = isEvent.Errors(value).filter(({ instancePath }) => !instancePath.startsWith('/data'))
  const inside = isObject ? meant.Errors(data).map((fault) => ({ ...fault, instancePath: `/data${fault.instancePath}` })) : []
  return invalid([...faults, ...inside].map(({ instancePath, message }) => ({ pointer: instancePath, detail: message })))
}

function invalid(faults: readonly { pointer: string; detail: string }[]): ApiError<'REQUEST_INVALID'> {
  const errors = faults.slice(0, MOST_FAULTS).map((fault) => ({ in: 'body' as const, ...fault }))
  return new ApiError('REQUEST_INVALID', { errors })
}
