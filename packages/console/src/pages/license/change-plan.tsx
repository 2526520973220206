import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { answer, oneTime } from '@writ/client'
import { useState } from 'react'
import { api } from '../../api/client.ts'
import type { License } from '../../api/records.ts'
import { editionQuery, productsQuery } from '../../api/terms.ts'
import { DeedForm } from '../../parts/deed-form.tsx'
import { ImpactOf } from '../../parts/impact.tsx'
import { counted } from '../../parts/when.ts'
import { compare } from './compare.ts'

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
  const { gone, come, altered } = compare(before?.plans?.[plan], newest?.plans?.[next])
  return (
    <DeedForm
      opened={opened}
      onClose={onClose}
      title="Change the plan"
      deed={`Change to ${next}`}
      run={() => answer(api.POST('/v1/licenses/{id}/change-plan', { params: { path: { id } }, body: { plan: next }, headers: oneTime() }))}
      ready={next !== plan}
    >
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
      {next !== plan && <ImpactOf of={{ change: { method: 'POST', path: `/v1/licenses/${id}/change-plan`, body: { plan: next } } }} />}
      <p className="quiet">What was used in this period stays used. The plan can be changed back at any time.</p>
    </DeedForm>
  )
}
