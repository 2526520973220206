import type { Permission } from '../api/why-not.ts'
import type { IconName } from '../look/icons.tsx'

/** The pages of the rail, in its order, and what they answer: for the rail, the box and the reader who comes the first time. */
export const PLACES = [
  { to: '/', name: 'Overview', icon: 'overview', answers: 'what ends, what is refused, what is nearly full', needs: 'licenses.read' },
  {
    to: '/organizations',
    name: 'Organizations',
    icon: 'organizations',
    answers: 'customers, their licences, people and usage',
    needs: 'organizations.read',
  },
  { to: '/identities', name: 'Identities', icon: 'identities', answers: 'who may do what, and why not', needs: 'identities.read' },
  { to: '/licenses', name: 'Licenses', icon: 'licenses', answers: 'what is in force, in grace, ended', needs: 'licenses.read' },
  { to: '/terms', name: 'Terms', icon: 'terms', answers: 'what the plans include, edition by edition', needs: 'catalog.read' },
  { to: '/ask', name: 'Ask', icon: 'ask', answers: 'any question, every gate', needs: 'decisions.explain' },
  { to: '/audit', name: 'Audit', icon: 'audit', answers: 'who did what, and who was refused, when', needs: 'audit.read' },
  { to: '/credentials', name: 'Credentials', icon: 'credentials', answers: 'API keys, and what each sees', needs: 'enforcers.read' },
  { to: '/settings', name: 'Settings', icon: 'settings', answers: 'signing keys, root backup, theme', needs: 'keys.read' },
] as const satisfies readonly { to: string; name: string; icon: IconName; answers: string; needs: Permission }[]
