import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { answer } from '@writ/client'
import { useState } from 'react'
import { api } from '../api/client.ts'

interface PickProps {
  readonly of: 'organization' | 'identity'
  readonly label: string
  readonly description?: string
  /** Its id; empty: none yet. */
  readonly value: string
  readonly onChange: (id: string) => void
  /** Left out of what is offered. */
  readonly not?: string | undefined
}

const MOST = 20

/** One organization or identity out of any number, by any part of its name or id. */
export function Pick({ of, label, description, value, onChange, not }: PickProps) {
  const [typed, setTyped] = useState('')
  const [q] = useDebouncedValue(typed.trim(), 150)
  const { data = [], isFetching } = useQuery({
    queryKey: ['pick', of, q],
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }): Promise<readonly { id: string; name: string }[]> => {
      const params = { query: { limit: MOST, ...(q !== '' && { q }) } }
      if (of === 'organization') {
        const { items } = await answer(api.GET('/v1/organizations', { params, signal }))
        return items.map(({ id, title }) => ({ id, name: title }))
      }
      const { items } = await answer(api.GET('/v1/identities', { params, signal }))
      return items.map(({ id, name }) => ({ id, name: name ?? id }))
    },
  })
  const [known, setKnown] = useState<{ id: string; name: string }>()
  const offered = data.filter(({ id }) => id !== not)
  // What was chosen stays in the list, or its name could not be shown.
  const all = known === undefined || offered.some(({ id }) => id === known.id) ? offered : [known, ...offered]
  return (
    <Select
      label={label}
      {...(description !== undefined && { description })}
      placeholder="part of a name or id"
      data={all.map(({ id, name }) => ({ value: id, label: name === id ? id : `${name} (${id})` }))}
      value={value === '' ? null : value}
      onChange={(id) => {
        setKnown(all.find((each) => each.id === id))
        onChange(id ?? '')
      }}
      searchable
      filter={({ options }) => options}
      onSearchChange={(text) => setTyped(/ \(([^)]+)\)$/.exec(text)?.[1] ?? text)}
      nothingFoundMessage={isFetching ? 'Looking' : 'Nobody that your key sees is called that.'}
      withAsterisk={false}
      data-autofocus
    />
  )
}
