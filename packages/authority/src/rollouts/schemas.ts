import { formatInstant } from '@writ/engine'
import Type from 'typebox'
import { Id } from '../app/ids.ts'
import { whyItStays } from '../licenses/why-it-stays.ts'
import { WHOLE } from './chosen.ts'
import { DIFFERENCE_KINDS, type DifferenceKind } from './difference.ts'
import type { MoveRow } from './move-store.ts'
import type { RolloutView } from './service.ts'
import type { DifferenceRow, MoveState, RolloutRow, Stage } from './store.ts'

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
  is_moving: Type.Boolean({ description: 'Licences are on their way still.' }),
  stopped: Type.Optional(
    Type.Object(
      {
        losing: Type.Integer({ description: 'How many would lose something by it that nobody was asked about.' }),
        detail: Type.String({ description: 'In words, with what to do.' }),
      },
      {
        description:
          'More came meanwhile than may lose something unasked: it moves nobody any more. Ask for the same stage again and confirm what it comes to now, or roll back.',
      },
    ),
  ),
  started_at: Time,
  started_by: Type.String(),
  changed_at: Time,
})
const Code = Type.String({ description: '`allowed`, a reason, levels, obligations, a value, or notices.' })
export const Rollout = Type.Object({
  ...RolloutListed.properties,
  licenses: Type.Object(
    { on: Type.Integer({ description: 'On the edition.' }), off: Type.Integer({ description: 'On others.' }) },
    { description: 'Of the product, without revoked ones.' },
  ),
  moves: Type.Object(
    {
      moved: Type.Integer(),
      stays: Type.Integer({ description: 'Could not go: no such plan, overrides that do not fit, or a trial.' }),
      back: Type.Integer({ description: 'Rolled back to where they came from.' }),
      elsewhere: Type.Integer({ description: 'Were put elsewhere by somebody before they were to go back.' }),
    },
    { description: 'What became of those that were to move.' },
  ),
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
    { description: 'A few of the questions, for whoever has `manage:decisions` too, and as long as records of decisions are kept.' },
  ),
})

export const State = Type.Unsafe<MoveState>({ type: 'string', enum: ['moved', 'stays', 'back', 'elsewhere'] })
export const MoveWire = Type.Object({
  license: Id,
  from: Type.Integer({ description: 'The edition that it was on.' }),
  state: State,
  code: Type.Optional(Type.String({ description: 'Why it stays: PLAN_UNKNOWN, OVERRIDES_INVALID, NO_TRIAL.' })),
  detail: Type.Optional(Type.String({ description: 'That in words, and what would help.' })),
  at: Time,
})

export function shownListed(row: RolloutRow) {
  const { id, product, edition, stage, share, sample, is_moving, stopped_losing, started_at, started_by, changed_at } = row
  return {
    id,
    product,
    edition,
    stage,
    percent: percentOf(share),
    sample_percent: percentOf(sample),
    is_moving,
    ...(stopped_losing !== null && { stopped: { losing: stopped_losing, detail: stoppedInWords(row, stopped_losing) } }),
    started_at: formatInstant(started_at),
    started_by,
    changed_at: formatInstant(changed_at),
  }
}

function stoppedInWords({ stage, share }: RolloutRow, losing: number): string {
  const again = {
    shadow: '',
    percentage: `raise it to ${percentOf(share)} % again`,
    promoted: 'promote it again',
    rolled_back: 'roll it back again',
  }[stage]
  const back = stage === 'rolled_back' ? '' : ', or roll it back'
  return `It stopped: ${losing} would lose something by it that nobody was asked about, since others came meanwhile. To go on, ${again} and confirm what it comes to now${back}.`
}

export function shownRollout({ licenses, moves, tally, differences, ...row }: RolloutView) {
  return { ...shownListed(row), licenses, moves, compared: tally, differences: [...differences] }
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

export function shownMove({ license_id, from_edition, state, code, at }: MoveRow) {
  return { license: license_id, from: from_edition, state, ...(code !== null && { code, detail: whyItStays(code) }), at: formatInstant(at) }
}

/** Ten-thousandths of a percentage. */
export function shareOf(percent: number): number {
  return Math.round((percent * WHOLE) / 100)
}

function percentOf(share: number): number {
  return (share * 100) / WHOLE
}
