/** Twenty-seven people of Acme, two of Globex (one of whom works for Acme too), one who works for himself: thirty. */
const ACME =
  'ann ben cara dan ella finn greta hal iris jon kira leo mia nils ola pia quin rosa sam tara udo vera will xenia yara zoe abel'.split(' ')

export const OVERLAP = 'omar'

export interface Person {
  readonly id: string
  readonly in: Readonly<Record<string, readonly string[]>>
}

export const PEOPLE: readonly Person[] = [
  ...ACME.map((id, index) => ({ id, in: { acme: [index === 0 ? 'admin' : 'analyst'] } })),
  { id: 'gina', in: { globex: ['admin'] } },
  { id: OVERLAP, in: { globex: ['analyst'], acme: ['analyst'] } },
  { id: 'sol', in: { solo: ['admin'] } },
]

/** Those who may want a seat at Acme, in the order in which they come: twenty-eight, for twenty-five seats and two more. */
export const AT_ACME: readonly string[] = [...ACME, OVERLAP]
