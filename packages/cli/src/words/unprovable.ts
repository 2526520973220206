interface Shown {
  readonly plan: string
  readonly level: string
  readonly features: readonly string[]
  readonly lacking: readonly string[]
  readonly identities: number
  readonly unknown: number
  readonly effect: 'at_once' | 'sold_or_moved'
}

/** Who could not prove what terms newly ask for, a line for each plan and level; nothing where everybody could. */
export function unprovableInWords(all: readonly Shown[]): string[] {
  return all.map(({ plan, level, features, lacking, identities, unknown, effect }) => {
    const when = effect === 'at_once' ? 'at once' : 'once sold under it, or moved to it'
    const many = [identities > 0 && `${identities} could not`, unknown > 0 && `of ${unknown} it is not known`].filter(Boolean).join(', ')
    return `prove ${level} on ${plan}, ${when}: ${many} (${features.join(', ')}); it takes ${lacking.join(' or ')}`
  })
}
