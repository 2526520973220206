import { cpuMicroseconds } from './measure.ts'
import { openCasbin } from './peers/casbin.ts'
import { openCasl } from './peers/casl.ts'
import { openCedar } from './peers/cedar.ts'
import { peerQuestions } from './peers/question.ts'
import { serveRounds } from './side-process.ts'

const PEERS = { casl: openCasl, casbin: openCasbin, cedar: openCedar } as const

export interface PeerInput {
  readonly peer: keyof typeof PEERS
  readonly people: number
  readonly calls: number
  readonly warmUp: number
}

/** A peer in a process of its own, asked in rounds. Its figure is microseconds of computing a question. */
await serveRounds(async ({ peer, people, calls, warmUp }: PeerInput) => {
  const ask = await PEERS[peer](people)
  const questions = peerQuestions(people)
  for (const no of [{ hour: 19 }, { country: 'US' }, { used: 1_000_000 }, { proof_level: 1 }]) {
    const [question] = questions
    if (question !== undefined && ask({ ...question, facts: { ...question.facts, ...no } }))
      throw new Error(`${peer} allows at ${Object.keys(no)}`)
  }
  const round = (total: number): number => {
    const start = cpuMicroseconds()
    let allowed = 0
    for (let call = 0; call < total; call++) {
      const question = questions[call % people]
      if (question !== undefined && ask(question)) allowed++
    }
    if (allowed !== total) throw new Error(`${peer} refused ${total - allowed}`)
    return (cpuMicroseconds() - start) / total
  }
  round(warmUp)
  return { report: {}, round: () => round(calls) }
})
