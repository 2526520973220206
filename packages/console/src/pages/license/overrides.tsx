import { NativeSelect, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { answer, oneTime } from '@writ/client'
import { useState } from 'react'
import { api } from '../../api/client.ts'
import { type Contract, entriesOf } from '../../api/contract.ts'
import type { License } from '../../api/records.ts'
import { Act } from '../../parts/act.tsx'
import { DeedForm } from '../../parts/deed-form.tsx'
import { Section } from '../../parts/page.tsx'
import { useDeed } from '../../parts/told.tsx'
import classes from './license.module.css'
import { featuresOf, type Overrides, ownOf, withOwn, withoutOwn } from './own.ts'

interface OwnProps {
  readonly license: License
  readonly contract: Contract | undefined
}

/** Sets all of it at once, if nobody else did meanwhile. @returns the licence as it is then */
function put({ id }: License, overrides: Overrides | null, version: number) {
  const headers = { 'If-Match': `"${version}"`, ...oneTime() }
  return answer(api.PATCH('/v1/licenses/{id}', { params: { path: { id } }, body: { overrides: overrides as never }, headers }))
}

/** What this licence has of its own beside its plan. Taking a point back can be undone, so it is done at once. */
export function Own({ license, contract }: OwnProps) {
  const deed = useDeed()
  const [adding, add] = useDisclosure()
  const plan = contract?.plans?.[license.plan]
  const before = license.overrides as Overrides | undefined
  const own = ownOf(before, plan)
  const remove = ({ part, key, says }: (typeof own)[number]) => {
    let { version } = license
    deed.mutate({
      run: async () => {
        ;({ version } = await put(license, withoutOwn(before, part, key), version))
      },
      done: `Taken back: ${says}. The plan holds again.`,
      undo: () => put(license, before ?? null, version),
    })
  }
  return (
    <Section
      title="Of its own"
      note="what this licence has beside its plan"
      actions={
        license.state !== 'license_revoked' && (
          <Act needs="licenses.write" size="xs" onClick={add.open}>
            Add an override
          </Act>
        )
      }
    >
      {own.length === 0 ? (
        <p className="quiet">Nothing: the plan {license.plan} holds as it is.</p>
      ) : (
        <ul className={classes.list}>
          {own.map((point) => (
            <li key={`${point.part} ${point.key}`}>
              <span>{point.says}</span>
              <span className="quiet">instead of: {point.plan}</span>
              <Act needs="licenses.write" size="compact-xs" onClick={() => remove(point)}>
                Take back
                <span className="hidden">: {point.says}</span>
              </Act>
            </li>
          ))}
        </ul>
      )}
      <Add key={String(adding)} license={license} contract={contract} opened={adding} onClose={add.close} />
    </Section>
  )
}

type What = 'limit' | 'give' | 'take' | 'named' | 'floating' | 'expiry' | 'payment'
const WHAT: readonly { readonly value: What; readonly label: string }[] = [
  { value: 'limit', label: 'Another limit of a feature' },
  { value: 'give', label: 'A feature more' },
  { value: 'take', label: 'A feature less' },
  { value: 'named', label: 'Other named seats' },
  { value: 'floating', label: 'Floating seats' },
  { value: 'expiry', label: 'Another grace after its end' },
  { value: 'payment', label: 'Another grace for payment' },
]

function Add({ license, contract, opened, onClose }: OwnProps & { readonly opened: boolean; readonly onClose: () => void }) {
  const plan = contract?.plans?.[license.plan]
  const before = license.overrides as Overrides | undefined
  const [what, setWhat] = useState<What>('limit')
  const [feature, setFeature] = useState('')
  const [text, setText] = useState('')
  const ofFeature = what === 'limit' || what === 'give' || what === 'take'
  const features = featuresOf(contract).filter(({ value }) => (what === 'give') === (entriesOf(plan, value).length === 0))
  const name = features.some(({ value }) => value === feature) ? feature : (features[0]?.value ?? '')
  const amount = what === 'named' || what === 'floating' ? Number(text) : text.trim()
  const next =
    what === 'limit'
      ? withOwn(before, 'includes', name, { limit: amount })
      : what === 'give'
        ? withOwn(before, 'includes', name, text.trim() === '' ? {} : { limit: amount })
        : what === 'take'
          ? withOwn(before, 'includes', name, [])
          : what === 'named' || what === 'floating'
            ? withOwn(before, 'seats', what, amount)
            : withOwn(before, 'grace', what, amount)
  const [label, placeholder] = FIELDS[what]
  return (
    <DeedForm
      opened={opened}
      onClose={onClose}
      title="Add an override"
      deed="Add it"
      run={() => put(license, next, license.version)}
      done={({ version }) => ({ says: 'This licence has it of its own now.', undo: () => put(license, before ?? null, version) })}
      ready={ofFeature ? name !== '' && (what !== 'limit' || text.trim() !== '') : text.trim() !== ''}
    >
      <NativeSelect
        label="What it gets"
        data={[...WHAT]}
        value={what}
        onChange={(event) => setWhat(event.currentTarget.value as What)}
        data-autofocus
      />
      {ofFeature &&
        (features.length === 0 ? (
          <p>{what === 'give' ? 'The plan has every feature already.' : 'The plan has no feature.'}</p>
        ) : (
          <NativeSelect label="Feature" data={features} value={name} onChange={(event) => setFeature(event.currentTarget.value)} />
        ))}
      {label !== undefined && (
        <TextInput
          label={label}
          placeholder={placeholder}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          autoComplete="off"
        />
      )}
      {what === 'take' && <p>Whoever uses it loses it at once, under this licence alone.</p>}
      {what === 'floating' && <p>Seats of the other kind are replaced whole, and those who had one take a new one.</p>}
    </DeedForm>
  )
}

const FIELDS: Record<What, readonly [label?: string, placeholder?: string]> = {
  limit: ['Its limit', '5000 per month, or none'],
  give: ['Its limit, if any', '100 per month'],
  take: [],
  named: ['How many', '50'],
  floating: ['How many', '20'],
  expiry: ['How long', '30 days'],
  payment: ['How long', '14 days'],
}
