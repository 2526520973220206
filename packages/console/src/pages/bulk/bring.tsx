import { Button, FileInput, NativeSelect, Progress } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { changed } from '../../api/live.ts'
import type { Permission } from '../../api/why-not.ts'
import { Act } from '../../parts/act.tsx'
import { DataTable } from '../../parts/data-table.tsx'
import { ImpactView } from '../../parts/impact.tsx'
import { save } from '../../parts/save.ts'
import { Failure } from '../../parts/states.tsx'
import { counted, inFigures } from '../../parts/when.ts'
import classes from './bulk.module.css'
import { type Fault, faultsOf, type Job, type Kind, reportOf, sendFile } from './send.ts'

interface BringProps {
  readonly kinds: readonly { readonly value: Kind; readonly label: string }[]
  readonly kind: Kind
  readonly onKind: (kind: Kind) => void
  /** For the next file. */
  readonly onAgain: () => void
}

const NEEDS: Record<Kind, Permission> = {
  organizations: 'organizations.write',
  identities: 'identities.write',
  resources: 'organizations.write',
  licenses: 'licenses.write',
  seats: 'seats.write',
}

interface Outcome {
  readonly job: Job
  readonly faults: readonly Fault[]
}

/** A file is looked through first, and imported when what would come of it is what is wanted. */
export function Bring({ kinds, kind, onKind, onAgain }: BringProps) {
  const [file, setFile] = useState<File | null>(null)
  const [at, setAt] = useState<{ share: number; job: Job }>()
  // One for looking and one for doing: sent again, either goes on where it stopped.
  const [ids, setIds] = useState(newIds)
  const running = useMutation({
    mutationFn: async ({ dryRun, of }: { dryRun: boolean; of: File }): Promise<Outcome> => {
      setAt(undefined)
      const id = dryRun ? ids.look : ids.bring
      const job = await sendFile({ id, kind, file: of, dryRun, told: (share, now) => setAt({ share, job: now }) })
      return { job, faults: job.refused === 0 ? [] : await faultsOf(id) }
    },
    onSuccess: ({ job }) => {
      if (!job.dry_run) changed()
    },
  })
  const choose = (next: File | null) => {
    setFile(next)
    setIds(newIds())
    setAt(undefined)
    running.reset()
    if (next !== null) running.mutate({ dryRun: true, of: next })
  }
  const outcome = running.data
  const looked = outcome?.job.dry_run === true
  const done = outcome?.job.dry_run === false
  const taken = outcome === undefined ? 0 : outcome.job.created + outcome.job.changed
  return (
    <>
      <div className={classes.form}>
        <NativeSelect
          label="What the rows are"
          data={[...kinds]}
          value={kind}
          onChange={(event) => onKind(event.currentTarget.value as Kind)}
          disabled={running.isPending}
        />
        <FileInput
          label="File"
          placeholder="Choose a file"
          accept=".csv,.jsonl,.ndjson,text/csv"
          value={file}
          onChange={choose}
          disabled={running.isPending}
          w={280}
        />
        {looked && taken > 0 && file !== null && (
          <Act needs={NEEDS[kind]} variant="filled" onClick={() => running.mutate({ dryRun: false, of: file })}>
            Import {counted(taken, 'row')}
          </Act>
        )}
        {done && <Button onClick={onAgain}>Import another file</Button>}
      </div>
      <div className={classes.job}>
        {running.isPending && (
          <>
            <p role="status">
              {running.variables.dryRun ? 'Looking through it: ' : 'Importing: '}
              {at === undefined ? 'it begins' : counted(at.job.rows, 'row')}
            </p>
            <Progress value={(at?.share ?? 0) * 100} aria-label="How far it is" />
          </>
        )}
        {running.isError && file !== null && (
          <>
            <Failure error={running.error} />
            <p>
              {at !== undefined && `${counted(at.job.rows, 'row')} are done with. `}Mend the file and choose it again, or go on where it
              stopped:{' '}
              <Button size="compact-sm" variant="default" onClick={() => running.mutate({ dryRun: running.variables.dryRun, of: file })}>
                Go on
              </Button>
            </p>
          </>
        )}
        {outcome !== undefined && <Told {...outcome} kind={kind} />}
      </div>
    </>
  )
}

/** What came of it or would come of it, and every row that was refused with the reason. */
function Told({ job, faults, kind }: Outcome & { readonly kind: Kind }) {
  const would = job.dry_run ? 'would be ' : ''
  return (
    <>
      <p role="status">
        <strong>
          {job.dry_run ? 'Nothing is done yet: ' : 'Done: '}
          {inFigures(job.created)} {would}created, {inFigures(job.changed)} {would}changed, {inFigures(job.unchanged)} {would}left as they
          are, {inFigures(job.refused)} {would}refused.
        </strong>
      </p>
      {job.impact !== undefined && <ImpactView impact={job.impact} />}
      {faults.length > 0 && (
        <>
          <div>
            <Button size="xs" variant="default" onClick={() => save(`${kind}-refused.csv`, reportOf(faults))}>
              Save the report of refused rows
            </Button>
          </div>
          <DataTable
            label="Refused rows"
            columns={[
              { name: 'Line', share: 0.6, numeric: true, cell: ({ line }) => inFigures(line) },
              { name: 'Column', share: 1, cell: ({ column }) => <span className="code">{column}</span> },
              {
                name: 'Why',
                share: 4,
                cell: ({ detail, code }) => (
                  <>
                    {detail} <small className="code quiet">{code}</small>
                  </>
                ),
              },
            ]}
            rows={faults}
            idOf={({ row, column }) => `${row} ${column}`}
          />
        </>
      )}
    </>
  )
}

function newIds(): { readonly look: string; readonly bring: string } {
  const id = () => `imp_${crypto.randomUUID().replaceAll('-', '')}`
  return { look: id(), bring: id() }
}
