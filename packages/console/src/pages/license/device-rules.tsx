import { NativeSelect, NumberInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { answer, oneTime } from '@writ/client'
import { useState } from 'react'
import { type Answered, api } from '../../api/client.ts'
import { Act } from '../../parts/act.tsx'
import { DeedForm } from '../../parts/deed-form.tsx'

type Rules = Answered<'readActivationRules'>

/** How many devices there may be, and what the customer may do without asking. Devices that are activated stay so, so it can be undone. */
export function DeviceRules({ license, rules }: { readonly license: string; readonly rules: Rules }) {
  const [opened, { open, close }] = useDisclosure()
  return (
    <>
      <Act needs="licenses.write" size="xs" onClick={open}>
        Change the rules of devices
      </Act>
      <Form key={String(opened)} license={license} rules={rules} opened={opened} onClose={close} />
    </>
  )
}

interface FormProps {
  readonly license: string
  readonly rules: Rules
  readonly opened: boolean
  readonly onClose: () => void
}

function Form({ license, rules, opened, onClose }: FormProps) {
  const [next, setNext] = useState(rules)
  const put = (body: Rules) =>
    answer(api.PUT('/v1/licenses/{id}/activation-rules', { params: { path: { id: license } }, body, headers: oneTime() }))
  const figure = (name: 'most' | 'self_releases' | 'most_days', label: string, description: string, max: number) => (
    <NumberInput
      label={label}
      description={description}
      value={next[name]}
      onChange={(value) => typeof value === 'number' && setNext({ ...next, [name]: value })}
      min={0}
      max={max}
      allowDecimal={false}
    />
  )
  return (
    <DeedForm
      opened={opened}
      onClose={onClose}
      title="How this licence may be activated"
      deed="Change the rules"
      run={() => put(next)}
      done={() => ({ says: 'The rules of devices are changed.', undo: () => put(rules) })}
    >
      {figure('most', 'Devices at a time', 'Those that are activated stay, also where there are more.', 1_000_000)}
      {figure('self_releases', 'Releases by the customer', 'Within 30 days, without asking you.', 1_000)}
      {figure('most_days', 'Days of a check-out', 'The most that a device may be away with no network by its own wish; 0: none.', 366)}
      <NativeSelect
        label="People"
        description="Who may use it on the device."
        data={[
          { value: 'asserted', label: 'Whom the application names' },
          { value: 'roster', label: 'Only who is in the file' },
        ]}
        value={next.identities}
        onChange={({ currentTarget: { value } }) => setNext({ ...next, identities: value as Rules['identities'] })}
      />
    </DeedForm>
  )
}
