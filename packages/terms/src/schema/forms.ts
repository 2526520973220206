/** A part of a JSON Schema. */
export type Schema = Readonly<Record<string, unknown>>

const NAME = '[A-Za-z][A-Za-z0-9_]*(\\.[A-Za-z0-9_]+)*'
const DURATION = '[0-9]{1,15} ?(s|seconds?|minutes?|hours?|days?|weeks?)'
const RATE = '[1-9][0-9]* per (second|minute|hour)'
const DAYS = '(mon|tue|wed|thu|fri|sat|sun)'
const DAY_LIST = `${DAYS}(-${DAYS})?(, ?${DAYS}(-${DAYS})?)*`
const TIME = '([01][0-9]|2[0-3]):[0-5][0-9]'

function form(pattern: string, description: string, ...examples: string[]): Schema {
  return { type: 'string', pattern: `^(${pattern})$`, description, examples }
}

/** The short forms, by the name under which `$defs` has them. They say no more than a pattern can: names are not looked up. */
export const FORMS = {
  name: form(NAME, 'A name: letters, digits and "_", in parts joined by ".".'),
  text: { type: 'string', minLength: 1, maxLength: 200, pattern: '\\S' },
  duration: form(DURATION, 'A duration.', '90 s', '15 minutes', '72 hours', '30 days', '2 weeks'),
  limit: form(
    'none|[0-9]+ per (seat per )?((hour|day|week|month|year)|calendar (day|week|month|year) in [A-Za-z][A-Za-z0-9_+/-]*)',
    'How much in each period.',
    '1000 per month',
    '3 per seat per month',
    '5 per calendar month in Europe/Berlin',
    'none',
  ),
  rate: form(RATE, 'How fast.', '10 per second', '10 per minute', '10 per hour'),
  assurance: form(`${NAME}( within ${DURATION})?`, 'A level, and how old its proof may be.', 'otp', 'passkey within 15 minutes'),
  percent: form('[0-9]{1,5}(\\.[0-9]{1,4})? ?%', 'A percentage.', '10%'),
  speed: form('[0-9]{1,9}(\\.[0-9]{1,3})? ?km/h', 'A speed.', '1000 km/h'),
  days: form(DAY_LIST, 'Days of the week.', 'mon-thu', 'mon,wed,fri'),
  time: form(TIME, 'A local time.', '12:00'),
  hours: form(
    `(${DAY_LIST} )?${TIME} ?- ?(${TIME}|24:00)`,
    'Opening hours; an end before the start is on the next day.',
    'mon-fri 08:00-18:00',
    '22:00-06:00',
  ),
  date: form('[0-9]{4}-[0-9]{2}-[0-9]{2}', 'A date.', '2026-12-25'),
  zone: form('[A-Za-z][A-Za-z0-9_+/-]*', 'A time zone of the IANA database.', 'Europe/Berlin', 'UTC'),
  region: form(
    '[A-Z]{2}|EU|EEA|continent:(AF|AN|AS|EU|NA|OC|SA)',
    'Where the caller is: ISO 3166-1 alpha-2, or a group of countries.',
    'DE',
    'EU',
    'continent:AS',
  ),
  network: form(
    '[0-9]{1,3}(\\.[0-9]{1,3}){3}/[0-9]{1,2}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*/[0-9]{1,3}',
    'A network, v4 or v6.',
    '10.0.0.0/8',
    '2001:db8::/32',
  ),
  upTo: form(`up to ${DURATION}`, 'How long a grant may be.', 'up to 4 hours'),
  degrade: form(`degrade to ${NAME}`, 'What follows when expiry grace is over.', 'degrade to free'),
  then: form(`refuse|bill|throttle ${RATE}`, 'What follows the limit; refuse makes it hard.', 'bill', 'throttle 5 per second'),
  failure: form(`allow|refuse|require ${NAME}`, 'What a signal does that cannot be computed.', 'allow', 'refuse', 'require otp'),
  need: form('[^:\\s]+:[^:\\s]+', 'A feature of another authority, by its alias.', 'vault:blob.write'),
  pattern: form(`\\*|${NAME}(\\.\\*)?`, 'A feature, a group of them, or all.', 'report.export', 'report.*', '*'),
  expression: { type: 'string', minLength: 1, maxLength: 2000, description: 'A condition in CEL, without a clock.' },
  factType: { enum: ['string', 'boolean', 'number', 'list of string'] },
} as const satisfies Record<string, Schema>

export function ref(name: keyof typeof FORMS | 'entry' | 'conditions'): Schema {
  return { $ref: `#/$defs/${name}` }
}

/** A map with these keys and no others. */
export function map(properties: Readonly<Record<string, Schema>>, required: readonly string[] = [], description?: string): Schema {
  return {
    type: 'object',
    additionalProperties: false,
    properties,
    ...(required.length > 0 && { required }),
    ...(description !== undefined && { description }),
  }
}

/** A map whose keys the author names. */
export function mapOf(value: Schema, description?: string, most = 200): Schema {
  return {
    type: 'object',
    maxProperties: most,
    propertyNames: ref('name'),
    additionalProperties: value,
    ...(description !== undefined && { description }),
  }
}

export function listOf(items: Schema, least = 1, description?: string): Schema {
  return { type: 'array', minItems: least, maxItems: 1000, uniqueItems: true, items, ...(description !== undefined && { description }) }
}
