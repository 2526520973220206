import { Button, Group, Modal, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useState } from 'react'
import { changed } from '../api/live.ts'
import classes from './deed-form.module.css'
import { Failure } from './states.tsx'
import { tell } from './told.tsx'

interface DeedFormProps<T> {
  readonly opened: boolean
  readonly onClose: () => void
  readonly title: string
  /** On the button. Names the thing: "Transfer to Globex". Absent: the title. */
  readonly deed?: string
  readonly run: () => Promise<T>
  /** What is said when it is done, with what takes it back. Absent: nothing, the page shows it. */
  readonly done?: (answer: T) => { readonly says: string; readonly undo?: (() => Promise<unknown>) | undefined }
  /** Whether it can be done as the form stands; default true. */
  readonly ready?: boolean
  /** Takes away for good: what the reader types to show that this very thing is meant. */
  readonly type?: string | undefined
  /** Of looking before doing. */
  readonly error?: unknown
  readonly wide?: boolean
  readonly children?: ReactNode
}

/** A deed that asks something first, and says what comes of it. What fails stays open, with what was typed. */
export function DeedForm<T>(props: DeedFormProps<T>) {
  const { opened, onClose, title, deed = title, run, done, ready = true, type, error, wide = false, children } = props
  const [typed, setTyped] = useState('')
  const close = () => {
    setTyped('')
    doing.reset()
    onClose()
  }
  const doing = useMutation({
    mutationFn: run,
    onSuccess: (answer) => {
      changed()
      if (done !== undefined) tell({ ...done(answer), tone: 'done' })
      close()
    },
  })
  const may = ready && (type === undefined || typed.trim() === type)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (may && !doing.isPending) doing.mutate()
  }
  const failed = doing.error ?? error
  return (
    // While it is done, the question whether so many are meant may stand above it, and Escape is that one's.
    <Modal
      opened={opened}
      onClose={close}
      title={title}
      size={wide ? 620 : 'md'}
      closeOnEscape={!doing.isPending}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form onSubmit={submit} className={classes.form}>
        {children}
        {type !== undefined && (
          <TextInput
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
        )}
        {failed !== null && failed !== undefined && <Failure error={failed} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={close}>
            Leave it as it is
          </Button>
          <Button type="submit" {...(type !== undefined && { color: 'var(--bad)' })} disabled={!may} loading={doing.isPending}>
            {deed}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
