import { Button, NativeSelect, TextInput } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { type FormEvent, useEffect, useState } from 'react'
import { readClock } from '../../clock.ts'
import classes from './audit.module.css'

const route = getRouteApi('/audit')
type Field = 'actor' | 'action' | 'subject' | 'organization' | 'text' | 'identity' | 'feature' | 'reason'

const PERIODS = {
  '': 'All time',
  hour: 'The last hour',
  day: 'The last 24 hours',
  week: 'The last 7 days',
  month: 'The last 30 days',
} as const
const LENGTHS: Readonly<Record<string, number>> = { hour: 3_600_000, day: 86_400_000, week: 7 * 86_400_000, month: 30 * 86_400_000 }

interface SearchProps {
  readonly fields: readonly (readonly [field: Field, label: string, example: string])[]
  readonly choice: {
    readonly field: 'result' | 'allowed'
    readonly label: string
    readonly data: readonly { value: string; label: string }[]
  }
}

/** What the audit is narrowed to. Enter asks; the address keeps it. */
export function Search({ fields, choice }: SearchProps) {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const [draft, setDraft] = useState<Partial<Record<Field, string>>>(search)
  useEffect(() => setDraft(search), [search])
  const go = (more: Record<string, string | undefined>) => {
    const next = Object.entries({ ...search, ...more, open: undefined }).filter(([, value]) => value !== undefined && value !== '')
    void navigate({ to: '.', search: Object.fromEntries(next) })
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    go(Object.fromEntries(fields.map(([field]) => [field, draft[field]?.trim()])))
  }
  const period = (value: string) =>
    go({ from: value === '' ? undefined : new Date(readClock() - (LENGTHS[value] ?? 0)).toISOString(), to: undefined })
  const asked = Object.keys(search).some((name) => name !== 'view' && name !== 'open')
  return (
    <search>
      <form className={classes.search} onSubmit={submit}>
        {fields.map(([field, label, example]) => (
          <TextInput
            key={field}
            label={label}
            placeholder={example}
            value={draft[field] ?? ''}
            onChange={(event) => {
              const { value } = event.currentTarget
              setDraft((before) => ({ ...before, [field]: value }))
            }}
            autoComplete="off"
            spellCheck={false}
          />
        ))}
        <NativeSelect
          label={choice.label}
          data={[...choice.data]}
          value={search[choice.field] ?? ''}
          onChange={(event) => go({ [choice.field]: event.currentTarget.value })}
        />
        <NativeSelect
          label="When"
          data={[
            ...Object.entries(PERIODS).map(([value, label]) => ({ value, label })),
            ...(search.from === undefined ? [] : [{ value: 'from', label: `Since ${new Date(search.from).toLocaleString()}` }]),
          ]}
          value={search.from === undefined ? '' : 'from'}
          onChange={(event) => period(event.currentTarget.value)}
        />
        <Button type="submit" variant="default">
          Search
        </Button>
        {asked && (
          <Button
            variant="subtle"
            onClick={() => void navigate({ to: '.', search: search.view === undefined ? {} : { view: search.view } })}
          >
            Show all
          </Button>
        )}
      </form>
    </search>
  )
}
