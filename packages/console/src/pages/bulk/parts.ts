export type Format = 'csv' | 'jsonl'

/** A part of a file that can be sent by itself. */
export interface Part {
  /** With the header, of a CSV. */
  readonly text: string
  /** Of the file, up to its end: bytes, near enough for a bar. */
  readonly read: number
}

const ROWS_A_PART = 500
const LONGEST_PART = 4 << 20
/** As the authority has it; a line that is longer is sent all the same, and refused there with its number. */
const LONGEST_ROW = 1 << 20

/** Cuts a text between its rows as it comes; a quoted cell of a CSV may have lines. @param skip rows that are done and passed over */
export async function* partsOf(chunks: AsyncIterable<string>, format: Format, skip = 0): AsyncGenerator<Part> {
  let header = ''
  let part = ''
  let rows = 0
  let read = 0
  let passed = 0
  for await (const row of rowsOf(chunks, format)) {
    read += row.length
    const isRow = row.trim() !== ''
    if (format === 'csv' && header === '') {
      header = isRow ? row : ''
      continue
    }
    if (passed < skip) {
      if (isRow) passed++
      continue
    }
    part += row
    if (isRow) rows++
    if (rows < ROWS_A_PART && part.length < LONGEST_PART) continue
    yield { text: header + part, read }
    part = ''
    rows = 0
  }
  if (rows > 0) yield { text: header + part, read }
}

async function* rowsOf(chunks: AsyncIterable<string>, format: Format): AsyncGenerator<string> {
  let row = ''
  let quoted = false
  let before: string | undefined
  for await (const chunk of chunks) {
    let from = 0
    for (let at = 0; at < chunk.length; at++) {
      const letter = chunk[at]
      // RFC 4180: a quote opens a cell only at its beginning; one right after that which closed it opens it again.
      if (letter === '"' && format === 'csv') quoted = !quoted && (before === '"' || opens(before))
      before = letter
      if (letter !== '\n' || (quoted && row.length + at - from < LONGEST_ROW)) continue
      yield row + chunk.slice(from, at + 1)
      row = ''
      from = at + 1
    }
    row += chunk.slice(from)
  }
  if (row !== '') yield `${row}\n`
}

/** Whether a cell begins after this letter. The mark at the beginning of a file is none. */
function opens(before: string | undefined): boolean {
  return before === undefined || before === ',' || before === '\n' || before === '\r' || before === '\uFEFF'
}
