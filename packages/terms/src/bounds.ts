/** How much one terms file may be. Far above what people write, far below what would slow a reader down. */
export const BOUNDS = {
  sourceBytes: 1_048_576,
  depth: 32,
  /** Values in a file with every alias written out. */
  nodes: 262_144,
  lines: 50_000,
  /** Anchors, aliases, tags and directives. */
  nodeProperties: 2000,
  findings: 1000,
  /** Findings that come with a did-you-mean, which looks through every known name. */
  searches: 200,
  name: 100,
  text: 200,
  expression: 2000,
  features: 1000,
  plans: 200,
  entries: 100,
  listItems: 1000,
  /** Lines of opening hours: a decision that names the next opening may look through them for each of 800 days. */
  openings: 100,
  smallMap: 200,
  /** Time zones in one file: each is made into a table once, which takes some ten milliseconds. */
  zones: 50,
  durationSeconds: 100 * 366 * 86_400,
} as const
