import type { Publication } from '../../../api/publications.ts'
import { Badge, type Tone } from '../../../parts/state-badge.tsx'

const STATES: Readonly<Record<Publication['state'], readonly [tone: Tone, words: string]>> = {
  waiting: ['warn', 'Waits'],
  published: ['good', 'Published'],
  refused: ['bad', 'Refused'],
  withdrawn: ['over', 'Taken back'],
  outdated: ['over', 'Overtaken'],
}

export function PublicationBadge({ state }: { readonly state: Publication['state'] }) {
  const [tone, words] = STATES[state]
  return <Badge tone={tone}>{words}</Badge>
}
