import { Button } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { Icon } from '../look/icons.tsx'

/** Copies a text, and says that it did. */
export function Copy({ text, label }: { readonly text: string; readonly label: string }) {
  const { copied, copy } = useClipboard({ timeout: 2_000 })
  return (
    <Button variant="default" size="xs" leftSection={<Icon name={copied ? 'check' : 'copy'} size={14} />} onClick={() => copy(text)}>
      <span aria-live="polite">{copied ? 'Copied' : label}</span>
    </Button>
  )
}
