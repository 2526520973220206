import { Link } from '@tanstack/react-router'
import type { Answered } from '../api/client.ts'
import { deedInWords } from './deed-words.ts'
import classes from './done-list.module.css'
import { Subject } from './subject.tsx'
import { Time } from './time.tsx'

type Row = Answered<'listAudit'>['items'][number]

/** What was done, the latest first, the same deed many times as one line; each leads to its full record. @param search what the audit is narrowed to there */
export function DoneList({
  rows,
  search = {},
}: {
  readonly rows: readonly Row[]
  readonly search?: { readonly organization?: string; readonly from?: string }
}) {
  return (
    <ul className={classes.done}>
      {together(rows).map(({ row: { id, at, action, subject, result }, times }) => (
        <li key={id}>
          <Time at={at} as="ago" />
          <Link to="/audit" search={{ ...search, open: String(id) }}>
            {deedInWords(action)}
            {result === 'refused' && ', refused'}
            {times > 1 && `, ${times} times`}
          </Link>
          <Subject of={subject} />
        </li>
      ))}
    </ul>
  )
}

function together(rows: readonly Row[]): { row: Row; times: number }[] {
  const lines: { row: Row; times: number }[] = []
  for (const row of rows) {
    const last = lines.at(-1)
    const same = last !== undefined && (['action', 'subject', 'actor', 'result'] as const).every((name) => last.row[name] === row[name])
    if (same) last.times++
    else lines.push({ row, times: 1 })
  }
  return lines
}
