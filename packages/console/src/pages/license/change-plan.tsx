import { Button, Group, Modal, NativeSelect } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { answer, oneTime } from '@writ/client'
import { type FormEvent, useState } from 'react'
import { api } from '../../api/client.ts'
import { changed } from '../../api/live.ts'
import type { License } from '../../api/records.ts'
import { editionQuery, productsQuery } from '../../api/terms.ts'
import { Failure } from '../../parts/states.tsx'
import { counted } from '../../parts/when.ts'
import { compare } from './compare.ts'
import classes from './license.module.css'

interface ChangePlanProps {
  readonly license: License
  readonly plans: readonly string[]
  readonly opened: boolean
  readonly onClose: () => void
}

/** Another plan, in the newest edition; what it takes and what it gives stand there before anything is done. */
export function ChangePlan({ license, plans: known, opened, onClose }: ChangePlanProps) {
  const { id, plan, product, edition } = license
  const { data: products = [] } = useQuery({ ...productsQuery, enabled: opened })
  const { data: before } = useQuery({ ...editionQuery(product, edition), enabled: opened })
  const newest = products.find((each) => each.id === product)?.contract
  const plans = Object.keys(newest?.plans ?? {}).length > 0 ? Object.keys(newest?.plans ?? {}) : known
  const [next, setNext] = useState(plan)
  const changing = useMutation({
    mutationFn: () =>
      answer(api.POST('/v1/licenses/{id}/change-plan', { params: { path: { id } }, body: { plan: next }, headers: oneTime() })),
    onSuccess: () => {
      changed()
      onClose()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    changing.mutate()
  }
  const { gone, come, altered } = compare(before?.plans?.[plan], newest?.plans?.[next])
  return (
    <Modal opened={opened} onClose={onClose} title="Change the plan" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form onSubmit={submit} className={classes.form}>
        <NativeSelect label="Plan" data={plans} value={next} onChange={(event) => setNext(event.currentTarget.value)} data-autofocus />
        {gone.length > 0 && (
          <p>
            They lose {counted(gone.length, 'feature')}: <span className="code">{gone.join(', ')}</span>.
          </p>
        )}
        {come.length > 0 && (
          <p>
            They gain {counted(come.length, 'feature')}: <span className="code">{come.join(', ')}</span>.
          </p>
        )}
        {altered.length > 0 && (
          <p>
            Other limits or needs: <span className="code">{altered.join(', ')}</span>.
          </p>
        )}
        <p className="quiet">What was used in this period stays used. The plan can be changed back at any time.</p>
        {changing.isError && <Failure error={changing.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Leave it as it is
          </Button>
          <Button type="submit" loading={changing.isPending} disabled={next === plan}>
            Change to {next}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
