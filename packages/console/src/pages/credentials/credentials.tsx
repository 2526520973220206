import { NativeSelect, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { getRouteApi } from '@tanstack/react-router'
import { answer, oneTime } from '@writ/client'
import { useState } from 'react'
import { type Answered, api } from '../../api/client.ts'
import { from, usePages } from '../../api/pages.ts'
import { useNow } from '../../clock.ts'
import { Act } from '../../parts/act.tsx'
import { Confirm } from '../../parts/confirm.tsx'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { Filters } from '../../parts/filters.tsx'
import { Facts, Page, Section } from '../../parts/page.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import { Empty, Loaded } from '../../parts/states.tsx'
import { Time } from '../../parts/time.tsx'
import { counted, DAY } from '../../parts/when.ts'
import { Connected } from './connected.tsx'
import classes from './credentials.module.css'
import { Make } from './make.tsx'
import { does, sees } from './reach.ts'

type Key = Answered<'readApiKey'>
const route = getRouteApi('/credentials')

/** API keys: what each may do, what it sees, when it was last used; make, rotate and revoke. */
export function Credentials() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const now = useNow()
  const { q, open } = search
  const state = search.state === 'revoked' ? ('revoked' as const) : ('live' as const)
  const [making, make] = useDisclosure()
  const [rotating, setRotating] = useState<Key>()
  const [revoking, setRevoking] = useState<Key>()
  const filter = { state, sort: 'name' as const, ...(q !== undefined && { q }) }
  const list = usePages(['api-keys', filter], (after, signal) =>
    answer(api.GET('/v1/api-keys', { params: { query: { ...from(after), ...filter } }, signal })),
  )
  const set = (name: 'q' | 'state' | 'open', value: string | undefined) =>
    navigate({ to: '.', search: { ...search, [name]: value === '' ? undefined : value }, replace: true, resetScroll: false })

  const columns: readonly Column<Key>[] = [
    {
      name: 'Key',
      share: 2.2,
      cell: ({ id, name }) => (
        <>
          <button
            type="button"
            className={classes.open}
            aria-expanded={id === open}
            onClick={() => void set('open', id === open ? undefined : id)}
          >
            {name}
          </button>
          <br />
          <small className="code quiet">{id}</small>
        </>
      ),
    },
    { name: 'State', share: 1.4, cell: ({ revoked_at: revoked }) => <StateBadge state={revoked === undefined ? 'live' : 'revoked'} /> },
    { name: 'May', share: 2.6, cell: ({ scopes }) => does(scopes) },
    { name: 'Sees', share: 2.2, wideOnly: true, cell: (key) => sees(key) },
    {
      name: 'Last used',
      share: 1.3,
      cell: ({ last_used_at: at }) => (at === undefined ? <span className="quiet">never</span> : <Time at={at} as="ago" />),
    },
  ]
  return (
    <Page
      title="Credentials"
      sentence={sentence(list.data, list.more !== undefined, state, now)}
      actions={
        <Act needs="enforcers.write" variant="filled" onClick={make.open}>
          Make an API key
        </Act>
      }
    >
      <Connected />
      <Section title="API keys">
        <Filters>
          <TextInput
            label="Named"
            placeholder="part of a name or id"
            value={q ?? ''}
            onChange={(event) => void set('q', event.currentTarget.value)}
          />
          <NativeSelect
            label="State"
            data={[
              { value: 'live', label: 'Live' },
              { value: 'revoked', label: 'Revoked' },
            ]}
            value={state}
            onChange={(event) => void set('state', event.currentTarget.value === 'live' ? '' : event.currentTarget.value)}
          />
        </Filters>
        <Loaded query={list}>
          {(rows) =>
            rows.length === 0 ? (
              <Empty says="No key is like that." />
            ) : (
              <DataTable
                label="API keys"
                columns={columns}
                rows={rows}
                idOf={({ id }) => id}
                more={list.more}
                loading={list.loading}
                one="key"
                detail={(key) => key.id === open && <Detail of={key} onRotate={() => setRotating(key)} onRevoke={() => setRevoking(key)} />}
              />
            )
          }
        </Loaded>
      </Section>
      <Make
        key={rotating?.id ?? String(making)}
        opened={making || rotating !== undefined}
        like={rotating}
        onClose={() => (rotating === undefined ? make.close() : setRotating(undefined))}
      />
      <Confirm
        opened={revoking !== undefined}
        onClose={() => setRevoking(undefined)}
        deed={`Revoke ${revoking?.name ?? ''}`}
        type={revoking?.name ?? ''}
        run={() => answer(api.DELETE('/v1/api-keys/{id}', { params: { path: { id: revoking?.id ?? '' } }, headers: oneTime() }))}
      >
        <p>
          Whatever uses it is refused from its next request on, and who signed in here with it is signed out.{' '}
          {revoking?.last_used_at === undefined ? (
            'It was never used.'
          ) : (
            <>
              It was last used <Time at={revoking.last_used_at} as="ago" />.
            </>
          )}{' '}
          This is final; to change it without an outage, rotate it first.
        </p>
      </Confirm>
    </Page>
  )
}

function Detail({ of: key, onRotate, onRevoke }: { readonly of: Key; readonly onRotate: () => void; readonly onRevoke: () => void }) {
  return (
    <>
      <Facts
        of={[
          [
            'Scopes',
            <span key="scopes" className="code">
              {key.scopes.join(', ')}
            </span>,
          ],
          ['Sees', sees(key)],
          ['Is told reasons', key.reasons ? 'yes' : 'no: only yes or no'],
          ['Made', <Time key="made" at={key.created_at} />],
          [
            'By',
            <span key="by" className="code">
              {key.created_by}
            </span>,
          ],
          key.revoked_at === undefined ? undefined : ['Revoked', <Time key="revoked" at={key.revoked_at} />],
        ]}
      />
      {key.revoked_at === undefined && (
        <div className={classes.deeds}>
          <Act needs="enforcers.write" size="xs" onClick={onRotate}>
            Rotate {key.name}
          </Act>
          <Act needs="enforcers.write" size="xs" c="var(--bad)" onClick={onRevoke}>
            Revoke {key.name}
          </Act>
        </div>
      )}
    </>
  )
}

/** "6 keys are live; 2 of them were not used for 30 days." */
function sentence(keys: readonly Key[] | undefined, more: boolean, state: 'live' | 'revoked', now: number): string {
  if (keys === undefined) return 'Who may ask and manage by a program.'
  const many = `${more ? 'More than ' : ''}${counted(keys.length, 'key')} ${keys.length === 1 ? 'is' : 'are'} ${state}`
  const idle = keys.filter(({ last_used_at: at, created_at: made }) => now - Date.parse(at ?? made) > 30 * DAY).length
  return state === 'live' && idle > 0 ? `${many}; ${idle} of them ${idle === 1 ? 'was' : 'were'} not used for 30 days.` : `${many}.`
}
