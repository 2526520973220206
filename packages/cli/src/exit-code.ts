/** What a script branches on. Documented in docs/reference/cli.md. */
export const EXIT = {
  /** Done; allowed. */
  OK: 0,
  /** The answer is no: refused, faults found, a file that does not verify. */
  NO: 1,
  /** Of `terms plan`: publishing would make a new edition. What it cannot do it says with 1. */
  CHANGES: 2,
  /** The command line or a file that it names is at fault; nothing was sent. */
  USAGE: 2,
  /** The authority could not be reached, or does not let this key do that. */
  NO_ACCESS: 3,
  /** The authority did not do it, as things stand: unknown, taken, changed meanwhile, not possible. */
  CONFLICT: 4,
  /** Something failed that should not have. */
  FAILED: 5,
} as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

export const EXIT_MEANINGS: readonly (readonly [ExitCode, string])[] = [
  [EXIT.OK, 'done; for a question: allowed'],
  [EXIT.NO, 'the answer is no: refused, faults found in terms, a license file that does not verify'],
  [
    EXIT.USAGE,
    'the command line, or a file that it names, is at fault; nothing was sent. Only of `terms plan`: there are changes (its faults are 1)',
  ],
  [EXIT.NO_ACCESS, 'the authority could not be reached, or does not let this key do that'],
  [EXIT.CONFLICT, 'the authority did not do it as things stand: unknown, taken, changed meanwhile, not possible'],
  [EXIT.FAILED, 'something failed that should not have'],
]
