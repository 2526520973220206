import { Button, CloseButton } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { changed } from '../api/live.ts'
import { told as words } from '../api/problem.ts'
import classes from './told.module.css'

interface Note {
  readonly id: number
  readonly says: string
  readonly tone: 'done' | 'failed'
  readonly undo?: (() => Promise<unknown>) | undefined
}

const LIFE_MILLISECONDS = 12_000
let notes: readonly Note[] = []
let last = 0
const listeners = new Set<() => void>()

function set(next: readonly Note[]): void {
  notes = next
  for (const listener of listeners) listener()
}
const drop = (id: number): void => set(notes.filter((note) => note.id !== id))

/** Says at the corner of the page that something is done, and offers to take it back. */
export function tell(note: Omit<Note, 'id'>): void {
  const id = ++last
  set([...notes.slice(-2), { ...note, id }])
  setTimeout(drop, LIFE_MILLISECONDS, id)
}

interface Deed {
  readonly run: () => Promise<unknown>
  /** "Ann is suspended." */
  readonly done: string
  /** Takes it back; absent for what takes nothing away. */
  readonly undo?: () => Promise<unknown>
}

/** Does at once what can be undone, says that it is done, and offers to take it back. */
export function useDeed() {
  return useMutation({
    mutationFn: ({ run }: Deed) => run(),
    onSuccess: (_answer, { done, undo }) => {
      changed()
      tell({ says: done, tone: 'done', undo })
    },
    onError: (error) => {
      const { says, helps, code } = words(error)
      tell({ says: `${says} ${helps} (${code})`, tone: 'failed' })
    },
  })
}

/** Where deeds are announced. Once on the page. */
export function Told() {
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => notes,
  )
  const deed = useDeed()
  return (
    <section className={classes.corner} aria-label="What was done" aria-live="polite">
      {shown.map(({ id, says, tone, undo }) => (
        <div key={id} className={`${classes.note} ${classes[tone]}`}>
          <span>{says}</span>
          {undo !== undefined && (
            <Button
              size="xs"
              variant="default"
              onClick={() => {
                drop(id)
                deed.mutate({ run: undo, done: 'It was undone.' })
              }}
            >
              Undo
            </Button>
          )}
          <CloseButton size="sm" aria-label="Close" onClick={() => drop(id)} />
        </div>
      ))}
    </section>
  )
}
