import { Button, Menu } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { answer, oneTime } from '@writ/client'
import { api } from '../../api/client.ts'
import { useMay } from '../../api/me.ts'
import type { License } from '../../api/records.ts'
import { productsQuery } from '../../api/terms.ts'
import { Icon } from '../../look/icons.tsx'
import { Act } from '../../parts/act.tsx'
import { Confirm } from '../../parts/confirm.tsx'
import { DeedForm } from '../../parts/deed-form.tsx'
import { ImpactOf } from '../../parts/impact.tsx'
import { useDeed } from '../../parts/told.tsx'
import { ChangePlan } from './change-plan.tsx'
import { MoveEdition } from './move-edition.tsx'
import { Renew } from './renew.tsx'
import { Transfer } from './transfer.tsx'

type Step = 'suspend' | 'resume' | 'revoke' | 'paid' | 'past-due'

/** What is done to a licence. Payments are done at once, since they can be undone; suspending says first whom it touches; revoking is final and is typed. */
export function Deeds({ license, of, plans }: { readonly license: License; readonly of: string; readonly plans: readonly string[] }) {
  const { id, state, suspended, product, edition, past_due_since: due } = license
  const deed = useDeed()
  const may = useMay()
  const products = useQuery(productsQuery)
  const newest = products.data?.find((each) => each.id === product)?.edition ?? edition
  const [revoking, revoke] = useDisclosure()
  const [suspending, suspend] = useDisclosure()
  const [renewing, renew] = useDisclosure()
  const [changing, change] = useDisclosure()
  const [moving, move] = useDisclosure()
  const [giving, give] = useDisclosure()
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
      <Act needs="licenses.write" onClick={renew.open}>
        Renew
      </Act>
      <Act needs="licenses.write" onClick={change.open}>
        Change the plan
      </Act>
      {may('licenses.write') === undefined && (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="default" rightSection={<Icon name="down" size={14} />}>
              More
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {newest > edition && <Menu.Item onClick={move.open}>Move it to edition {newest}</Menu.Item>}
            <Menu.Item onClick={give.open}>Transfer it</Menu.Item>
            <Menu.Divider />
            {suspended ? (
              <Menu.Item onClick={() => deed.mutate({ run: step('resume'), done: 'The licence is resumed.' })}>Resume it</Menu.Item>
            ) : (
              <Menu.Item onClick={suspend.open}>Suspend it</Menu.Item>
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
      )}
      <Renew license={license} opened={renewing} onClose={renew.close} />
      <ChangePlan license={license} plans={plans} opened={changing} onClose={change.close} />
      <MoveEdition license={license} newest={newest} opened={moving} onClose={move.close} />
      <Transfer key={String(giving)} license={license} of={of} opened={giving} onClose={give.close} />
      <DeedForm
        opened={suspending}
        onClose={suspend.close}
        title="Suspend this licence"
        run={step('suspend')}
        done={() => ({ says: `The licence is suspended: ${of} is refused.`, undo: step('resume') })}
        wide
      >
        <ImpactOf of={changeOf(id, 'suspend')} />
      </DeedForm>
      <Confirm opened={revoking} onClose={revoke.close} deed="Revoke this licence" type={id} run={step('revoke')}>
        <p>
          Everybody at {of} loses what this licence gives, at once. Its files are refused wherever the revocation is heard of. This is
          final: who should have it back needs a new licence. To stop it for a while, suspend it instead.
        </p>
        <ImpactOf of={changeOf(id, 'revoke')} />
      </Confirm>
    </>
  )
}

const changeOf = (id: string, verb: Step) => ({ change: { method: 'POST' as const, path: `/v1/licenses/${id}/${verb}` } })
