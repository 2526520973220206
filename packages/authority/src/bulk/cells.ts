/** How a member of a row is written into a cell of a CSV and read from it. An empty cell is an absent member. */
export interface Cell {
  write(value: never): string
  /** @returns `undefined` for a text of another form */
  read(text: string): unknown
}

export const text: Cell = { write: (value: string) => value, read: (cell) => cell }

export const integer: Cell = {
  write: (value: number) => String(value),
  read: (cell) => (/^\d{1,15}$/.test(cell) ? Number(cell) : undefined),
}

export const yesOrNo: Cell = {
  write: (value: boolean) => (value ? 'true' : 'false'),
  read: (cell) => (cell === 'true' ? true : cell === 'false' ? false : undefined),
}

/** Words without a comma: `viewer,analyst`. */
export const words: Cell = {
  write: (value: readonly string[]) => value.join(','),
  read: (cell) => cell.split(',').map((word) => word.trim()),
}

/** Memberships: `acme=viewer,analyst globex=viewer`. */
export const memberships: Cell = {
  write: (value: Readonly<Record<string, readonly string[]>>) =>
    Object.entries(value)
      .map(([organization, roles]) => `${organization}=${roles.join(',')}`)
      .join(' '),
  read: (cell) => {
    const entries = cell
      .trim()
      .split(/ +/)
      .map((word) => word.split('=', 2) as [string, string | undefined])
    if (entries.some(([organization, roles]) => organization === '' || roles === undefined)) return undefined
    return Object.fromEntries(entries.map(([organization, roles = '']) => [organization, roles === '' ? [] : roles.split(',')]))
  },
}

/** What has a structure of its own, as JSON. */
export const json: Cell = {
  write: (value: unknown) => JSON.stringify(value),
  read: (cell) => {
    try {
      return JSON.parse(cell)
    } catch {
      return undefined
    }
  },
}

/** What a spreadsheet would take for a formula and run, and that behind any number of the marks that keep it from doing so. */
const FORMULA = /^'*[=+\-@\t\r＝＋－＠]/

/** A spreadsheet shows a cell that begins with `'` as text. @see OWASP, CSV Injection */
export function guarded(cell: string): string {
  return FORMULA.test(cell) ? `'${cell}` : cell
}

/** Takes away the one mark that `guarded` put there. */
export function unguarded(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell
}
