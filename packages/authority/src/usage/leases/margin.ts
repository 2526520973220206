/** Two nodes whose clocks differ by less, or one whose clock is set back, never find a lease over that is being spent. */
export const LEASE_MARGIN_MILLISECONDS = 5000
