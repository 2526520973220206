import { Modal } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { answer, oneTime } from '@writ/client'
import { useState } from 'react'
import { api } from '../../api/client.ts'
import { changed } from '../../api/live.ts'
import { Act } from '../../parts/act.tsx'
import { Confirm } from '../../parts/confirm.tsx'
import { Copy } from '../../parts/copy.tsx'
import { save } from '../../parts/save.ts'
import { Badge } from '../../parts/state-badge.tsx'
import { Failure, Loaded } from '../../parts/states.tsx'
import { Time } from '../../parts/time.tsx'
import classes from './license.module.css'

/** What a customer types to activate. The text is shown once, when it is made. */
export function Keys({ license }: { readonly license: string }) {
  const path = { id: license }
  const query = useQuery({
    queryKey: ['license-keys', license],
    queryFn: ({ signal }) => answer(api.GET('/v1/licenses/{id}/keys', { params: { path, query: { limit: 100 } }, signal })),
  })
  const make = useMutation({
    mutationFn: () => answer(api.POST('/v1/licenses/{id}/keys', { params: { path }, headers: oneTime() })),
    onSuccess: changed,
  })
  const [revoking, setRevoking] = useState<string>()
  return (
    <Loaded query={query} rows={2}>
      {({ items }) => (
        <>
          <ul className={classes.list}>
            {items.map(({ id, created_at: at, revoked_at: revoked }) => (
              <li key={id}>
                <span className="code">{id}</span>
                <span className="quiet">
                  made <Time at={at} />
                </span>
                {revoked === undefined ? (
                  <Act needs="licenses.write" size="compact-xs" onClick={() => setRevoking(id)}>
                    Revoke
                    <span className="hidden"> the license key {id}</span>
                  </Act>
                ) : (
                  <Badge tone="over">Revoked</Badge>
                )}
              </li>
            ))}
          </ul>
          <Act needs="licenses.write" size="xs" loading={make.isPending} onClick={() => make.mutate()}>
            Make a license key
          </Act>
          {make.isError && <Failure error={make.error} />}
          <Modal
            opened={make.data !== undefined}
            onClose={make.reset}
            title="The license key, shown this once"
            closeButtonProps={{ 'aria-label': 'Close' }}
          >
            <p>Give it to the customer by a safe way. It cannot be shown again; a new one can be made at any time.</p>
            <pre className={classes.secret}>{make.data?.key}</pre>
            <Copy text={make.data?.key ?? ''} label="Copy the key" />
          </Modal>
          <Confirm
            opened={revoking !== undefined}
            onClose={() => setRevoking(undefined)}
            deed="Revoke this license key"
            type={revoking ?? ''}
            run={() =>
              answer(
                api.DELETE('/v1/licenses/{id}/keys/{key}', { params: { path: { id: license, key: revoking ?? '' } }, headers: oneTime() }),
              )
            }
          >
            <p>Nobody can activate with it from now on. What is activated already goes on.</p>
          </Confirm>
        </>
      )}
    </Loaded>
  )
}

/** Signed files that went out. */
export function Files({ license }: { readonly license: string }) {
  const path = { id: license }
  const query = useQuery({
    queryKey: ['license-files', license],
    queryFn: ({ signal }) => answer(api.GET('/v1/licenses/{id}/files', { params: { path, query: { limit: 100 } }, signal })),
  })
  const sign = useMutation({
    mutationFn: () =>
      answer(api.POST('/v1/licenses/{id}/files', { params: { path }, body: { identities: 'asserted' }, headers: oneTime() })),
    onSuccess: ({ id, file }) => {
      changed()
      save(`${id}.writ`, file)
    },
  })
  return (
    <Loaded query={query} rows={2}>
      {({ items }) => (
        <>
          <ul className={classes.list}>
            {items.map(({ id, issued_at: at, issued_by: by, kid, sha256 }) => (
              <li key={id}>
                <span className="code">{id}</span>
                <span className="quiet">
                  signed <Time at={at} /> by <span className="code">{by}</span>
                </span>
                <span className="code quiet" title={`signed with the key ${kid}, SHA-256 ${sha256}`}>
                  {sha256.slice(0, 12)}…
                </span>
              </li>
            ))}
          </ul>
          <Act needs="license_files.write" size="xs" loading={sign.isPending} onClick={() => sign.mutate()}>
            Sign a license file and save it
          </Act>
          {sign.isError && <Failure error={sign.error} />}
        </>
      )}
    </Loaded>
  )
}
