import type { Paint } from '../io.ts'
import { table } from '../table.ts'

interface Rollout {
  readonly id: string
  readonly product: string
  readonly edition: number
  readonly stage: string
  readonly percent: number
  readonly is_moving: boolean
  readonly stopped?: { readonly losing: number; readonly detail: string } | undefined
  readonly licenses: { readonly on: number; readonly off: number }
  readonly moves: { readonly moved: number; readonly stays: number; readonly back: number; readonly elsewhere: number }
  readonly compared: {
    readonly evaluated: number
    readonly differing: number
    readonly passed_over: number
    readonly unsure: number
    readonly dropped: number
    readonly failed: number
  }
  readonly differences: readonly {
    readonly kind: string
    readonly before: string
    readonly after: string
    readonly licenses: number
    readonly counted: number
  }[]
}

interface ByLicense {
  readonly license: string
  readonly feature: string
  readonly kind: string
  readonly before: string
  readonly after: string
  readonly counted: number
}

const STAGES: Readonly<Record<string, string>> = {
  shadow: 'shadow: decisions are compared, nobody is moved',
  promoted: 'promoted: the edition is that of new licences',
  rolled_back: 'rolled back',
}

/** How far a roll-out is, what became of licences, and what is different. */
export function rolloutInWords(rollout: Rollout, byLicense: readonly ByLicense[], paint: Paint): string {
  const { id, product, edition, stage, percent, is_moving, stopped, licenses, moves, compared, differences } = rollout
  const became = Object.entries({ moved: moves.moved, stay: moves.stays, back: moves.back, 'put elsewhere': moves.elsewhere }).filter(
    ([, n]) => n > 0,
  )
  const left = Object.entries({
    'left out by the sample': compared.passed_over,
    'not sure': compared.unsure,
    'not kept': compared.dropped,
    failed: compared.failed,
  })
  const missing = left.filter(([, n]) => n > 0).map(([what, n]) => `${n} ${what}`)
  return [
    `${paint.bold(`${product} edition ${edition}`)}, ${id}`,
    STAGES[stage] ?? `${percent} % of the licences`,
    `licences: ${licenses.on} on it, ${licenses.off} not${is_moving ? '; some are on their way' : ''}`,
    ...(stopped === undefined ? [] : [paint.red(stopped.detail)]),
    ...(became.length === 0 ? [] : [became.map(([what, n]) => `${n} ${what}`).join(', ')]),
    `${compared.evaluated} ${compared.evaluated === 1 ? 'decision' : 'decisions'} compared, ${compared.differing} would differ${missing.length === 0 ? '' : ` (${missing.join(', ')})`}`,
    ...(differences.length === 0
      ? []
      : [
          '',
          table(
            ['WHAT', 'NOW', 'THEN', 'LICENCES', 'COUNTED'],
            differences.map((each) => [each.kind, each.before, each.after, String(each.licenses), String(each.counted)]),
            paint,
          ),
        ]),
    ...(byLicense.length === 0
      ? []
      : [
          '',
          table(
            ['LICENCE', 'FEATURE', 'WHAT', 'NOW', 'THEN', 'COUNTED'],
            byLicense.map((each) => [each.license, each.feature, each.kind, each.before, each.after, String(each.counted)]),
            paint,
          ),
        ]),
  ].join('\n')
}
