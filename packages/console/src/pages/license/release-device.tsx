import { Checkbox } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { answer, oneTime } from '@writ/client'
import { type ReactNode, useState } from 'react'
import { type Answered, api } from '../../api/client.ts'
import { useMay } from '../../api/me.ts'
import { useNow } from '../../clock.ts'
import { Act } from '../../parts/act.tsx'
import { DeedForm } from '../../parts/deed-form.tsx'
import { Time } from '../../parts/time.tsx'
import { counted, inFigures, listed } from '../../parts/when.ts'

type Device = Answered<'readActivation'>

interface DeviceProps {
  readonly device: Device
}

/** What a device may use with no network, in words; empty: nothing. */
export function shareOf({ quotas = {}, seats = 0 }: Device['share']): string {
  const parts = Object.entries(quotas).map(([meter, units]) => `${inFigures(units)} of ${meter}`)
  if (seats > 0) parts.unshift(counted(seats, 'seat'))
  return listed(parts)
}

/** A file that is out cannot be called back where nobody asks. */
export function StillRuns({ device: { file_until: until } }: DeviceProps) {
  if (until === undefined) return 'It has no file that is still good.'
  return (
    <>
      Where it has no network and carries in no status list, its file goes on until <Time at={until} />.
    </>
  )
}

/** Frees the place of a device, and its share where it is known to be gone; of one that is released already, the share alone. */
export function ReleaseDevice({ device }: DeviceProps) {
  const { name, state, share, file_until: until } = device
  const [opened, { open, close }] = useDisclosure()
  const now = useNow()
  // Until then its last file may use the share, and nobody else.
  const isHolding = shareOf(share) !== '' && until !== undefined && Date.parse(until) > now
  const isOver = state === 'released' || state === 'revoked'
  if (state === 'cloned' || (isOver && !isHolding)) return null
  return (
    <>
      <Act needs={isOver ? 'licenses.write' : 'activations.write'} size="xs" onClick={open}>
        {isOver ? `Free the share of ${name}` : `Release ${name}`}
      </Act>
      {isOver ? (
        <Deed device={device} title={`Free the share of ${name}`} freesShare opened={opened} onClose={close} />
      ) : (
        <Release device={device} isHolding={isHolding} opened={opened} onClose={close} />
      )}
    </>
  )
}

interface DialogProps extends DeviceProps {
  readonly opened: boolean
  readonly onClose: () => void
}

function Release({ isHolding, onClose, ...props }: DialogProps & { readonly isHolding: boolean }) {
  const { device } = props
  const [isGone, setGone] = useState(false)
  const why = useMay()('licenses.write')
  const close = () => {
    setGone(false)
    onClose()
  }
  return (
    <Deed {...props} title={`Release ${device.name}`} freesShare={isGone} onClose={close}>
      <p>
        Its place is free for another device at once. <StillRuns device={device} /> It can be activated again, as long as there is a place.
      </p>
      {isHolding && (
        <>
          <p>Its share, {shareOf(device.share)}, stays held for it until then, unless you free it.</p>
          <Checkbox
            label="It is gone: free its share now"
            description={why ?? 'Only of a device that you know to be gone, as a container that was thrown away.'}
            disabled={why !== undefined}
            checked={isGone}
            onChange={(event) => setGone(event.currentTarget.checked)}
          />
        </>
      )}
    </Deed>
  )
}

interface DeedProps extends DialogProps {
  readonly title: string
  readonly freesShare: boolean
  readonly children?: ReactNode
}

function Deed({ device, title, freesShare, opened, onClose, children }: DeedProps) {
  const { id, name, share } = device
  const params = { path: { id }, query: freesShare ? { free_share: true } : {} }
  return (
    <DeedForm
      opened={opened}
      onClose={onClose}
      title={title}
      deed={freesShare && children !== undefined ? `${title} and free its share` : title}
      type={name}
      run={() => answer(api.POST('/v1/activations/{id}/release', { params, headers: oneTime() }))}
      done={() => ({ says: freesShare ? `The share of ${name} is free.` : `${name} is released.` })}
    >
      {children}
      <div role="status">
        {freesShare && (
          <p>
            Others can have its share at once. If the device works after all, {shareOf(share)} may be used twice, until its file is over.
            This cannot be taken back.
          </p>
        )}
      </div>
    </DeedForm>
  )
}
