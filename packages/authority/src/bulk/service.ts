import { hash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { Impact } from '@writ/engine'
import { assertMay, may } from '../access/judge.ts'
import { ApiError } from '../app/api-error.ts'
import type { Authority } from '../app/authority.ts'
import { makeId } from '../app/ids.ts'
import type { Listing, Slice } from '../app/listing.ts'
import { type By, HORIZON_MILLISECONDS } from '../changes/mutate.ts'
import type { Credential } from '../enforcers/credentials.ts'
import { type Scope, seesEverything } from '../enforcers/scope.ts'
import { keptRows } from './kept.ts'
import { type ExportFilter, KINDS, type Kind, type KindName, type Outcome } from './kinds.ts'
import { type Format, type Line, RowFault, readLines, Unreadable } from './reader.ts'
import { forget, keepFacts, type SoFar, soFarOf } from './so-far.ts'
import {
  advanceImport,
  type FaultRow,
  findImport,
  type ImportRow,
  type ImportSort,
  insertImport,
  listFaults,
  listImports,
  replaceFaults,
  setLosing,
} from './store.ts'
import { headOf, textOf } from './writer.ts'

export interface NewImport {
  readonly id?: string
  readonly kind: KindName
  readonly format: Format
  readonly dry_run?: boolean
}

export const BULK_SCOPES: readonly Scope[] = [...new Set(Object.values(KINDS).map(({ scope }) => scope))]

/** Rows that are put as one change. A larger change holds up all others for longer. */
const ROWS_A_CHANGE = 500
/** Rows of an export that wait in memory for who reads it: it may be slow, and rows may be large. */
const ROWS_A_READ = 50
/** Faults that are kept for reading; beyond it they are counted. */
const MOST_FAULTS = 10_000

/** Begins an import. Doing so again under the same id finds the one that there is. @throws {ApiError} IMPORT_EXISTS, SCOPE_MISSING */
export async function beginImport(authority: Authority, by: By, credential: Credential, input: NewImport): Promise<ImportRow> {
  const { id = makeId('imp'), kind, format, dry_run = false } = input
  kindFor(authority, credential, kind, 'write')
  return authority.mutate(by, { action: 'import.begin', subject: `import:${id}` }, async (tx, change) => {
    const now = authority.clock()
    const counts = { rows: 0, lines: 0, created: 0, changed: 0, unchanged: 0, refused: 0 }
    const times = { created_at: now, updated_at: now }
    const row = { id, kind, format, dry_run, credential: credential.id, state: 'open', digest: '', ...counts, ...times } as const
    const made = await insertImport(tx, row)
    if (made !== undefined) {
      change.note({ kind, format, dry_run })
      return made
    }
    const known = await findImport(tx, id)
    const isSame = known?.credential === credential.id && known.kind === kind && known.format === format && known.dry_run === dry_run
    if (known === undefined || !isSame) throw new ApiError('IMPORT_EXISTS')
    change.unchanged()
    return known
  })
}

/**
 * Puts rows as they come, many in one change, and writes down in the same transaction how far it is: whoever sends the same rows again
 * goes on after the last that are done.
 * @param options.after rows of the import that come before this body: 0, or as many as are done
 * @param options.more whether others come after it
 * @returns at the end of a dry run with what all its rows would come to; absent: they are too many, or went to several nodes
 * @throws {ApiError} IMPORT_UNKNOWN, IMPORT_PLACE_WRONG, IMPORT_DIFFERS, IMPORT_UNDER_WAY, SCOPE_MISSING, CONFIRMATION_REQUIRED, CHANGE_PARKED,
 *   CHANGE_UNKEEPABLE
 */
export async function takeRows(
  authority: Authority,
  by: By,
  credential: Credential,
  id: string,
  body: Readable,
  { after = 0, more = false }: { readonly after?: number; readonly more?: boolean },
): Promise<{ readonly job: ImportRow; readonly impact?: Impact }> {
  let job = await readImport(authority, credential, id)
  if (!(body instanceof Readable)) throw new ApiError('MEDIA_TYPE_UNSUPPORTED')
  const kind = kindFor(authority, credential, job.kind as KindName, 'write')
  if (after !== 0 && after !== job.rows) throw new ApiError('IMPORT_PLACE_WRONG')
  const done = job.rows
  // A part repeats the header, which is a line of the whole only once.
  const before = after === 0 ? 0 : Math.max(0, job.lines - (job.format === 'csv' ? 1 : 0))
  let row = after
  let digest = after === 0 ? '' : job.digest
  let batch: Placed[] = []
  const soFar = soFarOf(authority, job)
  const put = async (state: ImportRow['state'], rest: readonly FaultRow[] = []): Promise<void> => {
    // A word of confirmation is for just these rows, which are sent again under it, or kept until somebody else has confirmed them.
    const asked = by.asked && {
      ...by.asked,
      fingerprint: hash('sha256', JSON.stringify([id, job.rows, batch.length, digest, batch[0]?.head ?? '', state])),
      url: `/v1/imports/${encodeURIComponent(id)}/rows?after=${job.rows}&more=${state === 'open'}`,
      ...keptRows(batch, job.format),
    }
    const own = { ...by, ...(asked && { asked }) }
    job = await putBatch({ authority, by: own, credential, kind, soFar }, job, batch, { state, digest, rest })
    batch = []
  }
  try {
    for await (const line of readLines(body, job.format, kind)) {
      row++
      digest = hash('sha256', `${digest}\n${line.raw}`, 'base64url')
      if (row === done && digest !== job.digest) throw new ApiError('IMPORT_DIFFERS')
      if (row <= done) continue
      batch.push({ ...line, number: row, line: before + line.line })
      if (batch.length === ROWS_A_CHANGE) await put('open')
    }
  } catch (error) {
    if (body.readableAborted) throw new ApiError('BODY_MALFORMED', { cause: error })
    if (!(error instanceof Unreadable)) throw error
    await put('open', [faultRow(id, row + 1, before + error.line, error.fault)])
    const detail = `line ${before + error.line}: ${error.fault.detail}`
    throw new ApiError('IMPORT_UNREADABLE', { errors: [{ in: 'body', pointer: '', detail }] }, { cause: error })
  }
  if (row < done) throw new ApiError('IMPORT_DIFFERS')
  if (batch.length > 0 || (!more && job.state === 'open')) await put(more ? 'open' : 'done')
  if (job.state === 'open') return { job }
  forget(authority, id)
  if (!job.dry_run || !soFar.isWhole) return { job }
  return { job, impact: await authority.guard.foretell(authority.db, soFar.facts, HORIZON_MILLISECONDS) }
}

interface Placed extends Line {
  /** From 1, in the import as a whole. */
  readonly number: number
}
interface Batch {
  readonly state: ImportRow['state']
  readonly digest: string
  readonly rest: readonly FaultRow[]
}

async function putBatch(
  { authority, by, credential, kind, soFar }: { authority: Authority; by: By; credential: Credential; kind: Kind; soFar: SoFar },
  job: ImportRow,
  batch: readonly Placed[],
  { state, digest, rest }: Batch,
): Promise<ImportRow> {
  const good = batch.flatMap(({ number, row }) => (row instanceof RowFault ? [] : [{ number, row }]))
  const settle = async (tx: Parameters<typeof advanceImport>[0], outcomes: readonly Told[]): Promise<ImportRow> => {
    const told = new Map(good.map(({ number }, i) => [number, outcomes[i] as Told]))
    const faults = batch.flatMap(({ number, line, row }) => {
      const outcome = row instanceof RowFault ? row : told.get(number)
      return typeof outcome === 'object' ? [faultRow(job.id, number, line, outcome)] : []
    })
    const count = (wanted: Told): number => outcomes.filter((outcome) => outcome === wanted).length
    const next = {
      state,
      rows: job.rows + batch.length,
      lines: batch.at(-1)?.line ?? job.lines,
      digest,
      created: job.created + count('created'),
      changed: job.changed + count('changed'),
      unchanged: job.unchanged + count('unchanged'),
      refused: job.refused + faults.length,
    }
    const now = authority.clock()
    if (!(await advanceImport(tx, job.id, job.rows, next, now))) throw new ApiError('IMPORT_UNDER_WAY')
    // A row that nothing can be read from is no row yet: sent again, mended, it takes its place.
    await replaceFaults(tx, job.id, job.rows, [...faults, ...rest].slice(0, Math.max(0, MOST_FAULTS - job.refused)))
    return { ...job, ...next, updated_at: now }
  }
  const deed = { action: `import.${job.kind}`, subject: `import:${job.id}` }
  const tally = { losing: job.losing, of: `import:${job.id}` }
  const answered = await authority.mutate({ ...by, dryRun: job.dry_run || by.dryRun === true, tally }, deed, async (tx, change) => {
    const outcomes = await kind.put({ authority, tx, change, reach: credential }, good.map(({ row }) => row) as never[])
    const all = outcomes.map(toldOf)
    const ids = good.filter((_, i) => all[i] === 'created' || all[i] === 'changed').map(({ row }) => row.id ?? row)
    if (ids.length === 0) change.unchanged()
    change.note({ from: job.rows + 1, to: job.rows + batch.length, rows: ids })
    if (job.dry_run) keepFacts(authority, soFar, change.facts)
    change.onceWeighed(() => setLosing(tx, job.id, tally.losing))
    return job.dry_run ? { outcomes: all } : { job: await settle(tx, all) }
  })
  if (answered.job === undefined) return settle(authority.db, answered.outcomes ?? [])
  return { ...answered.job, losing: tally.losing }
}

/** Of each row: what became of it, or why it was refused. Plain JSON. */
type Told = 'created' | 'changed' | 'unchanged' | Fault
interface Fault {
  readonly code: string
  readonly detail: string
  readonly column?: string | undefined
}

function toldOf(outcome: Outcome): Told {
  if (typeof outcome === 'string') return outcome
  const { code, message, details } = outcome
  const [first] = (details as { errors?: { pointer: string; detail: string }[] } | undefined)?.errors ?? []
  if (first === undefined) return { code, detail: message }
  return { code: 'ROW_INVALID', column: first.pointer.slice(1), detail: first.detail }
}

function faultRow(id: string, row: number, line: number, { code, column = '', detail }: Fault): FaultRow {
  return { import_id: id, row, line, column: column === '' ? null : column, code, detail }
}

/** @throws {ApiError} IMPORT_UNKNOWN, alike for one that is not there and another's */
export async function readImport(authority: Authority, credential: Credential, id: string): Promise<ImportRow> {
  const row = await findImport(authority.db, id)
  if (row === undefined || !seesImport(authority, credential, row)) throw new ApiError('IMPORT_UNKNOWN')
  return row
}

export async function pageOfImports(authority: Authority, credential: Credential, listing: Listing<ImportSort>): Promise<Slice<ImportRow>> {
  return listImports(
    authority.db,
    may(authority, credential, 'authority.write') && seesEverything(credential) ? undefined : credential.id,
    listing,
  )
}

/** @throws {ApiError} IMPORT_UNKNOWN */
export async function pageOfFaults(
  authority: Authority,
  credential: Credential,
  id: string,
  listing: Listing<'row'>,
): Promise<Slice<FaultRow>> {
  await readImport(authority, credential, id)
  return listFaults(authority.db, id, listing)
}

/** The text of an export, a page at a time: the next is read when the one before is on its way. @throws {ApiError} SCOPE_MISSING */
export function exportOf(
  authority: Authority,
  credential: Credential,
  name: KindName,
  format: Format,
  filter: ExportFilter,
): AsyncIterable<string> {
  const kind = kindFor(authority, credential, name, 'read')
  return pages()

  async function* pages(): AsyncGenerator<string> {
    yield headOf(format, kind)
    for (let after: Listing['after']; ; ) {
      const { items, last } = await kind.page(authority, credential, filter, { by: 'id', descending: false, after, limit: ROWS_A_READ })
      if (items.length > 0) yield textOf(format, kind, items)
      if (last === undefined) return
      after = last
    }
  }
}

function seesImport(authority: Authority, credential: Credential, row: ImportRow): boolean {
  return row.credential === credential.id || (may(authority, credential, 'authority.write') && seesEverything(credential))
}

/** @throws {ApiError} SCOPE_MISSING @throws {Refused} */
function kindFor(authority: Authority, credential: Credential, name: KindName, verb: 'read' | 'write'): Kind {
  const kind = KINDS[name]
  assertMay(authority, credential, `${kind.scope.slice('manage:'.length)}.${verb}`)
  return kind
}
