import { formatInstant } from '@writ/engine'
import Type from 'typebox'
import { Id } from '../app/ids.ts'
import { WHOLE } from './chosen.ts'
import { DIFFERENCE_KINDS, type DifferenceKind } from './difference.ts'
import type { RolloutView } from './service.ts'
import type { DifferenceRow, RolloutRow, Stage } from './store.ts'

export const Percent = Type.Number({ exclusiveMinimum: 0, maximum: 100, multipleOf: 0.01 })
const Time = Type.String({ format: 'date-time' })
export const Kind = Type.Unsafe<DifferenceKind>({
  type: 'string',
  enum: Object.keys(DIFFERENCE_KINDS),
  description: Object.entries(DIFFERENCE_KINDS)
    .map(([kind, what]) => `\`${kind}\`: ${what}`)
    .join(' '),
})

export const RolloutListed = Type.Object({
  id: Id,
  product: Id,
  edition: Type.Integer(),
  stage: Type.Unsafe<Stage>({
    type: 'string',
    enum: ['shadow', 'percentage', 'promoted', 'rolled_back'],
    description: '`shadow`: decisions are compared and nobody is moved. `percentage`: a part of the licences is moved.',
  }),
  percent: Type.Number({ description: 'Of the licences.' }),
  sample_percent: Type.Number({ description: 'Of the decisions that are compared.' }),
  started_at: Time,
  started_by: Type.String(),
  changed_at: Time,
})
const Code = Type.String({ description: '`allowed`, a reason, levels, obligations, a value, or notices.' })
export const Rollout = Type.Object({
  ...RolloutListed.properties,
  compared: Type.Object(
    {
      evaluated: Type.Integer({ description: 'Decisions answered a second time, with the licences on the new edition.' }),
      differing: Type.Integer(),
      passed_over: Type.Integer({ description: 'Left out by the sample.' }),
      unsure: Type.Integer({ description: 'Hung on a period that only the new edition counts by, which was not at hand yet.' }),
      dropped: Type.Integer({ description: 'Differences seen that there was no room for.' }),
      failed: Type.Integer(),
    },
    { description: 'Since it began, at all nodes.' },
  ),
  differences: Type.Array(Type.Object({ kind: Kind, before: Code, after: Code, licenses: Type.Integer(), counted: Type.Integer() }), {
    description: 'By what they are, the most frequent first.',
  }),
})
export const DifferenceWire = Type.Object({
  license: Id,
  organization: Type.Optional(Id),
  feature: Type.String({ description: 'In full: `atlas:report.export`.' }),
  kind: Kind,
  before: Code,
  after: Code,
  counted: Type.Integer(),
  first_seen: Time,
  last_seen: Time,
  examples: Type.Array(
    Type.Object({
      request_id: Type.String(),
      at: Time,
      revision: Type.Integer(),
      identity: Type.Optional(Type.String()),
      resource: Type.Optional(Type.String()),
    }),
    { description: 'A few of the questions.' },
  ),
})

export function shownListed({ id, product, edition, stage, share, sample, started_at, started_by, changed_at }: RolloutRow) {
  return {
    id,
    product,
    edition,
    stage,
    percent: percentOf(share),
    sample_percent: percentOf(sample),
    started_at: formatInstant(started_at),
    started_by,
    changed_at: formatInstant(changed_at),
  }
}

export function shownRollout({ tally, differences, ...row }: RolloutView) {
  return { ...shownListed(row), compared: tally, differences: [...differences] }
}

export function shownDifference({
  license_id,
  organization,
  feature,
  kind,
  before,
  after,
  counted,
  first_seen,
  last_seen,
  examples,
}: DifferenceRow) {
  return {
    license: license_id,
    ...(organization !== null && { organization }),
    feature,
    kind,
    before,
    after,
    counted,
    first_seen: formatInstant(first_seen),
    last_seen: formatInstant(last_seen),
    examples: examples.map(({ at, ...rest }) => ({ ...rest, at: formatInstant(at) })),
  }
}

/** Ten-thousandths of a percentage. */
export function shareOf(percent: number): number {
  return Math.round((percent * WHOLE) / 100)
}

function percentOf(share: number): number {
  return (share * 100) / WHOLE
}
