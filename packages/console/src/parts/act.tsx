import { Button, type ButtonProps, Tooltip } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import { useMay } from '../api/me.ts'
import type { Permission } from '../api/why-not.ts'

interface ActProps extends Pick<ButtonProps, 'size' | 'variant' | 'c' | 'loading' | 'rightSection' | 'leftSection'> {
  /** What it takes to press it. */
  readonly needs: Permission
  readonly onClick: () => void
  readonly children: ReactNode
}

/** A button for who may; for who may not it stands there all the same, cannot be pressed, and says why, to the keyboard too. */
export function Act({ needs, onClick, children, ...looks }: ActProps) {
  const why = useMay()(needs)
  const id = useId()
  if (why === undefined) {
    return (
      <Button variant="default" {...looks} onClick={onClick}>
        {children}
      </Button>
    )
  }
  return (
    <>
      <Tooltip label={why}>
        <Button variant="default" {...looks} data-disabled aria-disabled aria-describedby={id} onClick={(event) => event.preventDefault()}>
          {children}
        </Button>
      </Tooltip>
      <span id={id} hidden>
        {why}
      </span>
    </>
  )
}
