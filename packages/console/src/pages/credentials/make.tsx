import { Button, Checkbox, Group, Modal, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { answer, oneTime } from '@writ/client'
import { type FormEvent, useState } from 'react'
import { type Answered, api } from '../../api/client.ts'
import { changed } from '../../api/live.ts'
import { Copy } from '../../parts/copy.tsx'
import { Failure } from '../../parts/states.tsx'
import classes from './credentials.module.css'
import { does, sees } from './reach.ts'

type Key = Answered<'readApiKey'>
type Scope = Key['scopes'][number]

const KINDS: readonly { readonly name: string; readonly says: string; readonly scopes: readonly Scope[] }[] = [
  {
    name: 'An application',
    says: 'asks, consumes, and says who asks',
    scopes: ['decide', 'consume', 'assert:identity', 'assert:context', 'assert:proofs'],
  },
  {
    name: 'A support person',
    says: 'asks any question at any time, and reads who did what',
    scopes: [
      'decide',
      'simulate',
      'assert:identity',
      'assert:context',
      'assert:proofs',
      'manage:identities',
      'manage:audit',
      'manage:decisions',
    ],
  },
  { name: 'An auditor', says: 'reads who did what and what was decided', scopes: ['manage:audit', 'manage:decisions'] },
  {
    name: 'An administrator',
    says: 'manages everything',
    scopes: ['decide', 'consume', 'simulate', 'assert:identity', 'assert:resource', 'assert:context', 'assert:proofs', 'manage:*'],
  },
]

interface MakeProps {
  readonly opened: boolean
  readonly onClose: () => void
  /** A key to be followed by one that reaches as far: both are live until the old one is revoked. */
  readonly like?: Key | undefined
}

/** A new key, shown once. */
export function Make({ opened, onClose, like }: MakeProps) {
  const [name, setName] = useState(like?.name ?? '')
  const [kind, setKind] = useState(0)
  const [products, setProducts] = useState('')
  const [organizations, setOrganizations] = useState('')
  const [silent, setSilent] = useState(false)
  const making = useMutation({
    mutationFn: () =>
      answer(
        api.POST('/v1/api-keys', {
          body:
            like === undefined
              ? {
                  name: name.trim(),
                  scopes: [...(KINDS[kind]?.scopes ?? [])],
                  ...limits({ products, organizations }),
                  ...(silent && { reasons: false }),
                }
              : {
                  name: name.trim(),
                  scopes: like.scopes,
                  reasons: like.reasons,
                  ...(like.products && { products: like.products }),
                  ...(like.organizations && { organizations: like.organizations }),
                },
          headers: oneTime(),
        }),
      ),
    onSuccess: changed,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    making.mutate()
  }
  const title = like === undefined ? 'Make an API key' : `Rotate ${like.name}`
  const made = making.data
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={made === undefined ? title : 'The key, shown this once'}
      size={520}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {made === undefined ? (
        <form onSubmit={submit} className={classes.form}>
          <TextInput
            label="Its name"
            description="What will use it, so that others know."
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            required
            maxLength={200}
            data-autofocus
          />
          {like === undefined ? (
            <>
              <fieldset className={classes.kinds}>
                <legend>For</legend>
                {KINDS.map(({ name: label, says }, index) => (
                  <label key={label}>
                    <input type="radio" name="kind" checked={kind === index} onChange={() => setKind(index)} /> {label}{' '}
                    <span className="quiet">{says}</span>
                  </label>
                ))}
              </fieldset>
              <TextInput
                label="Only these products"
                placeholder="all; or atlas, vault"
                value={products}
                onChange={(event) => setProducts(event.currentTarget.value)}
              />
              <TextInput
                label="Only these organizations"
                placeholder="all; or acme, globex"
                value={organizations}
                onChange={(event) => setOrganizations(event.currentTarget.value)}
              />
              <Checkbox
                label="Is told yes or no, and never why"
                checked={silent}
                onChange={(event) => setSilent(event.currentTarget.checked)}
              />
            </>
          ) : (
            <p>
              The new key may {does(like.scopes)} and sees {sees(like)}, as the old one. Both are live: put the new one in place, see that
              the old one is no longer used, then revoke the old one.
            </p>
          )}
          {making.isError && <Failure error={making.error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={making.isPending} disabled={name.trim() === ''}>
              Make the key
            </Button>
          </Group>
        </form>
      ) : (
        <>
          <p>Put it where {made.name} reads its secrets. It cannot be shown again; another can be made at any time.</p>
          <pre className={classes.secret}>{made.key}</pre>
          <Group gap="xs">
            <Copy text={made.key} label="Copy the key" />
            <Button size="xs" onClick={onClose}>
              Done
            </Button>
          </Group>
        </>
      )}
    </Modal>
  )
}

function limits(of: { readonly products: string; readonly organizations: string }): { products?: string[]; organizations?: string[] } {
  const named = Object.entries(of).map(
    ([what, text]) =>
      [
        what,
        text
          .split(',')
          .map((id) => id.trim())
          .filter((id) => id !== ''),
      ] as const,
  )
  return Object.fromEntries(named.filter(([, ids]) => ids.length > 0))
}
