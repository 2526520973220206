/** Units held back for work whose amount is known when it is done. `WRIT_URL` and `WRIT_KEY` as in `sdk-check.ts`. */
import { Writ } from '@writ/sdk'
import { atlas } from './atlas.gen.ts'

const writ = new Writ({ url: process.env.WRIT_URL ?? 'http://127.0.0.1:7070', key: process.env.WRIT_KEY ?? '', product: atlas })

/** An import that finds out how many rows there are as it goes. */
async function* importRows(): AsyncGenerator<number> {
  for (const rows of [40, 30, 5]) yield rows
}

// #region reserve
await using reservation = await writ.reserve({ identity: 'ann', feature: 'report.export', consume: 300 }, { seconds: 600 })
if (reservation.allowed) {
  let used = 0
  for await (const rows of importRows()) {
    used += rows
    await reservation.settle(used, { keep: true })
  }
  await reservation.settle(used)
  console.log(`${used} of ${reservation.amount} used`)
} else console.log(`no: ${reservation.decision.reason}`)
// #endregion
