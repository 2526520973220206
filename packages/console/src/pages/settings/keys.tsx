import { Button, Group, Modal, PasswordInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQuery } from '@tanstack/react-query'
import { answer, oneTime } from '@writ/client'
import { type FormEvent, useState } from 'react'
import { type Answered, api } from '../../api/client.ts'
import { changed } from '../../api/live.ts'
import { Act } from '../../parts/act.tsx'
import { Confirm } from '../../parts/confirm.tsx'
import { Facts, Section } from '../../parts/page.tsx'
import { save } from '../../parts/save.ts'
import { Badge } from '../../parts/state-badge.tsx'
import { Failure, Loaded } from '../../parts/states.tsx'
import { Time } from '../../parts/time.tsx'
import { useDeed } from '../../parts/told.tsx'
import { counted, inFigures } from '../../parts/when.ts'
import classes from './settings.module.css'

type State = Answered<'readKeys'>

const SAYS: Record<State['attention'][number], readonly [says: string, helps: string]> = {
  license_key_ends: [
    'The license signing key ends soon, and the root that vouches for the next is outside the store.',
    'Make the next one, and hand in what the root says of it.',
  ],
  root_not_backed_up: ['The root key is not backed up.', 'Take a backup below, and keep it offline, apart from its passphrase.'],
  master_key_unreadable: ['The master key cannot be read.', 'What is sealed stays sealed: see WRIT_MASTER_KEY_FILE, and writ doctor.'],
  data_key_unopened: ['A data key does not open under the master keys that are configured.', 'Configure the master key that wrapped it.'],
  data_key_old: ['The data key has sealed for a long time.', 'Make the next one below; what is sealed is sealed anew in the background.'],
  texts_under_old_data_key: ['Some texts are still sealed by an older data key.', 'Wait: they are being sealed anew in the background.'],
  old_master_key_configured: ['An older master key is still configured, and wraps nothing any more.', 'Take it out of the configuration.'],
}

/** What needs somebody, with what to do. */
export function Attention({ codes }: { readonly codes: State['attention'] }) {
  return (
    <ul className={classes.attention}>
      {codes.map((code) => (
        <li key={code}>
          <Badge tone="warn">To do</Badge>
          <span>
            {SAYS[code]?.[0] ?? code} {SAYS[code]?.[1]} <small className="code quiet">{code}</small>
          </span>
        </li>
      ))}
    </ul>
  )
}

export function Keys({
  state: { root, license_key: signing, next_license_key_at: next, data_keys: data, master_key: master },
}: {
  readonly state: State
}) {
  const deed = useDeed()
  const [backing, backUp] = useDisclosure()
  return (
    <>
      <Section
        title="Root key"
        note="what customers pinned; it signs the signing keys"
        actions={
          <Act needs="keys.write" onClick={backUp.open}>
            Take a backup
          </Act>
        }
      >
        <Facts
          of={[
            [
              'Key',
              <span key="kid" className="code">
                {root.kid}
              </span>,
            ],
            ['Made', <Time key="made" at={root.created_at} as="day" />],
            [
              'Last backup',
              root.backed_up_at === undefined ? (
                <Badge key="none" tone="warn">
                  never
                </Badge>
              ) : (
                <Time key="backup" at={root.backed_up_at} />
              ),
            ],
          ]}
        />
      </Section>
      <Section
        title="Signing keys"
        note="each signs one kind of thing; made when it is first needed"
        actions={
          <Act
            needs="keys.write"
            loading={deed.isPending}
            onClick={() =>
              deed.mutate({
                run: () => answer(api.POST('/v1/signing-keys', { body: { use: 'license' }, headers: oneTime() })),
                done: 'The next signing key signs from now on. Files signed before stay valid.',
              })
            }
          >
            Make the next one now
          </Act>
        }
      >
        <SigningKeys current={signing?.kid} />
        {next !== undefined && (
          <p className="quiet">
            The next one is made by itself <Time at={next} as="ago" />.
          </p>
        )}
      </Section>
      <Section
        title="Data keys"
        note="they seal what is secret in the store"
        actions={
          <Act
            needs="keys.write"
            loading={deed.isPending}
            onClick={() =>
              deed.mutate({
                run: () => answer(api.POST('/v1/data-keys', { headers: oneTime() })),
                done: 'The next data key seals from now on; the rest is sealed anew in the background.',
              })
            }
          >
            Make the next one
          </Act>
        }
      >
        <ul className={classes.list}>
          {data.map(({ id, created_at: at, stopped_at: stopped, sealed }) => (
            <li key={id}>
              <span className="code">{id}</span>
              {stopped === undefined ? <Badge tone="good">Seals</Badge> : <Badge tone="over">Opens only</Badge>}
              <span className="quiet">
                made <Time at={at} as="day" />, {counted(sealed, 'text')} sealed
              </span>
            </li>
          ))}
        </ul>
      </Section>
      <Section title="Master key" note="outside the store; it wraps the data keys">
        <ul className={classes.list}>
          {master.configured.map(({ id, place, in_use: used }) => (
            <li key={id}>
              <span className="code">{id}</span>
              {used ? <Badge tone="good">In use</Badge> : <Badge tone="plain">Configured</Badge>}
              <span className="quiet code">{place}</span>
            </li>
          ))}
        </ul>
        {master.fault !== undefined && <p>{master.fault}</p>}
      </Section>
      <BackUp opened={backing} onClose={backUp.close} />
    </>
  )
}

