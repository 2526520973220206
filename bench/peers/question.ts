import { NOW } from '../atlas.ts'

/**
 * What each peer is handed with a question about one of so many people: facts that Writ looks up or works out by itself (the role in the
 * customer's organization, the end of the licence, what was used, the hour there) come as plain values, made beforehand.
 */
export interface PeerQuestion {
  readonly person: string
  readonly organization: string
  readonly facts: {
    readonly now: number
    readonly country: string
    readonly weekday: number
    readonly hour: number
    readonly ends: number
    readonly used: number
    readonly limit: number
    readonly proof_level: number
    readonly proof_at: number
  }
}

/** The same rule in each peer's language, over these. */
export const COUNTRIES = ['AT', 'BE', 'DE', 'DK', 'ES', 'FR', 'IT', 'NL', 'PL', 'SE']
export const LEVEL = 2
export const PROOF_MILLISECONDS = 3_600_000

export function peerQuestions(people: number): PeerQuestion[] {
  return Array.from({ length: people }, (_, person) => ({
    person: `id_${person}`,
    organization: `org_${person % 5}`,
    facts: {
      now: NOW,
      country: 'DE',
      weekday: 1,
      hour: 10,
      ends: NOW + 1e9,
      used: person,
      limit: 1_000_000,
      proof_level: LEVEL,
      proof_at: NOW - 60_000,
    },
  }))
}
