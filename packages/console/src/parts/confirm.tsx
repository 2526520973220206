import type { ReactNode } from 'react'
import { DeedForm } from './deed-form.tsx'

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
export function Confirm({ deed, ...props }: ConfirmProps) {
  return <DeedForm title={deed} {...props} />
}
