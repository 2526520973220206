import { useQuery } from '@tanstack/react-query'
import { answer, oneTime } from '@writ/client'
import { api } from '../../api/client.ts'
import type { License } from '../../api/records.ts'
import { Consequences } from '../../parts/consequences.tsx'
import { DeedForm } from '../../parts/deed-form.tsx'
import { ImpactOf } from '../../parts/impact.tsx'
import { Waiting } from '../../parts/states.tsx'

interface MoveEditionProps {
  readonly license: License
  readonly newest: number
  readonly opened: boolean
  readonly onClose: () => void
}

/** This one licence to the newest edition of its terms, the same plan. What changes for it stands there before; afterwards it can be moved back. */
export function MoveEdition({ license, newest, opened, onClose }: MoveEditionProps) {
  const { id, product, plan, edition, version } = license
  const would = useQuery({
    queryKey: ['move-edition', id, version, newest],
    staleTime: 0,
    enabled: opened,
    queryFn: async ({ signal }) => {
      const path = { product, edition, other: newest }
      const { consequences } = await answer(api.GET('/v1/products/{product}/editions/{edition}/diff/{other}', { params: { path }, signal }))
      // Refused here, if it would be.
      await change({ edition: newest }, { query: { dry_run: true } })
      // What is protective holds already.
      return consequences.filter(({ effect, plan: of }) => effect === 'sold_or_moved' && (of === undefined || of === plan))
    },
  })
  const change = (to: { edition: number }, { query, match = version }: { query?: { dry_run: true }; match?: number } = {}) =>
    answer(
      api.POST('/v1/licenses/{id}/change-plan', {
        params: { path: { id }, ...(query && { query }) },
        body: { plan, ...to },
        headers: { 'If-Match': `"${match}"`, ...(query === undefined && oneTime()) },
      }),
    )
  return (
    <DeedForm
      opened={opened}
      onClose={onClose}
      title={`Move it from edition ${edition} to ${newest}`}
      deed={`Move it to edition ${newest}`}
      run={() => change({ edition: newest })}
      done={(moved) => ({ says: `It is on edition ${newest} now.`, undo: () => change({ edition }, { match: moved.version }) })}
      ready={would.data !== undefined}
      error={would.error}
      wide
    >
      <p>It stays on the plan {plan}, with its dates, seats, overrides, and what was used.</p>
      {would.data === undefined ? !would.isError && <Waiting rows={3} /> : <Consequences of={would.data} />}
      {would.data !== undefined && (
        <ImpactOf of={{ change: { method: 'POST', path: `/v1/licenses/${id}/change-plan`, body: { plan, edition: newest } } }} />
      )}
    </DeedForm>
  )
}