type ListedKey = Answered<'listSigningKeys'>['items'][number]

const USE_WORDS: Record<ListedKey['use'], string> = {
  root: 'root',
  license: 'license files',
  entitlement_token: 'entitlement tokens',
  usage_receipt: 'usage receipts',
  status_list: 'status lists',
  contact: 'answers to devices',
  freshness: 'freshness stamps',
  file_log: 'lists of issued license files',
}

function newestOf(keys: readonly ListedKey[], use: ListedKey['use']): string | undefined {
  const good = keys.filter((key) => key.use === use && key.revoked_at === undefined && key.statement !== undefined)
  return good.sort((a, b) => (a.created_at < b.created_at ? 1 : -1))[0]?.kid
}

function SigningKeys({ current }: { readonly current: string | undefined }) {
  const [revoking, setRevoking] = useState<string>()
  const query = useQuery({
    queryKey: ['signing-keys'],
    queryFn: ({ signal }) => answer(api.GET('/v1/signing-keys', { params: { query: { limit: 100 } }, signal })),
  })
  return (
    <Loaded query={query} rows={2}>
      {({ items }) => (
        <ul className={classes.list}>
          {items
            .filter(({ use }) => use !== 'root')
            .map(({ kid, use, created_at: at, expires_at: ends, revoked_at: revoked }) => (
              <li key={kid}>
                <span className="code">{kid}</span>
                <span className="quiet">{USE_WORDS[use]}</span>
                {revoked !== undefined ? (
                  <Badge tone="over">Revoked</Badge>
                ) : kid === (use === 'license' ? current : newestOf(items, use)) ? (
                  <Badge tone="good">Signs</Badge>
                ) : (
                  <Badge tone="plain">Verifies only</Badge>
                )}
                <span className="quiet">
                  made <Time at={at} as="day" />
                  {ends !== undefined && (
                    <>
                      , until <Time at={ends} as="day" />
                    </>
                  )}
                </span>
                {revoked === undefined && (
                  <Act needs="keys.write" size="compact-xs" onClick={() => setRevoking(kid)}>
                    It is compromised
                    <span className="hidden">: {kid}</span>
                  </Act>
                )}
              </li>
            ))}
          <Confirm
            opened={revoking !== undefined}
            onClose={() => setRevoking(undefined)}
            deed="Revoke this signing key"
            type={revoking ?? ''}
            run={() =>
              answer(api.POST('/v1/signing-keys/{kid}/revoke', { params: { path: { kid: revoking ?? '' } }, body: {}, headers: oneTime() }))
            }
          >
            <p>
              What it signed is refused wherever the revocation is heard of, and the next key signs from now on. Files in the field must be
              signed again. This is final.
            </p>
          </Confirm>
        </ul>
      )}
    </Loaded>
  )
}

const SHORTEST = 12

function BackUp({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const [passphrase, setPassphrase] = useState('')
  const [again, setAgain] = useState('')
  const close = () => {
    setPassphrase('')
    setAgain('')
    taking.reset()
    onClose()
  }
  const taking = useMutation({
    mutationFn: () => answer(api.POST('/v1/root/backup', { body: { passphrase }, headers: oneTime() })),
    onSuccess: ({ kid, backup }) => {
      changed()
      save(`writ-root-${kid}.backup`, backup)
      close()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    taking.mutate()
  }
  const same = passphrase === again
  return (
    <Modal opened={opened} onClose={close} title="Take a backup of the root key" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form onSubmit={submit} className={classes.form}>
        <p>
          It is encrypted under a passphrase and saved as a file. Keep the file offline, and the passphrase elsewhere: whoever has both can
          sign in your name.
        </p>
        <PasswordInput
          label="Passphrase"
          description={`At least ${inFigures(SHORTEST)} characters.`}
          value={passphrase}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
          autoComplete="new-password"
          data-autofocus
        />
        <PasswordInput
          label="The same again"
          value={again}
          onChange={(event) => setAgain(event.currentTarget.value)}
          error={again !== '' && !same ? 'It is not the same.' : undefined}
          autoComplete="new-password"
        />
        {taking.isError && <Failure error={taking.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" loading={taking.isPending} disabled={passphrase.length < SHORTEST || !same}>
            Take the backup
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
