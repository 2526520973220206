import { Checkbox, NativeSelect, SegmentedControl, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { answer, oneTime } from '@writ/client'
import { useState } from 'react'
import { api } from '../../api/client.ts'
import { productsQuery } from '../../api/terms.ts'
import { DeedForm } from '../../parts/deed-form.tsx'
import { Pick } from '../../parts/pick.tsx'
import { Time } from '../../parts/time.tsx'

interface IssueProps {
  /** To whom; absent: it is asked. */
  readonly organization?: string
  readonly opened: boolean
  readonly onClose: () => void
}

/** A new licence from now on; what the terms make of its end is shown before. */
export function Issue({ organization, opened, onClose }: IssueProps) {
  const navigate = useNavigate()
  const { data: products = [] } = useQuery({ ...productsQuery, enabled: opened })
  const [chosen, setChosen] = useState({ product: '', plan: '' })
  const [kind, setKind] = useState<'organization' | 'identity'>('organization')
  const [picked, setPicked] = useState('')
  const [trial, setTrial] = useState(false)
  const [day, setDay] = useState('')
  const product = products.find(({ id }) => id === chosen.product) ?? products[0]
  const plans = Object.keys(product?.contract.plans ?? {})
  const plan = plans.includes(chosen.plan) ? chosen.plan : (plans[0] ?? '')
  const to = organization ?? picked
  const ends = day === '' || Number.isNaN(Date.parse(`${day}T12:00`)) ? undefined : new Date(`${day}T12:00`).toISOString()
  const body = {
    product: product?.id ?? '',
    plan,
    ...(kind === 'organization' ? { organization: to } : { holder: to }),
    ...(trial ? { trial } : ends !== undefined && { ends }),
  }
  const send = (dry: boolean) =>
    answer(api.POST('/v1/licenses', { ...(dry ? { params: { query: { dry_run: true } } } : { headers: oneTime() }), body }))
  const would = useQuery({
    queryKey: ['issue', body],
    queryFn: () => send(true),
    enabled: opened && to !== '' && plan !== '',
    staleTime: 0,
  })
  const end = would.data?.trial_ends ?? would.data?.ends
  return (
    <DeedForm
      opened={opened}
      onClose={onClose}
      title="Issue a licence"
      deed="Issue it"
      run={async () => {
        const made = await send(false)
        if (organization === undefined) await navigate({ to: '/licenses/$id', params: { id: made.id } })
        return made
      }}
      done={({ id }) => ({ says: `The licence ${id} is issued.` })}
      ready={would.data !== undefined}
      error={would.error}
    >
      {organization === undefined && (
        <>
          <SegmentedControl
            aria-label="To whom"
            data={[
              { value: 'organization', label: 'To an organization' },
              { value: 'identity', label: 'To a person' },
            ]}
            value={kind}
            onChange={(next) => {
              setKind(next as typeof kind)
              setPicked('')
            }}
          />
          <Pick key={kind} of={kind} label="Holder" value={picked} onChange={setPicked} />
        </>
      )}
      {products.length > 1 && (
        <NativeSelect
          label="Product"
          data={products.map(({ id, title }) => ({ value: id, label: title }))}
          value={product?.id}
          onChange={(event) => setChosen({ product: event.currentTarget.value, plan: '' })}
        />
      )}
      <NativeSelect
        label="Plan"
        description={product && `Of edition ${product.edition}, the newest.`}
        data={plans}
        value={plan}
        onChange={(event) => setChosen({ product: product?.id ?? '', plan: event.currentTarget.value })}
      />
      <Checkbox label="As a trial" checked={trial} onChange={(event) => setTrial(event.currentTarget.checked)} />
      {!trial && (
        <TextInput
          type="date"
          label="It ends on"
          description="Empty: never by itself."
          value={day}
          onChange={(event) => setDay(event.currentTarget.value)}
        />
      )}
      {end !== undefined && (
        <p>
          By the terms it ends <Time at={end} />.
        </p>
      )}
    </DeedForm>
  )
}
