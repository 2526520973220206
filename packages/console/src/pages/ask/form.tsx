import { Autocomplete, Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useEffect, useState } from 'react'
import { identityQuery, resourcesQuery } from '../../api/records.ts'
import { productsQuery } from '../../api/terms.ts'
import { readClock } from '../../clock.ts'
import classes from './ask.module.css'
import { bodyOf, type Fault, FIELDS, isFault, type Question, readQuestion } from './question.ts'

interface FormProps {
  readonly question: Question
  readonly fault: Fault | undefined
  readonly onAsk: (question: Question) => void
}

/** Who, what, and what they had with them. It suggests what the authority knows, and takes what it does not. */
export function Form({ question, fault: known, onAsk }: FormProps) {
  const [draft, setDraft] = useState<Question>(question)
  const [fault, setFault] = useState<Fault>()
  useEffect(() => setDraft(question), [question])
  const { data: products = [] } = useQuery(productsQuery)
  const { data: resources = [] } = useQuery(resourcesQuery)
  const { data: who } = useQuery({ ...identityQuery(question.identity ?? ''), enabled: question.identity !== undefined })

  const features = products.map(({ id, title, contract }) => ({
    group: title,
    items: Object.keys(contract.features ?? {}).map((name) => `${id}:${name}`),
  }))
  const levels = [...new Set(products.flatMap(({ contract }) => Object.keys(contract.assurance ?? {})))]
  const field = (name: keyof Question) => ({
    value: draft[name] ?? '',
    error: (fault ?? known)?.field === name && (fault !== undefined || draft.feature !== undefined) ? (fault ?? known)?.says : undefined,
    autoComplete: 'off',
    spellCheck: false,
  })
  const set = (name: keyof Question) => (value: string) => setDraft((before) => ({ ...before, [name]: value }))

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const next = readQuestion(Object.fromEntries(FIELDS.map((name) => [name, draft[name]?.trim() ?? ''])))
    const body = bodyOf(next, readClock())
    if (isFault(body)) return setFault(body)
    setFault(undefined)
    onAsk(next)
  }
  const addProof = (level: string) => set('proofs')([...(draft.proofs?.trim() ? [draft.proofs.trim()] : []), level].join(', '))

  return (
    <form className={classes.form} onSubmit={submit} aria-label="The question">
      <TextInput label="Who" placeholder="ann" {...field('identity')} onChange={(event) => set('identity')(event.currentTarget.value)} />
      <Autocomplete label="Feature" placeholder="atlas:report.export" data={features} {...field('feature')} onChange={set('feature')} />
      <Autocomplete
        label="Organization"
        placeholder="any"
        data={Object.keys(who?.in ?? {})}
        {...field('organization')}
        onChange={set('organization')}
      />
      <Autocomplete
        label="Resource"
        placeholder="none"
        data={resources.map(({ id }) => id)}
        {...field('resource')}
        onChange={set('resource')}
      />
      <TextInput
        label="Commands"
        placeholder="select, insert"
        {...field('commands')}
        onChange={(event) => set('commands')(event.currentTarget.value)}
      />
      <TextInput
        label="Facts that came along"
        placeholder="country=DE"
        {...field('context')}
        onChange={(event) => set('context')(event.currentTarget.value)}
      />
      <div>
        <TextInput
          label="Proofs"
          placeholder="passkey, otp@2026-10-05T08:00:00Z"
          {...field('proofs')}
          onChange={(event) => set('proofs')(event.currentTarget.value)}
        />
        {levels.length > 0 && (
          <div className={classes.levels}>
            {levels.map((level) => (
              <Button
                key={level}
                size="compact-xs"
                variant="default"
                onClick={() => addProof(level)}
                aria-label={`Add the proof ${level}, just now`}
              >
                + {level}
              </Button>
            ))}
          </div>
        )}
      </div>
      <TextInput
        label="An amount or value"
        placeholder="none"
        {...field('wanted')}
        onChange={(event) => set('wanted')(event.currentTarget.value)}
      />
      <TextInput
        label="When"
        description="Another time asks what will be, or what was by the facts of today."
        placeholder="now"
        {...field('at')}
        onChange={(event) => set('at')(event.currentTarget.value)}
      />
      <Button type="submit">Ask</Button>
    </form>
  )
}
