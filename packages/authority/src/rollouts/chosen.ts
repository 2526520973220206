import { createHash } from 'node:crypto'

/** A share of licences is counted in ten-thousandths. */
export const WHOLE = 10_000

/**
 * Whether a roll-out has chosen a licence at a share. The place of a licence hangs on nothing but the two ids, so a larger share has all
 * that a smaller one had, at every node and after every restart; and no two roll-outs begin with the same customers.
 * @param share ten-thousandths
 */
export function isChosen(rollout: string, license: string, share: number): boolean {
  const digest = createHash('sha256')
    .update(JSON.stringify([rollout, license]))
    .digest()
  return digest.readUInt32BE(0) % WHOLE < share
}
