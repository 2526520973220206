import type { FactValue, WireRequest } from '@writ/engine'
import { parseInstant } from '@writ/engine'
import type { Command } from 'commander'
import { CliError } from './cli-error.ts'

export interface QuestionOptions {
  readonly identity?: string
  readonly actor?: string
  readonly organization?: string
  readonly feature: string
  readonly command: readonly string[]
  readonly resource?: string
  readonly resourceKind?: string
  readonly environment?: string
  readonly region?: string
  readonly label: readonly string[]
  readonly context: readonly string[]
  readonly session?: string
  readonly proof: readonly string[]
  readonly consume?: string
  readonly consumeId?: string
  readonly wanted?: string
  readonly partial?: true
}

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value]

/** What `check` and `explain` both take. */
export function askedBy(command: Command): Command {
  return command
    .requiredOption('-f, --feature <name>', 'report.export, or atlas:report.export')
    .option('-i, --identity <id>', 'who asks')
    .option('--actor <id>', 'an agent that acts for the identity')
    .option('-o, --organization <id>', 'for which organization')
    .option('--command <name>', 'what is done to the resource; may be repeated', collect, [])
    .option('-r, --resource <id>', 'what is reached')
    .option('--resource-kind <kind>', 'of a resource that the authority does not know')
    .option('--environment <name>', 'of such a resource')
    .option('--region <name>', 'of such a resource')
    .option('--label <k=v>', 'of such a resource; may be repeated', collect, [])
    .option('--context <k=v>', 'a fact, as text; k:=v as JSON (3, true, ["a"]); may be repeated', collect, [])
    .option('--session <id>', 'the session of the question and of its proofs')
    .option('--proof <level[@time]>', 'what was proven, and when (RFC 3339; default: now); may be repeated', collect, [])
    .option('--consume <n>', 'take this much of the quota')
    .option('--consume-id <id>', 'makes it one consumption, however often it is sent (default: a new one)')
    .option('--wanted <n>', 'an amount, or a value of a choice; nothing is taken')
    .option('--partial', 'fewer than wanted will do')
}

/** @param now when a proof without a time was given @throws {CliError} USAGE */
export function questionOf(options: QuestionOptions, now: Date): WireRequest {
  const { identity, actor, organization, feature, command, session, consume, wanted, partial } = options
  const context = { ...Object.fromEntries(options.context.map(fact)), ...(session !== undefined && { session }) }
  const resource = resourceOf(options)
  return {
    feature,
    ...(identity !== undefined && { identity }),
    ...(actor !== undefined && { actor }),
    ...(organization !== undefined && { organization }),
    ...(command.length > 0 && { commands: command }),
    ...(resource !== undefined && { resource }),
    ...(Object.keys(context).length > 0 && { context }),
    ...(options.proof.length > 0 && { proofs: options.proof.map((text) => proof(text, session, now)) }),
    ...(consume !== undefined && { consume: { amount: amount('--consume', consume), id: options.consumeId ?? crypto.randomUUID() } }),
    ...(wanted !== undefined && { wanted: /^\d+(\.\d+)?$/.test(wanted) ? Number(wanted) : wanted }),
    ...(partial === true && { partial }),
  }
}

function resourceOf({ resource: id, resourceKind: kind, environment, region, label }: QuestionOptions): WireRequest['resource'] {
  const described = kind !== undefined || environment !== undefined || region !== undefined || label.length > 0
  if (!described) return id
  if (id === undefined) throw new CliError('USAGE', 'A resource is described, but --resource does not name it.')
  return {
    id,
    ...(kind !== undefined && { kind }),
    ...(environment !== undefined && { environment }),
    ...(region !== undefined && { region }),
    ...(label.length > 0 && { labels: Object.fromEntries(label.map((text) => pair('--label', text))) }),
  }
}

function pair(option: string, text: string): [string, string] {
  const at = text.indexOf('=')
  if (at < 1) throw new CliError('USAGE', `${option} takes name=value.`)
  return [text.slice(0, at), text.slice(at + 1)]
}

function fact(text: string): [string, FactValue] {
  const json = /^([^=:]+):=(.*)$/s.exec(text)
  if (json?.[1] === undefined || json[2] === undefined) return pair('--context', text)
  try {
    return [json[1], JSON.parse(json[2]) as FactValue]
  } catch {
    throw new CliError('USAGE', `What follows ${json[1]}:= is not JSON.`, `For text, write ${json[1]}=…`)
  }
}

function proof(text: string, session: string | undefined, now: Date) {
  const [level = '', at] = text.split('@', 2)
  if (level === '') throw new CliError('USAGE', '--proof takes LEVEL or LEVEL@TIME.')
  if (at !== undefined && at !== 'now') instant('--proof', at)
  return { level, at: at === undefined || at === 'now' ? now.toISOString() : at, ...(session !== undefined && { session }) }
}

function amount(option: string, text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new CliError('USAGE', `${option} takes a whole number from 1.`)
  return Number(text)
}

/** An instant of the command line, as it goes on the wire. @throws {CliError} USAGE */
export function instant(option: string, text: string): string {
  if (parseInstant(text) === undefined) {
    throw new CliError('USAGE', `${option} takes a time like 2026-10-05T08:00:00+02:00.`)
  }
  return text
}
