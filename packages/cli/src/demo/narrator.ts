import { spinner } from '@clack/prompts'
import type { WireDecision } from '@writ/engine'
import type { Io } from '../io.ts'
import { detailsInWords, verdictInWords } from '../words/decision.ts'

/** What a step states of an answer before it is asked. Whatever is named must be exactly so. */
export interface Stated {
  readonly allowed: boolean
  readonly reason?: string
  /** The types, in any order. */
  readonly remedies?: readonly string[]
  readonly notices?: readonly string[]
  readonly obligations?: readonly string[]
  readonly simulated?: boolean
  /** Whatever else must hold, in words, and whether it does. */
  readonly also?: readonly (readonly [statement: string, holds: (decision: WireDecision) => boolean])[]
}

/** Prints the tour, and keeps count of what did not come out as stated. */
export class Narrator {
  readonly #io: Io
  readonly #animated: boolean
  #steps = 0
  #statements = 0
  readonly #failures: string[] = []
  #title = ''

  constructor(io: Io, animated: boolean) {
    this.#io = io
    this.#animated = animated
  }

  get steps(): number {
    return this.#steps
  }
  get statements(): number {
    return this.#statements
  }
  get failures(): readonly string[] {
    return this.#failures
  }

  heading(text: string): void {
    this.#io.out(`\n${this.#io.paint.bold(this.#io.paint.cyan(text))}`)
  }

  /** One step of the tour; one that throws has failed, and the next goes on. */
  async step(title: string, work: () => Promise<void>): Promise<void> {
    const { paint, out, err } = this.#io
    this.#steps++
    this.#title = title
    out(`\n${paint.dim(String(this.#steps).padStart(2))}  ${paint.bold(title)}`)
    const started = performance.now()
    try {
      await work()
    } catch (error) {
      this.#failures.push(title)
      err(`    ${paint.red('✗ NOT AS STATED')}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    }
    out(`    ${paint.dim(time(performance.now() - started))}`)
  }

  say(text: string): void {
    this.#io.out(`    ${text}`)
  }

  /** A question, its answer with reason and remedies, and whether it is what was stated. */
  answer(question: string, decision: WireDecision, stated: Stated): void {
    const { paint } = this.#io
    this.say(`${paint.cyan('?')} ${question}`)
    this.say(`  ${verdictInWords(decision, paint)}`)
    for (const [name, text] of detailsInWords(decision)) this.say(`    ${paint.dim(`${name}:`)} ${text}`)
    this.state(...differences(decision, stated))
  }

  /** @param wrong what is not as stated; none: all is */
  state(...wrong: readonly string[]): void {
    this.#statements++
    for (const text of wrong) {
      this.#failures.push(`${this.#title}: ${text}`)
      this.#io.err(`    ${this.#io.paint.red('✗ NOT AS STATED')}: ${text}`)
    }
  }

  /** States something that is no decision. */
  holds(statement: string, holds: boolean): void {
    const { paint } = this.#io
    this.say(`${holds ? paint.green('✓') : paint.red('✗')} ${statement}`)
    this.state(...(holds ? [] : [statement]))
  }

  /** Work that a person waits for: shown as it goes on a terminal, as one line elsewhere. */
  async progress<T>(doing: string, work: (told: (text: string) => void) => Promise<T>, done: (result: T) => string): Promise<T> {
    const { paint } = this.#io
    const started = performance.now()
    const shown = this.#animated ? spinner({ withGuide: false }) : undefined
    shown?.start(doing)
    try {
      const result = await work((text) => shown?.message(`${doing}: ${text}`))
      const line = `${done(result)} ${paint.dim(time(performance.now() - started))}`
      shown?.clear()
      this.say(line)
      return result
    } catch (error) {
      shown?.error(doing)
      throw error
    }
  }
}

function differences(
  decision: WireDecision,
  { allowed, reason, remedies, notices, obligations, simulated = false, also = [] }: Stated,
): string[] {
  const wrong: string[] = []
  const compare = (name: string, want: unknown, got: unknown) => {
    if (JSON.stringify(want) !== JSON.stringify(got)) wrong.push(`${name} should be ${JSON.stringify(want)}, and is ${JSON.stringify(got)}`)
  }
  const types = (items: readonly unknown[]) => items.map((item) => String((item as { type: unknown }).type)).sort()
  compare('allowed', allowed, decision.allowed)
  compare('reason', reason, decision.reason)
  compare('simulated', simulated, decision.simulated === true)
  if (remedies !== undefined) compare('remedies', [...remedies].sort(), types(decision.remedies))
  if (notices !== undefined) compare('notices', [...notices].sort(), types(decision.notices))
  if (obligations !== undefined) compare('obligations', [...obligations].sort(), types(decision.obligations))
  for (const [statement, holds] of also) if (!holds(decision)) wrong.push(statement)
  return wrong
}

export function time(milliseconds: number): string {
  return milliseconds < 1000 ? `${milliseconds.toFixed(milliseconds < 10 ? 1 : 0)} ms` : `${(milliseconds / 1000).toFixed(1)} s`
}
