import { preparsePolicySet, statefulIsAuthorized } from '@cedar-policy/cedar-wasm/nodejs'
import { COUNTRIES, LEVEL, type PeerQuestion, PROOF_MILLISECONDS } from './question.ts'

const POLICY = `
permit (principal in Role::"analyst", action == Action::"report.export", resource == Product::"atlas")
when {
  ${JSON.stringify(COUNTRIES)}.contains(context.country) &&
  context.weekday >= 1 && context.weekday <= 5 && context.hour >= 8 && context.hour < 18 &&
  context.now < context.ends && context.used < context.limit &&
  context.proof_level >= ${LEVEL} && context.now < context.proof_at + ${PROOF_MILLISECONDS}
};`
const ACTION = { type: 'Action', id: 'report.export' }
const PRODUCT = { type: 'Product', id: 'atlas' }
const ROLE = { type: 'Role', id: 'analyst' }

/** Policies parsed beforehand; who has which role comes with each question, as the library takes it. */
export async function openCedar(): Promise<(question: PeerQuestion) => boolean> {
  const parsed = preparsePolicySet('bench', { staticPolicies: POLICY })
  if (parsed.type !== 'success') throw new Error(JSON.stringify(parsed))
  return ({ person, facts }) => {
    const principal = { type: 'User', id: person }
    const answer = statefulIsAuthorized({
      principal,
      action: ACTION,
      resource: PRODUCT,
      context: facts,
      preparsedPolicySetId: 'bench',
      entities: [{ uid: principal, attrs: {}, parents: [ROLE] }],
    })
    return answer.type === 'success' && answer.response.decision === 'allow'
  }
}
