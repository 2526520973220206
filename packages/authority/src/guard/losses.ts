import { hash } from 'node:crypto'
import { dayOfLoss, type Impact, type Instant } from '@writ/engine'

const DAY_MILLISECONDS = 86_400_000

export interface Loss {
  readonly identity: string
  /** Features and commands, each with the {@link dayOfLoss}. Many share one list. */
  readonly items: readonly string[]
}

/** By whose they are: 96 bits of the SHA-256 of identity, organization and product. */
export type Losses = ReadonlyMap<string, Loss>

/** Of an impact that is looked at again and again while a change is judged. */
const told = new WeakMap<Impact, Losses>()

/** By single features, since parts of a change may take them one by one: of somebody in two licences, and at whichever node. */
export function lossesOf(impact: Impact, now: Instant): Losses {
  const known = told.get(impact)
  if (known !== undefined) return known
  const found = new Map<string, { identity: string; items: string[] }>()
  const texts = new Map<object, string>()
  let last: { of: string; items: string[] } | undefined
  for (const { identity, organization = null, effect } of impact.each()) {
    if (effect.effect !== 'loses') continue
    const of = JSON.stringify([identity, organization, effect.product])
    if (last?.of !== of) {
      const whose = hash('sha256', of, 'base64url').slice(0, 16)
      const loss = found.get(whose) ?? { identity, items: [] }
      found.set(whose, loss)
      last = { of, items: loss.items }
    }
    let text = texts.get(effect)
    if (text === undefined) {
      const { feature, command = '', at } = effect
      text = JSON.stringify([feature, command, dayOfLoss(at, now)])
      texts.set(effect, text)
    }
    last.items.push(text)
  }
  told.set(impact, found)
  return found
}

/** All of both. */
export function joined(one: Losses, other: Losses): Losses {
  const both = new Map(one)
  for (const [whose, { identity, items }] of other)
    both.set(whose, { identity, items: [...new Set([...(one.get(whose)?.items ?? []), ...items])] })
  return both
}

/** Whether all of them are among others. */
export function areAmong(losses: Losses, ...others: readonly Losses[]): boolean {
  for (const [whose, { items }] of losses)
    if (!items.every((item) => others.some((other) => other.get(whose)?.items.includes(item)))) return false
  return true
}

/** Items that were kept, as they would be found now: a day that was to come may have come. */
export function itemsAsOf(items: readonly string[], now: Instant): string[] {
  return items.map((item) => {
    const at = item.lastIndexOf(',') + 1
    const day = Number(item.slice(at, -1))
    return `${item.slice(0, at)}${dayOfLoss(day * DAY_MILLISECONDS, now)}]`
  })
}
