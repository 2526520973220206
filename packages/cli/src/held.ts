import { confirm, isCancel } from '@clack/prompts'
import type { ApiProblem } from '@writ/client'
import type { Io } from './io.ts'
import { type Impact, impactInWords } from './words/impact.ts'

/**
 * Asks whoever sits there about a change that is held. A script brings the token of the refusal before, by `WRIT_CONFIRM`; `--yes` is none, since
 * it says yes to whatever comes.
 * @returns the token to go on with
 */
export async function confirmHeld(io: Io, { members }: ApiProblem): Promise<string | undefined> {
  const token = (members.confirmation as { token?: string } | undefined)?.token
  const brought = io.env.WRIT_CONFIRM?.trim()
  if (brought && members.changed !== true) return brought
  if (!io.interactive || token === undefined) return undefined
  io.err(heldInWords(members, io).join('\n'))
  const said = await confirm({ message: 'Go on, and take it from them?', initialValue: false })
  return isCancel(said) || !said ? undefined : token
}

/** What a refusal of a held change has to say beside its code. */
export function heldInWords(members: Readonly<Record<string, unknown>>, { paint }: Pick<Io, 'paint'>): string[] {
  const held = members as { impact?: Impact; meanwhile?: Impact; changed?: true; second_person?: true } & Readonly<
    Partial<Record<'losing' | 'taken_before' | 'confirmed_before', number>>
  >
  const { changed, second_person: second, taken_before: before, confirmed_before: confirmed } = held
  return [
    ...(changed === true ? ['It is no longer what was confirmed.'] : []),
    ...(before === undefined ? [] : [`what went before took something from ${before}, and counts with this`]),
    ...(confirmed === undefined ? [] : [`of what went before one person alone has confirmed ${confirmed}, which count with this`]),
    ...(second === true ? ['So many that somebody else confirms it too: it waits until they do.'] : []),
    ...heldImpactInWords(held, paint),
  ]
}

/** What the whole comes to, and what the part that is made now takes beside. */
export function heldImpactInWords(
  { impact, meanwhile, losing }: { readonly impact?: Impact; readonly meanwhile?: Impact; readonly losing?: number },
  paint: Io['paint'],
): string[] {
  return [
    ...(impact === undefined ? [] : impactInWords(impact, paint).split('\n')),
    ...(meanwhile === undefined
      ? []
      : [
          'that is all of it; this batch by itself takes more, some of it only until a later one gives it back:',
          ...impactInWords(meanwhile, paint).split('\n'),
          `by either: ${losing} lose`,
        ]),
  ]
}
