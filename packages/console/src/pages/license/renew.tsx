import { TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { answer, oneTime } from '@writ/client'
import { useState } from 'react'
import { api } from '../../api/client.ts'
import type { License } from '../../api/records.ts'
import { readClock } from '../../clock.ts'
import { DeedForm } from '../../parts/deed-form.tsx'
import { Time } from '../../parts/time.tsx'

interface RenewProps {
  readonly license: License
  readonly opened: boolean
  readonly onClose: () => void
}

/** The next end. The terms may move it later, so what would really come out is shown before. */
export function Renew({ license, opened, onClose }: RenewProps) {
  const { id, ends } = license
  const [day, setDay] = useState(() => aYearAfter(ends))
  const instant = Number.isNaN(Date.parse(`${day}T12:00`)) ? undefined : new Date(`${day}T12:00`).toISOString()
  const send = (dry: boolean) =>
    answer(
      api.POST('/v1/licenses/{id}/renew', {
        params: { path: { id }, ...(dry && { query: { dry_run: true } }) },
        body: { ends: instant ?? '' },
        ...(!dry && { headers: oneTime() }),
      }),
    )
  const would = useQuery({
    queryKey: ['renew', id, instant],
    queryFn: () => send(true),
    enabled: opened && instant !== undefined,
    staleTime: 0,
  })
  return (
    <DeedForm
      opened={opened}
      onClose={onClose}
      title="Renew this licence"
      deed="Renew it"
      run={() => send(false)}
      ready={would.data !== undefined}
      error={would.error}
    >
      <TextInput type="date" label="It ends on" value={day} onChange={(event) => setDay(event.currentTarget.value)} data-autofocus />
      {would.data?.ends !== undefined && (
        <p>
          By the terms that is <Time at={would.data.ends} />.
        </p>
      )}
    </DeedForm>
  )
}

function aYearAfter(ends: string | undefined): string {
  const date = new Date(Math.max(readClock(), ends === undefined ? 0 : Date.parse(ends)))
  date.setFullYear(date.getFullYear() + 1)
  return date.toISOString().slice(0, 10)
}
