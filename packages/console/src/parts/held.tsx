import { Button, Group, Modal } from '@mantine/core'
import type { ApiProblem } from '@writ/client'
import { useSyncExternalStore } from 'react'
import { HeldView, type Impact, wasShown } from './impact.tsx'
import { counted } from './when.ts'

interface Question {
  readonly impact: Impact
  readonly meanwhile: Impact | undefined
  readonly losing: number
  readonly token: string
  readonly changed: boolean
  readonly secondPerson: boolean
  readonly say: (token: string | undefined) => void
}

let question: Question | undefined
const listeners = new Set<() => void>()
const put = (next: Question | undefined): void => {
  question = next
  for (const listener of listeners) listener()
}
const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** Asks about a change that is held, over whatever page it came from. @returns the token to go on with */
export function askAboutHeld({ members }: ApiProblem): Promise<string | undefined> {
  const { impact, meanwhile, losing, confirmation, changed, second_person } = members as {
    impact?: Impact
    meanwhile?: Impact
    losing?: number
    confirmation?: { token: string }
    changed?: true
    second_person?: true
  }
  if (impact === undefined || confirmation === undefined) return Promise.resolve(undefined)
  // Who presses the button below exactly this impact has answered already.
  if (changed !== true && second_person !== true && meanwhile === undefined && wasShown(impact)) return Promise.resolve(confirmation.token)
  question?.say(undefined)
  return new Promise((resolve) => {
    const say = (token: string | undefined): void => {
      put(undefined)
      resolve(token)
    }
    put({
      impact,
      meanwhile,
      losing: losing ?? impact.losing,
      token: confirmation.token,
      changed: changed === true,
      secondPerson: second_person === true,
      say,
    })
  })
}

/** The one place where the console asks whether access is to be taken from so many. */
export function HeldDialog() {
  const asked = useSyncExternalStore(subscribe, () => question)
  if (asked === undefined) return null
  const { impact, meanwhile, losing, token, changed, secondPerson, say } = asked
  return (
    <Modal
      opened
      onClose={() => say(undefined)}
      title={`${counted(losing, 'person or service loses', 'people or services lose')} access`}
      size={620}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {changed && <p>It is no longer what it was when you were asked before.</p>}
      <HeldView impact={impact} meanwhile={meanwhile} />
      {secondPerson && <p>So many that somebody else confirms it too: it waits until they do.</p>}
      <Group justify="flex-end">
        <Button variant="default" onClick={() => say(undefined)} data-autofocus>
          Leave it as it is
        </Button>
        <Button color="var(--bad)" onClick={() => say(token)}>
          {secondPerson ? 'Ask for it' : 'Take it from them'}
        </Button>
      </Group>
    </Modal>
  )
}
