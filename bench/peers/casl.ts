import { createMongoAbility, subject } from '@casl/ability'
import { NOW } from '../atlas.ts'
import { COUNTRIES, LEVEL, type PeerQuestion, PROOF_MILLISECONDS } from './question.ts'

/** One ability for the role, made once, as an application keeps it for a session. */
export async function openCasl(): Promise<(question: PeerQuestion) => boolean> {
  const ability = createMongoAbility([
    {
      action: 'export',
      subject: 'report',
      conditions: {
        country: { $in: COUNTRIES },
        weekday: { $gte: 1, $lte: 5 },
        hour: { $gte: 8, $lt: 18 },
        ends: { $gt: NOW },
        used: { $lt: 1_000_000 },
        proof_level: { $gte: LEVEL },
        proof_at: { $gt: NOW - PROOF_MILLISECONDS },
      },
    },
  ])
  return ({ facts }) => ability.can('export', subject('report', { ...facts }))
}
