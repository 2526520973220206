import { openLive } from '@writ/sdk/live'
import pg from 'pg'
import { serveRounds } from './side-process.ts'

/** One of the processes that spend a quota: by leases, or by a row of a database. */
export type Input =
  | { readonly by: 'lease'; readonly url: string; readonly key: string; readonly identity: string; readonly calls: number }
  | { readonly by: 'row'; readonly url: string; readonly calls: number }

await serveRounds(async (input: Input) => (input.by === 'lease' ? leasing(input) : counting(input)))

async function leasing({ url, key, identity, calls }: Extract<Input, { by: 'lease' }>) {
  const writ = await openLive({ url, key })
  const question = { identity, feature: 'ferry:export', consume: 1 }
  return {
    report: null,
    /** @returns how many were asked of the authority */
    round: async () => {
      const before = writ.counts.asked
      for (let call = 0; call < calls; call++) if (!(await writ.check(question)).allowed) throw new Error('a unit was refused')
      return writ.counts.asked - before
    },
    close: () => writ.close(),
  }
}

async function counting({ url, calls }: Extract<Input, { by: 'row' }>) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const text = 'UPDATE bench_quota SET used = used + 1 WHERE id = 1 AND used < 1000000000 RETURNING used'
  return {
    report: null,
    round: async () => {
      for (let call = 0; call < calls; call++)
        if ((await client.query({ name: 'spend', text })).rowCount !== 1) throw new Error('a unit was refused')
      return calls
    },
    close: () => client.end(),
  }
}
