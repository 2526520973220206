import type { Asked } from '../changes/mutate.ts'
import type { Format, Line } from './reader.ts'

export const MEDIA: Record<Format, string> = { csv: 'text/csv', jsonl: 'application/x-ndjson' }

/** Of rows that wait for a second person: as many as the command line sends at once. */
const MOST_CHARACTERS = 5 << 20

/**
 * Rows as they can be sent again when somebody else has confirmed them: read alike, in the same place.
 * @returns that they cannot be kept, where they are too long or one of them was not read whole
 */
export function keptRows(
  rows: readonly Pick<Line, 'text' | 'head'>[],
  format: Format,
): Pick<Asked, 'body' | 'contentType'> | { readonly isPassing: true } {
  const size = rows.reduce((sum, { text }) => sum + text.length + 1, 0)
  if (size > MOST_CHARACTERS || rows.some(({ text }) => text === '')) return { isPassing: true }
  const head = rows[0]?.head ?? ''
  const lineBreak = /[\r\n]+$/.exec(head)?.[0] ?? '\n'
  return { body: head + rows.map(({ text }) => text).join(lineBreak), contentType: MEDIA[format] }
}
