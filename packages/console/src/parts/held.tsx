import { Button, Group, Modal } from '@mantine/core'
import type { ApiProblem } from '@writ/client'
import { useSyncExternalStore } from 'react'
import type { Answered } from '../api/client.ts'
import { exactly } from './when.ts'

type Impact = Answered<'foretellImpact'>
interface Question {
  readonly impact: Impact
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
  const { impact, confirmation, changed, second_person } = members as {
    impact?: Impact
    confirmation?: { token: string }
    changed?: true
    second_person?: true
  }
  if (impact === undefined || confirmation === undefined) return Promise.resolve(undefined)
  question?.say(undefined)
  return new Promise((resolve) => {
    const say = (token: string | undefined): void => {
      put(undefined)
      resolve(token)
    }
    put({ impact, token: confirmation.token, changed: changed === true, secondPerson: second_person === true, say })
  })
}

const MOST = 5

/** The one place where the console asks whether access is to be taken from so many. */
export function HeldDialog() {
  const asked = useSyncExternalStore(subscribe, () => question)
  if (asked === undefined) return null
  const { impact, token, changed, secondPerson, say } = asked
  const more = impact.more_groups + Math.max(0, impact.groups.length - MOST)
  return (
    <Modal
      opened
      onClose={() => say(undefined)}
      title={`${impact.losing} people or services lose access`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {changed && <p>It is no longer what it was when you were asked before.</p>}
      <ul>
        {impact.groups.slice(0, MOST).map(({ organization, product, roles, identities, effects, examples }) => (
          <li key={`${organization} ${product} ${roles?.join()} ${examples.join()}`}>
            <strong>{identities}</strong> of {organization ?? 'licences of their own'}
            {roles !== undefined && roles.length > 0 && ` as ${roles.join(', ')}`}:{' '}
            {[...new Set(effects.filter(({ effect }) => effect === 'loses').map(({ feature }) => feature))].join(', ')}
            {effects[0] !== undefined && <> from {exactly(Date.parse(effects[0].at))}</>} ({examples.join(', ')}
            {identities > examples.length && ', …'})
          </li>
        ))}
      </ul>
      {more > 0 && <p>And {more} more groups.</p>}
      {secondPerson && <p>So many that somebody else confirms it too: it waits until they do.</p>}
      <Group justify="flex-end">
        <Button variant="default" onClick={() => say(undefined)} data-autofocus>
          Leave it as it is
        </Button>
        <Button color="red" onClick={() => say(token)}>
          Take it from them
        </Button>
      </Group>
    </Modal>
  )
}
