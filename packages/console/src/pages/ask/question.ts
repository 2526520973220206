import type { operations } from '@writ/client'

/** A question as it stands in the address: texts, each empty one left out. The same short forms as the command line takes. */
export interface Question {
  readonly identity?: string
  readonly organization?: string
  readonly feature?: string
  readonly resource?: string
  /** `select, insert` */
  readonly commands?: string
  /** `country=DE, seats:=3`: texts, or JSON after `:=`. */
  readonly context?: string
  /** `passkey, otp@2026-10-05T08:00:00Z`; without a time: just now. */
  readonly proofs?: string
  readonly wanted?: string
  /** RFC 3339; absent: now. */
  readonly at?: string
}

export type Body = operations['explain']['requestBody']['content']['application/json']
type Facts = NonNullable<Body['context']>

export const FIELDS = ['identity', 'organization', 'feature', 'resource', 'commands', 'context', 'proofs', 'wanted', 'at'] as const

export function readQuestion(search: Record<string, unknown>): Question {
  const found: Record<string, string> = {}
  for (const field of FIELDS) {
    const value = search[field]
    if (typeof value === 'string' && value !== '') found[field] = value
  }
  return found
}

export interface Fault {
  readonly field: keyof Question
  readonly says: string
}

/** What goes on the wire. @param now where a proof has no time @returns what is wrong, where it is no question */
export function bodyOf(question: Question, now: number): Body | Fault {
  const { identity, organization, feature, resource, at, wanted } = question
  if (feature === undefined) return { field: 'feature', says: 'Name a feature.' }
  const context = factsOf(question.context ?? '')
  if ('says' in context) return { field: 'context', says: String(context.says) }
  const proofs = split(question.proofs).map((text) => {
    const [level = '', time] = text.split('@', 2)
    return { level, at: time ?? new Date(now).toISOString() }
  })
  if (proofs.some((proof) => proof.level === '' || Number.isNaN(Date.parse(proof.at)))) {
    return { field: 'proofs', says: 'A proof is a level, or level@2026-10-05T08:00:00Z.' }
  }
  if (at !== undefined && Number.isNaN(Date.parse(at))) return { field: 'at', says: 'A time like 2026-10-05T08:00:00+02:00.' }
  const commands = split(question.commands)
  return {
    ...(identity !== undefined && { identity }),
    ...(organization !== undefined && { organization }),
    feature,
    ...(resource !== undefined && { resource }),
    ...(commands.length > 0 && { commands }),
    ...(Object.keys(context.facts).length > 0 && { context: context.facts }),
    ...(proofs.length > 0 && { proofs }),
    ...(wanted !== undefined && { wanted: /^\d+(\.\d+)?$/.test(wanted) ? Number(wanted) : wanted }),
    ...(at !== undefined && { at: new Date(Date.parse(at)).toISOString() }),
  }
}

export function isFault(body: Body | Fault): body is Fault {
  return 'says' in body
}

function split(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

function factsOf(text: string): { facts: Facts } | { says: string } {
  const facts: Facts = {}
  for (const part of split(text)) {
    const [, name, json, value] = /^([^=:]+)(:?)=(.*)$/s.exec(part) ?? []
    if (name === undefined || value === undefined) return { says: `“${part}” is no fact: write name=value.` }
    try {
      facts[name.trim()] = json === ':' ? JSON.parse(value) : value
    } catch {
      return { says: `What follows ${name}:= is no JSON.` }
    }
  }
  return { facts }
}
