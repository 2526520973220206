import { SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { answer, oneTime } from '@writ/client'
import { useState } from 'react'
import { type Answered, api } from '../../api/client.ts'
import type { License } from '../../api/records.ts'
import { DeedForm } from '../../parts/deed-form.tsx'
import { ImpactOf } from '../../parts/impact.tsx'
import { Pick } from '../../parts/pick.tsx'
import { counted, listed } from '../../parts/when.ts'

interface TransferProps {
  readonly license: License
  /** Who has it now, for people. */
  readonly of: string
  readonly opened: boolean
  readonly onClose: () => void
}

type To = 'organization' | 'identity'

/** To another holder. A dry run says what the old one would lose before it is done; seats and keys do not come back, so it is typed. */
export function Transfer({ license, of, opened, onClose }: TransferProps) {
  const { id, organization, holder, version } = license
  const [kind, setKind] = useState<To>('organization')
  const [to, setTo] = useState('')
  const body = kind === 'organization' ? { organization: to } : { holder: to }
  const send = (dry: boolean) =>
    answer(
      api.POST('/v1/licenses/{id}/transfer', {
        params: { path: { id }, ...(dry && { query: { dry_run: true } }) },
        body,
        // What was looked at is what is done.
        headers: { 'If-Match': `"${version}"`, ...(!dry && oneTime()) },
      }),
    )
  const would = useQuery({
    queryKey: ['transfer', id, version, body],
    queryFn: () => send(true),
    enabled: opened && to !== '',
    staleTime: 0,
  })
  return (
    <DeedForm
      opened={opened}
      onClose={onClose}
      title="Transfer this licence"
      deed={to === '' ? 'Transfer it' : `Transfer it to ${to}`}
      run={() => send(false)}
      done={() => ({ says: `${to} has the licence ${id}.` })}
      ready={to !== '' && would.data !== undefined}
      type={would.data === undefined ? undefined : id}
      error={would.error}
    >
      <p>Its terms, dates, overrides, and what was used, go with it.</p>
      <SegmentedControl
        aria-label="To whom"
        data={[
          { value: 'organization', label: 'To an organization' },
          { value: 'identity', label: 'To a person' },
        ]}
        value={kind}
        onChange={(next) => {
          setKind(next as To)
          setTo('')
        }}
      />
      <Pick key={kind} of={kind} label="New holder" value={to} onChange={setTo} not={kind === 'organization' ? organization : holder} />
      {would.data !== undefined && <p>{inWords(of, would.data)}</p>}
      {would.data !== undefined && <ImpactOf of={{ change: { method: 'POST', path: `/v1/licenses/${id}/transfer`, body } }} />}
    </DeedForm>
  )
}

/** "Acme loses it at once, and with it 8 seats and 1 license key. …" */
function inWords(of: string, { lost, license_files: files }: Answered<'transferLicense'>): string {
  const gone = [
    lost.seats > 0 && counted(lost.seats, 'seat'),
    lost.license_keys > 0 && counted(lost.license_keys, 'license key'),
    lost.grants > 0 && counted(lost.grants, 'grant'),
  ].filter((part) => part !== false)
  const what = gone.length === 0 ? '.' : `, and with it ${listed(gone)}.`
  const back = gone.length === 0 ? '' : ' They do not come back when it is given back.'
  const stay =
    files === 0 ? '' : ` ${counted(files, 'license file')} signed before ${files === 1 ? 'stays' : 'stay'} good until its own end.`
  return `${of} loses it at once${what}${back}${stay}`
}
