import { NativeSelect, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { answer, oneTime } from '@writ/client'
import { useState } from 'react'
import { api } from '../../api/client.ts'
import { DeedForm } from '../../parts/deed-form.tsx'
import { idFrom } from '../../parts/id-from.ts'
import { Pick } from '../../parts/pick.tsx'
import { Roles } from '../../parts/roles.tsx'

export const KINDS = ['human', 'service', 'machine', 'agent'] as const

interface CreateIdentityProps {
  /** To which it will belong; absent: it is asked. */
  readonly organization?: string
  readonly opened: boolean
  readonly onClose: () => void
}

/** A new person, service, machine or agent, in an organization with roles. */
export function CreateIdentity({ organization: given, opened, onClose }: CreateIdentityProps) {
  const navigate = useNavigate()
  const [name, setName] = useState('')
  const [typed, setTyped] = useState<string>()
  const [kind, setKind] = useState<(typeof KINDS)[number]>('human')
  const [chosen, setChosen] = useState('')
  const [roles, setRoles] = useState<readonly string[]>([])
  const id = typed ?? idFrom(name)
  const organization = given ?? chosen
  return (
    <DeedForm
      opened={opened}
      onClose={onClose}
      title="Add a person or a service"
      deed="Add it"
      run={async () => {
        const body = {
          kind,
          ...(id !== '' && { id }),
          ...(name.trim() !== '' && { name: name.trim() }),
          ...(organization !== '' && { in: { [organization]: [...roles] } }),
        }
        const made = await answer(api.POST('/v1/identities', { body, headers: oneTime() }))
        if (given === undefined) await navigate({ to: '/identities/$id', params: { id: made.id } })
        return made
      }}
      done={(made) => ({ says: `${made.name ?? made.id} is known now.` })}
      ready={id !== '' || name.trim() !== ''}
    >
      <TextInput
        label="Name"
        placeholder="Ann Abara"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        maxLength={200}
        data-autofocus
      />
      <TextInput
        label="Id"
        description="As your application names them: what it sends when it asks. It stays."
        value={id}
        onChange={(event) => setTyped(event.currentTarget.value)}
        maxLength={128}
        classNames={{ input: 'code' }}
        autoComplete="off"
        spellCheck={false}
      />
      <NativeSelect
        label="Kind"
        data={[...KINDS]}
        value={kind}
        onChange={(event) => setKind(KINDS.find((each) => each === event.currentTarget.value) ?? 'human')}
      />
      {given === undefined && <Pick of="organization" label="Belongs to" value={chosen} onChange={setChosen} />}
      {organization !== '' && <Roles organization={organization} value={roles} onChange={setRoles} />}
    </DeedForm>
  )
}
