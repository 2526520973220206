import type { IconName } from '../look/icons.tsx'

/** The pages of the rail, in its order, and what they answer: for the rail, the box and the reader who comes the first time. */
export const PLACES = [
  { to: '/', name: 'Overview', icon: 'overview', answers: 'what ends, what is refused, what is nearly full' },
  { to: '/organizations', name: 'Organizations', icon: 'organizations', answers: 'customers, their licences, people and usage' },
  { to: '/identities', name: 'Identities', icon: 'identities', answers: 'who may do what, and why not' },
  { to: '/licenses', name: 'Licenses', icon: 'licenses', answers: 'what is in force, in grace, ended' },
  { to: '/terms', name: 'Terms', icon: 'terms', answers: 'what the plans include, edition by edition' },
  { to: '/ask', name: 'Ask', icon: 'ask', answers: 'any question, every gate' },
  { to: '/audit', name: 'Audit', icon: 'audit', answers: 'who did what, and who was refused, when' },
  { to: '/credentials', name: 'Credentials', icon: 'credentials', answers: 'API keys, and what each sees' },
  { to: '/settings', name: 'Settings', icon: 'settings', answers: 'signing keys, root backup, theme' },
] as const satisfies readonly { to: string; name: string; icon: IconName; answers: string }[]
