import { useDisclosure } from '@mantine/hooks'
import { Link } from '@tanstack/react-router'
import { answer, oneTime } from '@writ/client'
import { useState } from 'react'
import { api } from '../../api/client.ts'
import { type Identity, useTitles } from '../../api/records.ts'
import { Act } from '../../parts/act.tsx'
import { DeedForm } from '../../parts/deed-form.tsx'
import { Section } from '../../parts/page.tsx'
import { Pick } from '../../parts/pick.tsx'
import { Roles } from '../../parts/roles.tsx'
import { useDeed } from '../../parts/told.tsx'
import classes from './identity.module.css'

interface MembershipsProps {
  readonly identity: Identity
  readonly titleOf: (organization: string) => string
}

function put(id: string, organization: string, roles: readonly string[]) {
  const params = { path: { id, organization } }
  return answer(api.PUT('/v1/identities/{id}/memberships/{organization}', { params, body: { roles: [...roles] }, headers: oneTime() }))
}

/**
 * Does it, and gives back what takes it back: the roles as they are just before, since this page may show those of a moment ago.
 * @returns the undo; absent: there was no membership
 */
async function instead(id: string, organization: string, run: () => Promise<unknown>): Promise<(() => Promise<unknown>) | undefined> {
  const { in: places } = await answer(api.GET('/v1/identities/{id}', { params: { path: { id } } }))
  const before = places[organization]
  await run()
  return before && (() => put(id, organization, before))
}

/** Where somebody belongs, and as what. Leaving can be undone, but for the seat. */
export function Memberships({ identity, titleOf }: MembershipsProps) {
  const { id, in: places, status } = identity
  const name = identity.name ?? id
  const deed = useDeed()
  const [changing, setChanging] = useState<string>()
  const [joining, join] = useDisclosure()
  const leave = (organization: string) => {
    const params = { path: { id, organization } }
    const end = () => answer(api.DELETE('/v1/identities/{id}/memberships/{organization}', { params, headers: oneTime() }))
    let undo: (() => Promise<unknown>) | undefined
    deed.mutate({
      run: async () => {
        undo = await instead(id, organization, end)
      },
      done: `${name} has left ${titleOf(organization)}; a seat there is free.`,
      undo: async () => undo?.(),
    })
  }
  const open = status !== 'revoked'
  return (
    <Section
      title="Belongs to"
      actions={
        open && (
          <Act needs="identities.write" size="xs" onClick={join.open}>
            Add to an organization
          </Act>
        )
      }
    >
      {Object.keys(places).length === 0 ? (
        <p className="quiet">No organization, so only licences of their own count.</p>
      ) : (
        <ul className={classes.list}>
          {Object.entries(places).map(([organization, roles]) => (
            <li key={organization}>
              <Link to="/organizations/$id" params={{ id: organization }}>
                {titleOf(organization)}
              </Link>
              <span>{roles.length === 0 ? 'without a role' : `as ${roles.join(', ')}`}</span>
              {open && (
                <>
                  <Act needs="identities.write" size="compact-xs" onClick={() => setChanging(organization)}>
                    Change the roles<span className="hidden"> at {titleOf(organization)}</span>
                  </Act>
                  <Act needs="identities.write" size="compact-xs" onClick={() => leave(organization)}>
                    Take out<span className="hidden"> of {titleOf(organization)}</span>
                  </Act>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      <Join
        key={changing ?? String(joining)}
        identity={identity}
        organization={changing}
        opened={joining || changing !== undefined}
        onClose={() => (changing === undefined ? join.close() : setChanging(undefined))}
      />
    </Section>
  )
}

interface JoinProps {
  readonly identity: Identity
  /** Whose roles change; absent: another is chosen. */
  readonly organization: string | undefined
  readonly opened: boolean
  readonly onClose: () => void
}

function Join({ identity, organization: given, opened, onClose }: JoinProps) {
  const { id, in: places } = identity
  const before = given === undefined ? undefined : places[given]
  const [chosen, setChosen] = useState('')
  const [roles, setRoles] = useState<readonly string[]>(before ?? [])
  const organization = given ?? chosen
  const titleOf = useTitles(organization === '' ? [] : [organization])
  const gone = before?.filter((role) => !roles.includes(role)) ?? []
  return (
    <DeedForm
      opened={opened}
      onClose={onClose}
      title={given === undefined ? `Add ${identity.name ?? id} to an organization` : `Roles at ${titleOf(given)}`}
      deed={given === undefined ? 'Add them' : 'Change the roles'}
      run={() => instead(id, organization, () => put(id, organization, roles))}
      done={(undo) => ({
        says: `${identity.name ?? id} is ${roles.length === 0 ? 'without a role' : roles.join(', ')} at ${titleOf(organization)}.`,
        ...(undo !== undefined && { undo }),
      })}
      ready={organization !== ''}
    >
      {given === undefined && <Pick of="organization" label="Organization" value={chosen} onChange={setChosen} />}
      {organization !== '' && <Roles organization={organization} value={roles} onChange={setRoles} />}
      {gone.length > 0 && <p>What only {gone.join(' and ')} may do is lost at once.</p>}
    </DeedForm>
  )
}
