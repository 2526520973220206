/** No slice is more than this part of what is left, shared by those who have one. */
const SHARE = 2

/**
 * How much an enforcer may have at hand: less the less is left and the more enforcers share it, so that towards its end a quota is neither
 * all handed out nor stuck with whoever needs it least. The last units go one by one.
 * @param left units that nobody has @param kept of this enforcer's, and still to be spent @param sharing enforcers with a slice, this one too
 * @returns how many more it gets
 */
export function sliceOf(left: number, kept: number, wanted: number, sharing: number): number {
  const most = Math.max(1, Math.floor((left + kept) / (SHARE * sharing)))
  return Math.max(0, Math.min(wanted, left, most - kept))
}
