import { newEnforcer, newModelFromString } from 'casbin'
import { COUNTRIES, LEVEL, type PeerQuestion, PROOF_MILLISECONDS, peerQuestions } from './question.ts'

const MODEL = `
[request_definition]
r = sub, dom, act, facts
[policy_definition]
p = sub, dom, act
[role_definition]
g = _, _, _
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = r.act == p.act && r.dom == p.dom && g(r.sub, p.sub, r.dom) && (${COUNTRIES.map((country) => `r.facts.country == '${country}'`).join(' || ')}) && \
r.facts.weekday >= 1 && r.facts.weekday <= 5 && r.facts.hour >= 8 && r.facts.hour < 18 && r.facts.now < r.facts.ends && \
r.facts.used < r.facts.limit && r.facts.proof_level >= ${LEVEL} && r.facts.now < r.facts.proof_at + ${PROOF_MILLISECONDS}
`

/** Everybody's role in their organization is among its policies, and looked up. */
export async function openCasbin(people: number): Promise<(question: PeerQuestion) => boolean> {
  const enforcer = await newEnforcer(newModelFromString(MODEL))
  const questions = peerQuestions(people)
  for (const organization of new Set(questions.map((question) => question.organization)))
    await enforcer.addPolicy('analyst', organization, 'report.export')
  await enforcer.addNamedGroupingPolicies(
    'g',
    questions.map(({ person, organization }) => [person, 'analyst', organization]),
  )
  return ({ person, organization, facts }) => enforcer.enforceSync(person, organization, 'report.export', facts)
}
