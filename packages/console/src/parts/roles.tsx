import { Checkbox, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { organizationQuery } from '../api/records.ts'
import { OWN, ownProductQuery, productsQuery } from '../api/terms.ts'
import classes from './roles.module.css'

interface RolesProps {
  /** In which the roles are held. */
  readonly organization: string
  readonly value: readonly string[]
  readonly onChange: (roles: readonly string[]) => void
}

/** Roles to choose from: those of the terms, and the organization's own. Others that are held already stay. */
export function Roles({ organization, value, onChange }: RolesProps) {
  const own = organization === OWN
  const sold = useQuery({ ...productsQuery, enabled: !own })
  const runs = useQuery({ ...ownProductQuery, enabled: own })
  const { data } = useQuery({ ...organizationQuery(organization), enabled: organization !== '' && !own })
  const products = own ? (runs.data === undefined ? [] : [runs.data]) : (sold.data ?? [])
  const offered = new Set([
    ...products.flatMap(({ contract }) => Object.keys(contract.roles ?? {})),
    ...Object.keys(data?.roles ?? {}),
    ...value,
  ])
  // Where the key may not read the terms, one knows the names or asks.
  if (sold.isError || runs.isError) {
    return (
      <TextInput
        label="Roles"
        placeholder="analyst, viewer"
        defaultValue={value.join(', ')}
        onChange={(event) => onChange(namesIn(event.currentTarget.value))}
      />
    )
  }
  return (
    <fieldset className={classes.roles}>
      <legend>Roles</legend>
      {offered.size === 0 && <span className="quiet">No terms name a role yet.</span>}
      {[...offered].map((role) => (
        <Checkbox
          key={role}
          label={role}
          checked={value.includes(role)}
          onChange={(event) => onChange(event.currentTarget.checked ? [...value, role] : value.filter((each) => each !== role))}
        />
      ))}
    </fieldset>
  )
}

function namesIn(text: string): string[] {
  const names = text.split(',').map((name) => name.trim())
  return [...new Set(names.filter((name) => name !== ''))]
}
