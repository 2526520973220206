import { TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { answer, oneTime } from '@writ/client'
import { useState } from 'react'
import { api } from '../../api/client.ts'
import type { Contract } from '../../api/contract.ts'
import { type License, type Resource, resourcesQuery } from '../../api/records.ts'
import { Act } from '../../parts/act.tsx'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { DeedForm } from '../../parts/deed-form.tsx'
import { Section } from '../../parts/page.tsx'
import { Loaded } from '../../parts/states.tsx'
import { useDeed } from '../../parts/told.tsx'

interface ResourcesProps {
  readonly organization: string
  readonly licenses: readonly License[]
  /** Of each licence. */
  readonly contracts: readonly (Contract | undefined)[]
}

/** Databases, hosts, APIs of the kinds that the plans reach. Whether somebody may reach one is Ask's to say. */
export function Resources({ organization, licenses, contracts }: ResourcesProps) {
  const query = useQuery(resourcesQuery)
  const deed = useDeed()
  const [declaring, declare] = useDisclosure()
  const all = licenses.flatMap((license, index) => reachOf(license, contracts[index]))
  const reach = [...new Map(all.map((each) => [each.feature, each])).values()]
  const kinds = [...new Set(reach.map(({ kind }) => kind))]
  if (kinds.length === 0) return null
  const remove = ({ id, kind, environment, region, labels }: Resource) => {
    const path = { path: { id } }
    const body = { id, kind, ...(environment && { environment }), ...(region && { region }), ...(labels && { labels }) }
    deed.mutate({
      run: () => answer(api.DELETE('/v1/resources/{id}', { params: path, headers: oneTime() })),
      done: `${id} is declared no more: nobody reaches it.`,
      undo: () => answer(api.POST('/v1/resources', { body, headers: oneTime() })),
    })
  }
  const columns: readonly Column<Resource>[] = [
    { name: 'Resource', share: 2, cell: ({ id }) => <span className="code">{id}</span> },
    { name: 'Kind', share: 1.2, wideOnly: true, cell: ({ kind }) => kind },
    {
      name: 'Where',
      share: 2,
      wideOnly: true,
      cell: ({ environment, region }) => [environment, region].filter((part) => part !== undefined).join(', '),
    },
    {
      name: 'Reached by',
      share: 2.4,
      cell: ({ id, kind }) =>
        reach
          .filter((each) => each.kind === kind)
          .map(({ feature, title }, index) => (
            <span key={feature}>
              {index > 0 && ', '}
              <Link to="/ask" search={{ feature, organization, resource: id }}>
                {title}
              </Link>
            </span>
          )),
    },
    {
      name: 'Change',
      share: 1.5,
      cell: (resource) => (
        <Act needs="organizations.write" size="compact-xs" onClick={() => remove(resource)}>
          Remove<span className="hidden"> {resource.id}</span>
        </Act>
      ),
    },
  ]
  return (
    <Section
      title="Resources"
      note="of the kinds that its plans reach; they are declared for the whole authority"
      actions={
        <Act needs="organizations.write" size="xs" onClick={declare.open}>
          Declare a resource
        </Act>
      }
    >
      <Loaded query={query} rows={2}>
        {(declared) => {
          const rows = declared.filter(({ kind }) => kinds.includes(kind))
          return rows.length === 0 ? (
            <p className="quiet">None of the kind {kinds.join(' or ')} is declared yet.</p>
          ) : (
            <DataTable label="Resources" columns={columns} rows={rows} idOf={({ id }) => id} one="resource" />
          )
        }}
      </Loaded>
      <Declare key={String(declaring)} kinds={kinds} opened={declaring} onClose={declare.close} />
    </Section>
  )
}

interface DeclareProps {
  readonly kinds: readonly string[]
  readonly opened: boolean
  readonly onClose: () => void
}

function Declare({ kinds, opened, onClose }: DeclareProps) {
  const [values, setValues] = useState({ id: '', kind: kinds[0] ?? '', environment: '', region: '' })
  const said = Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (value.trim() === '' ? [] : [[name, value.trim()]])))
  const field = (name: keyof typeof values, label: string, placeholder: string) => (
    <TextInput
      label={label}
      placeholder={placeholder}
      value={values[name]}
      onChange={(event) => {
        const { value } = event.currentTarget
        setValues((before) => ({ ...before, [name]: value }))
      }}
      autoComplete="off"
      spellCheck={false}
      {...(name === 'id' && { 'data-autofocus': true })}
    />
  )
  return (
    <DeedForm
      opened={opened}
      onClose={onClose}
      title="Declare a resource"
      deed="Declare it"
      run={() => answer(api.POST('/v1/resources', { body: said as { kind: string }, headers: oneTime() }))}
      done={({ id }) => ({ says: `${id} is declared: plans that match it reach it now.` })}
      ready={values.id.trim() !== '' && values.kind.trim() !== ''}
    >
      {field('id', 'Id', 'warehouse')}
      {field('kind', 'Kind', 'as the terms name it: postgres, ssh')}
      {field('environment', 'Environment', 'production')}
      {field('region', 'Region', 'eu-central')}
    </DeedForm>
  )
}

/** The features of a licence that are about a resource of some kind. */
function reachOf({ product, plan }: License, contract: Contract | undefined) {
  const included = contract?.plans?.[plan]?.includes ?? {}
  return Object.entries(contract?.features ?? {}).flatMap(([name, { resource: kind, title = name }]) =>
    kind === undefined || !Object.hasOwn(included, name) ? [] : [{ kind, feature: `${product}:${name}`, title }],
  )
}
