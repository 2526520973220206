import { Button, Menu } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { answer, oneTime } from '@writ/client'
import { api } from '../../api/client.ts'
import type { License } from '../../api/records.ts'
import { Icon } from '../../look/icons.tsx'
import { Confirm } from '../../parts/confirm.tsx'
import { useDeed } from '../../parts/told.tsx'
import { ChangePlan } from './change-plan.tsx'
import { Renew } from './renew.tsx'

type Step = 'suspend' | 'resume' | 'revoke' | 'paid' | 'past-due'

/** What is done to a licence. Suspending and payments can be undone and are done at once; revoking is final and is typed. */
export function Deeds({ license, of, plans }: { readonly license: License; readonly of: string; readonly plans: readonly string[] }) {
  const { id, state, suspended, past_due_since: due } = license
  const deed = useDeed()
  const [revoking, revoke] = useDisclosure()
  const [renewing, renew] = useDisclosure()
  const [changing, change] = useDisclosure()
  if (state === 'license_revoked') return null
  const step = (verb: Step, body?: object) => () =>
    answer(
      api.POST(`/v1/licenses/{id}/${verb}` as '/v1/licenses/{id}/suspend', {
        params: { path: { id } },
        headers: oneTime(),
        ...(body && { body: body as never }),
      }),
    )
  return (
    <>
      <Button variant="default" onClick={renew.open}>
        Renew
      </Button>
      <Button variant="default" onClick={change.open}>
        Change the plan
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" rightSection={<Icon name="down" size={14} />}>
            More
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {suspended ? (
            <Menu.Item onClick={() => deed.mutate({ run: step('resume'), done: 'The licence is resumed.' })}>Resume it</Menu.Item>
          ) : (
            <Menu.Item
              onClick={() =>
                deed.mutate({ run: step('suspend'), done: `The licence is suspended: ${of} is refused.`, undo: step('resume') })
              }
            >
              Suspend it
            </Menu.Item>
          )}
          {due === undefined ? (
            <Menu.Item
              onClick={() =>
                deed.mutate({ run: step('past-due', {}), done: 'A payment is missing: the grace for payment runs.', undo: step('paid') })
              }
            >
              Say that a payment is missing
            </Menu.Item>
          ) : (
            <Menu.Item
              onClick={() => deed.mutate({ run: step('paid'), done: 'The payment has come.', undo: step('past-due', { since: due }) })}
            >
              Say that the payment has come
            </Menu.Item>
          )}
          <Menu.Divider />
          <Menu.Item c="var(--bad)" onClick={revoke.open}>
            Revoke it
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Renew license={license} opened={renewing} onClose={renew.close} />
      <ChangePlan license={license} plans={plans} opened={changing} onClose={change.close} />
      <Confirm opened={revoking} onClose={revoke.close} deed="Revoke this licence" type={id} run={step('revoke')}>
        <p>
          Everybody at {of} loses what this licence gives, at once. Its files are refused wherever the revocation is heard of. This is
          final: who should have it back needs a new licence. To stop it for a while, suspend it instead.
        </p>
      </Confirm>
    </>
  )
}
