import { useDisclosure } from '@mantine/hooks'
import { answer, oneTime } from '@writ/client'
import { api } from '../../api/client.ts'
import type { Identity } from '../../api/records.ts'
import { Act } from '../../parts/act.tsx'
import { Confirm } from '../../parts/confirm.tsx'
import { useDeed } from '../../parts/told.tsx'
import { counted, listed } from '../../parts/when.ts'

/** Suspending can be undone, so it is done at once; revoking cannot, so it is typed. */
export function Deeds({ identity }: { readonly identity: Identity }) {
  const { id, status, in: memberships } = identity
  const name = identity.name ?? id
  const deed = useDeed()
  const [revoking, { open, close }] = useDisclosure()
  if (status === 'revoked') return null
  const step = (verb: 'suspend' | 'resume' | 'revoke') => () =>
    answer(api.POST(`/v1/identities/{id}/${verb}`, { params: { path: { id } }, headers: oneTime() }))
  const places = Object.keys(memberships)
  return (
    <>
      {status === 'active' ? (
        <Act
          needs="identities.write"
          loading={deed.isPending}
          onClick={() => deed.mutate({ run: step('suspend'), done: `${name} is suspended, everywhere.`, undo: step('resume') })}
        >
          Suspend {name}
        </Act>
      ) : (
        <Act
          needs="identities.write"
          loading={deed.isPending}
          onClick={() => deed.mutate({ run: step('resume'), done: `${name} is resumed.` })}
        >
          Resume {name}
        </Act>
      )}
      <Act needs="identities.write" c="var(--bad)" onClick={open}>
        Revoke {name}
      </Act>
      <Confirm opened={revoking} onClose={close} deed={`Revoke ${name}`} type={id} run={step('revoke')}>
        <p>
          {name} loses every entitlement at once
          {places.length === 0 ? '' : `, in ${counted(places.length, 'organization')} (${listed(places)})`}. Named seats are freed. This is
          final: a revoked identity stays revoked, and whoever should be back needs a new one.
        </p>
      </Confirm>
    </>
  )
}
