import { Button, Group, Modal, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useState } from 'react'
import { changed } from '../api/live.ts'
import { Failure } from './states.tsx'

interface ConfirmProps {
  readonly opened: boolean
  readonly onClose: () => void
  /** Names the thing: "Revoke Ann's identity". Also on the button. */
  readonly deed: string
  /** What it takes from whom, and when. */
  readonly children: ReactNode
  /** What the reader types to show that this very thing is meant. */
  readonly type: string
  readonly run: () => Promise<unknown>
}

/** For what cannot be undone: says what will happen, and goes on only when the thing is named. What can be undone asks nothing. */
export function Confirm({ opened, onClose, deed, children, type, run }: ConfirmProps) {
  const [typed, setTyped] = useState('')
  const close = () => {
    setTyped('')
    doing.reset()
    onClose()
  }
  const doing = useMutation({
    mutationFn: run,
    onSuccess: () => {
      changed()
      close()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (typed.trim() === type) doing.mutate()
  }
  return (
    <Modal opened={opened} onClose={close} title={deed} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form onSubmit={submit}>
        {children}
        <TextInput
          mt="md"
          label={
            <>
              Type <code>{type}</code> to go on
            </>
          }
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
          data-autofocus
        />
        {doing.isError && <Failure error={doing.error} />}
        <Group justify="flex-end" mt="md" gap="xs">
          <Button variant="default" onClick={close}>
            Leave it as it is
          </Button>
          <Button type="submit" color="var(--bad)" disabled={typed.trim() !== type} loading={doing.isPending}>
            {deed}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
