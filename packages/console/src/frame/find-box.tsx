import { Combobox, Modal, TextInput, useCombobox } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { findQuery, known } from '../api/find.ts'
import { Icon } from '../look/icons.tsx'
import classes from './find-box.module.css'

/** One box that finds everything: type, arrow, Enter. */
export function FindBox({ onClose }: { readonly onClose: () => void }) {
  const router = useRouter()
  const [typed, setTyped] = useState('')
  const [wanted] = useDebouncedValue(typed.trim(), 120)
  const query = useQuery({ ...findQuery(wanted), enabled: wanted !== '', placeholderData: keepPreviousData })
  // What is known here stands last, and waits for the rest: a list must not move under the finger.
  const waiting = wanted !== typed.trim() || (wanted !== '' && query.isPending)
  const found = [...(wanted === '' ? [] : (query.data ?? [])), ...(waiting ? [] : known(typed))]
  const box = useCombobox({ opened: true })
  const { selectFirstOption } = box
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was typed or found moves the choice to the top
  useEffect(() => void selectFirstOption(), [typed, query.data])

  const open = (href: string) => {
    onClose()
    router.history.push(`/console${href}`)
  }
  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      yOffset="10vh"
      centered={false}
      size={620}
      padding={0}
      aria-label="Find anything"
      transitionProps={{ duration: 0 }}
    >
      <Combobox store={box} onOptionSubmit={open}>
        <Combobox.EventsTarget>
          <TextInput
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            placeholder="A name, mail, key, organization, licence, feature or reason"
            aria-label="Find anything"
            role="combobox"
            leftSection={<Icon name="search" size={16} />}
            size="md"
            variant="unstyled"
            className={classes.input}
            data-autofocus
          />
        </Combobox.EventsTarget>
        <Combobox.Options className={classes.options} aria-label="Found">
          {found.map(({ kind, name, note, href }) => (
            <Combobox.Option key={`${kind} ${name} ${href}`} value={href} className={classes.option}>
              <span className={classes.name}>{name}</span>
              <span className={`${classes.note} quiet`}>{note}</span>
              <span className={`${classes.kind} quiet`}>{kind}</span>
            </Combobox.Option>
          ))}
          {found.length === 0 && (
            <Combobox.Empty>{waiting || query.isFetching ? 'Looking' : `Nothing that your key sees is called “${typed}”.`}</Combobox.Empty>
          )}
        </Combobox.Options>
      </Combobox>
      <p className={`${classes.keys} quiet`} aria-hidden="true">
        <kbd>↑</kbd> <kbd>↓</kbd> choose · <kbd>Enter</kbd> open · <kbd>Esc</kbd> close
      </p>
    </Modal>
  )
}
