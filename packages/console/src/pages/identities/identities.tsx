import { NativeSelect, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { getRouteApi } from '@tanstack/react-router'
import { given } from '../../api/pages.ts'
import { Act } from '../../parts/act.tsx'
import { BulkLink } from '../../parts/bulk-link.tsx'
import { Filters } from '../../parts/filters.tsx'
import { IdentityTable, useIdentities } from '../../parts/identity-table.tsx'
import { Page } from '../../parts/page.tsx'
import { Empty } from '../../parts/states.tsx'
import { counted } from '../../parts/when.ts'
import { CreateIdentity, KINDS } from './create.tsx'

const STATES = ['active', 'suspended', 'revoked'] as const
const route = getRouteApi('/identities')

export function Identities() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const kind = KINDS.find((each) => each === search.kind)
  const status = STATES.find((each) => each === search.status)
  const { organization, q } = search
  const filter = given({ organization, kind, status, q })
  const list = useIdentities(filter)
  const [adding, add] = useDisclosure()
  const set = (name: 'kind' | 'status' | 'q', value: string) =>
    navigate({ to: '.', search: { ...search, [name]: value === '' ? undefined : value }, replace: true })
  const of = organization === undefined ? 'this authority knows' : `belong to ${organization}`
  const many = list.data && `${list.more ? 'More than ' : ''}${counted(list.data.length, 'identity', 'identities')}`
  return (
    <Page
      title="Identities"
      actions={
        <>
          <BulkLink kind="identities" />
          <Act needs="identities.write" variant="filled" onClick={add.open}>
            Add a person
          </Act>
        </>
      }
      sentence={
        many === undefined
          ? `The people, services, machines and agents that ${of}.`
          : `${many} ${of}${status === undefined ? '' : `, ${status}`}.`
      }
    >
      <Filters>
        <TextInput
          label="Named"
          placeholder="part of a name, id or mail"
          value={q ?? ''}
          onChange={(event) => void set('q', event.currentTarget.value)}
        />
        <NativeSelect
          label="Kind"
          data={[{ value: '', label: 'Every kind' }, ...KINDS]}
          value={kind ?? ''}
          onChange={(event) => set('kind', event.currentTarget.value)}
        />
        <NativeSelect
          label="State"
          data={[{ value: '', label: 'Every state' }, ...STATES]}
          value={status ?? ''}
          onChange={(event) => set('status', event.currentTarget.value)}
        />
      </Filters>
      <IdentityTable
        label="Identities"
        filter={filter}
        empty={
          <Empty says={Object.keys(filter).length > 0 ? 'Nobody is like that.' : 'Nobody is known here yet.'}>
            <p>{Object.keys(filter).length > 0 ? 'Ask for less, add somebody, or write' : 'Add the first here, import a file, or write'}</p>
            <pre>npx writ identity create --id ann --in acme:analyst</pre>
          </Empty>
        }
      />
      <CreateIdentity key={String(adding)} opened={adding} onClose={add.close} />
    </Page>
  )
}
