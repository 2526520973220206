import { TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { answer, oneTime } from '@writ/client'
import { useState } from 'react'
import { api } from '../../api/client.ts'
import { DeedForm } from '../../parts/deed-form.tsx'
import { idFrom } from '../../parts/id-from.ts'

/** A new customer; afterwards one is on its page. */
export function CreateOrganization({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const navigate = useNavigate()
  const [title, setTitle] = useState('')
  const [typed, setTyped] = useState<string>()
  const id = typed ?? idFrom(title)
  return (
    <DeedForm
      opened={opened}
      onClose={onClose}
      title="Create an organization"
      deed="Create it"
      run={async () => {
        const body = { title: title.trim(), ...(id !== '' && { id }) }
        const made = await answer(api.POST('/v1/organizations', { body, headers: oneTime() }))
        await navigate({ to: '/organizations/$id', params: { id: made.id } })
        return made
      }}
      done={(made) => ({ says: `${made.title} is a customer. Without a licence nobody there may do anything yet.` })}
      ready={title.trim() !== ''}
    >
      <TextInput
        label="Name"
        placeholder="Acme Logistics"
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
        maxLength={200}
        required
        withAsterisk={false}
        data-autofocus
      />
      <TextInput
        label="Id"
        description="In addresses, terms and logs; it stays. Empty: one is made up."
        value={id}
        onChange={(event) => setTyped(event.currentTarget.value)}
        maxLength={128}
        classNames={{ input: 'code' }}
        autoComplete="off"
        spellCheck={false}
      />
    </DeedForm>
  )
}
