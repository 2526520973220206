import type { operations } from '@writ/client'
import type { Paint } from '../io.ts'
import { unprovableInWords } from './unprovable.ts'

export type Impact = operations['foretellImpact']['responses']['200']['content']['application/json']

const MOST = 10

/** An impact for a person: how many, of what, when, and who for example. */
export function impactInWords(impact: Impact, paint: Paint): string {
  const { losing, gaining, changing, features, instants, groups, more_groups, unprovable = [] } = impact
  const cannot = unprovableInWords(unprovable)
  if (losing + gaining + changing === 0) return ['nobody loses or gains anything', ...cannot].join('\n')
  const counted = (lost: number, gained: number, changed: number): string =>
    [lost > 0 && paint.red(`${lost} lose`), gained > 0 && paint.green(`${gained} gain`), changed > 0 && `${changed} use it in another way`]
      .filter((each) => each !== false)
      .join(', ')
  const lines = [`identities: ${counted(losing, gaining, changing)}`]
  for (const { product, feature, command, ...each } of features.slice(0, MOST)) {
    lines.push(`  ${product}:${feature}${command === undefined ? '' : ` ${command}`}  ${counted(each.losing, each.gaining, each.changing)}`)
  }
  for (const { at, ...each } of instants.slice(0, MOST)) lines.push(`  from ${at}  ${counted(each.losing, each.gaining, each.changing)}`)
  for (const { identities, organization, roles, examples, effects } of groups.slice(0, MOST)) {
    const where = organization ?? 'licences of their own'
    const why = [...new Set(effects.flatMap(({ effect, reason }) => (effect === 'loses' ? [reason ?? effect] : [effect])))].join(', ')
    lines.push(
      `  ${identities} of ${where}${roles ? ` (${roles.join(', ')})` : ''}: ${why}; ${examples.join(', ')}${identities > examples.length ? ', …' : ''}`,
    )
  }
  const more = more_groups + Math.max(0, groups.length - MOST)
  if (more > 0) lines.push(paint.dim(`  and ${more} more groups`))
  return [...lines, ...cannot].join('\n')
}
