import { useQuery } from '@tanstack/react-query'
import { answer, oneTime } from '@writ/client'
import { useState } from 'react'
import { type Answered, api } from '../../api/client.ts'
import { useKnownMay, useMay } from '../../api/me.ts'
import { from, usePages } from '../../api/pages.ts'
import { Act } from '../../parts/act.tsx'
import { Actor } from '../../parts/actor.tsx'
import { Confirm } from '../../parts/confirm.tsx'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { Facts, Section } from '../../parts/page.tsx'
import { Badge, type Tone } from '../../parts/state-badge.tsx'
import { Empty, Loaded, Waiting } from '../../parts/states.tsx'
import { Time } from '../../parts/time.tsx'
import { counted, inFigures } from '../../parts/when.ts'
import { DeviceRules } from './device-rules.tsx'
import classes from './license.module.css'
import { ReleaseDevice, StillRuns, shareOf } from './release-device.tsx'

type Device = Answered<'readActivation'>

const STATES: Readonly<Record<Device['state'], readonly [tone: Tone, words: string]>> = {
  live: ['good', 'Live'],
  cloned: ['bad', 'Copied'],
  ended: ['over', 'Ended'],
  released: ['over', 'Released'],
  revoked: ['over', 'Revoked'],
}

/** The devices that a licence is activated on, each with what one does about it, and how many there may be. */
export function Devices({ license }: { readonly license: string }) {
  const why = useMay()('activations.read')
  const may = useKnownMay('activations.read')
  if (may) return <Known license={license} />
  return <Section title="Devices">{why === undefined ? <Waiting rows={2} /> : <p className="quiet">{why}</p>}</Section>
}

function Known({ license }: { readonly license: string }) {
  const [open, setOpen] = useState<string>()
  const [revoking, setRevoking] = useState<Device>()
  const rules = useQuery({
    queryKey: ['activation-rules', license],
    queryFn: ({ signal }) => answer(api.GET('/v1/licenses/{id}/activation-rules', { params: { path: { id: license } }, signal })),
  })
  const list = usePages(['activations', license], (after, signal) =>
    answer(api.GET('/v1/activations', { params: { query: { ...from(after), license } }, signal })),
  )
  const taken = list.data?.filter(({ state }) => state === 'live' || state === 'cloned').length
  const copied = list.data?.filter(({ state }) => state === 'cloned').length ?? 0
  return (
    <Section
      title="Devices"
      note={
        taken !== undefined && list.more === undefined && rules.data !== undefined
          ? `${inFigures(taken)} of ${inFigures(rules.data.most)} places taken`
          : 'on which it is activated, each with a key of its own'
      }
      actions={rules.data && <DeviceRules license={license} rules={rules.data} />}
    >
      {copied > 0 && (
        <p role="alert" className={classes.alarm}>
          <Badge tone="bad">Copied</Badge> {counted(copied, 'device')} of this licence {copied === 1 ? 'was' : 'were'} copied: two machines
          used the same key, and neither is given a file any more. Ask the customer which is theirs. Revoke the device, and let the rightful
          one be activated anew.
        </p>
      )}
      <Loaded query={list} rows={2}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty says="It is activated on no device.">
              <p>A device activates itself with a license key; one without a network by a request that is carried here and back.</p>
            </Empty>
          ) : (
            <DataTable
              label="Devices"
              columns={columns(open, setOpen)}
              rows={rows}
              idOf={({ id }) => id}
              more={list.more}
              loading={list.loading}
              one="device"
              detail={(device) => device.id === open && <Detail of={device} onRevoke={() => setRevoking(device)} />}
            />
          )
        }
      </Loaded>
      <Confirm
        opened={revoking !== undefined}
        onClose={() => setRevoking(undefined)}
        deed={`Revoke ${revoking?.name ?? ''}`}
        type={revoking?.name ?? ''}
        run={() => revoke(revoking)}
      >
        <p>
          Its place is free, and its key is never activated under this licence again. {revoking && <StillRuns device={revoking} />} This is
          final; for a device that was lost or replaced, releasing is enough.
        </p>
      </Confirm>
    </Section>
  )
}

function revoke(device: Device | undefined) {
  return answer(api.POST('/v1/activations/{id}/revoke', { params: { path: { id: device?.id ?? '' } }, headers: oneTime() }))
}

function columns(open: string | undefined, setOpen: (id: string | undefined) => void): readonly Column<Device>[] {
  return [
    {
      name: 'Device',
      share: 2,
      cell: ({ id, name }) => (
        <button type="button" className={classes.open} aria-expanded={id === open} onClick={() => setOpen(id === open ? undefined : id)}>
          {name}
        </button>
      ),
    },
    { name: 'State', share: 1.1, cell: ({ state }) => <Badge tone={STATES[state][0]}>{STATES[state][1]}</Badge> },
    {
      name: 'Last heard of',
      share: 1.2,
      cell: ({ last_contact_at: at }) => (at === undefined ? <span className="quiet">not since</span> : <Time at={at} as="ago" />),
    },
    {
      name: 'File good until',
      share: 1.5,
      wideOnly: true,
      cell: ({ file_until: at }) => (at === undefined ? <span className="quiet">none</span> : <Time at={at} />),
    },
    { name: 'Its share', share: 1.5, wideOnly: true, cell: ({ share }) => <Share of={share} /> },
  ]
}

function Share({ of }: { readonly of: Device['share'] }) {
  return shareOf(of) || <span className="quiet">none</span>
}

interface DetailProps {
  readonly of: Device
  readonly onRevoke: () => void
}

function Detail({ of: device, onRevoke }: DetailProps) {
  const { id, name, state, clock_offset_seconds: offset } = device
  const at = (title: string, instant: string | undefined) => instant !== undefined && ([title, <Time key={title} at={instant} />] as const)
  return (
    <>
      {state === 'cloned' && (
        <p>
          Its contact counter went back: another machine goes on with a copy of its key. Revoke it here, and the machine that the customer
          keeps is activated anew, with a new key.
        </p>
      )}
      <Facts
        of={[
          [
            'Id',
            <span key="id" className="code">
              {id}
            </span>,
          ],
          [
            'Its key',
            <span key="key" className="code">
              {device.device_key}
            </span>,
          ],
          at('Activated', device.created_at) || undefined,
          ['By', <Actor key="by" of={device.created_by} />],
          at('Checked out until', device.ends_at) || undefined,
          at('File good until', device.file_until) || undefined,
          device.workload === undefined ? undefined : ['Workload', `${device.workload.subject} of ${device.workload.issuer}`],
          ['Its share', <Share key="share" of={device.share} />],
          offset === undefined || offset === 0
            ? undefined
            : ['Its clock', `${counted(Math.abs(offset), 'second')} ${offset > 0 ? 'ahead' : 'behind'}`],
          at('Found copied', device.cloned_at) || undefined,
          at('Released', device.released_at) || undefined,
          device.released_by === undefined ? undefined : ['Released by', <Actor key="released" of={device.released_by} />],
        ]}
      />
      <div className={classes.deeds}>
        <ReleaseDevice device={device} />
        {state !== 'revoked' && (
          <Act needs="activations.write" size="xs" c="var(--bad)" onClick={onRevoke}>
            Revoke {name}
          </Act>
        )}
      </div>
    </>
  )
}
