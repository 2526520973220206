import { useDisclosure } from '@mantine/hooks'
import { answer, oneTime } from '@writ/client'
import { useState } from 'react'
import { api } from '../../api/client.ts'
import { Act } from '../../parts/act.tsx'
import { DeedForm } from '../../parts/deed-form.tsx'
import { IdentityTable } from '../../parts/identity-table.tsx'
import { Section } from '../../parts/page.tsx'
import { Pick } from '../../parts/pick.tsx'
import { Roles } from '../../parts/roles.tsx'
import { Empty } from '../../parts/states.tsx'
import { CreateIdentity } from '../identities/create.tsx'

/** Who belongs to an organization, and as what. */
export function People({ organization }: { readonly organization: string }) {
  const [adding, add] = useDisclosure()
  const [joining, join] = useDisclosure()
  return (
    <Section
      title="People"
      note="and services, machines and agents that belong to it"
      actions={
        <>
          <Act needs="identities.write" size="xs" onClick={add.open}>
            Add a person
          </Act>
          <Act needs="identities.write" size="xs" onClick={join.open}>
            Add somebody known
          </Act>
        </>
      }
    >
      <IdentityTable
        label="People"
        filter={{ organization }}
        empty={
          <Empty says="Nobody belongs to it yet.">
            <p>Add people here, import a file of them, or write</p>
            <pre>npx writ identity create --id ann --in {organization}:analyst</pre>
          </Empty>
        }
      />
      <CreateIdentity key={`new ${adding}`} organization={organization} opened={adding} onClose={add.close} />
      <Join key={`known ${joining}`} organization={organization} opened={joining} onClose={join.close} />
    </Section>
  )
}

interface JoinProps {
  readonly organization: string
  readonly opened: boolean
  readonly onClose: () => void
}

function Join({ organization, opened, onClose }: JoinProps) {
  const [id, setId] = useState('')
  const [roles, setRoles] = useState<readonly string[]>([])
  const path = { id, organization }
  return (
    <DeedForm
      opened={opened}
      onClose={onClose}
      title="Add somebody who is known already"
      deed="Add them"
      run={() =>
        answer(
          api.PUT('/v1/identities/{id}/memberships/{organization}', { params: { path }, body: { roles: [...roles] }, headers: oneTime() }),
        )
      }
      done={() => ({
        says: `${id} belongs to it now.`,
        undo: () => answer(api.DELETE('/v1/identities/{id}/memberships/{organization}', { params: { path }, headers: oneTime() })),
      })}
      ready={id !== ''}
    >
      <Pick of="identity" label="Who" value={id} onChange={setId} />
      <Roles organization={organization} value={roles} onChange={setRoles} />
    </DeedForm>
  )
}
