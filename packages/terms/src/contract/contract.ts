import type { Terms } from '../model.ts'
import { code, type Inline, markdown, plainText, type Section, say, strong } from './document.ts'
import { definitionOf } from './names.ts'
import { planSection } from './plan.ts'
import { authoritySection, endSection, factSection, featureSection, meterSection, roleSection, section, signOffSection } from './product.ts'
import { levelSection, signalSection } from './proof.ts'

/** Which terms a text speaks of: what a signature refers to. */
export interface ContractReference {
  /** Of the canonical form: `sha256:…`. */
  readonly hash: string
  /** Absent: a draft. */
  readonly edition?: number
}

/** A contract before it has a form: for whoever sets it in one of their own. */
export interface ContractDocument {
  readonly title: string
  /** What stands above the first section. */
  readonly head: readonly (readonly Inline[])[]
  readonly sections: readonly Section[]
}

/**
 * Terms as prose that legal and finance can read and sign: numbered, complete, without a word of the machine's language. The same terms,
 * however they were written, give the same text.
 */
export function contract(terms: Terms, reference: ContractReference, format: 'markdown' | 'text' = 'markdown'): string {
  const { title, head, sections } = contractDocument(terms, reference)
  return format === 'markdown' ? markdown(title, head, sections) : plainText(title, head, sections)
}

/** The same in its parts. Sections and paragraphs are numbered by their places. */
export function contractDocument(terms: Terms, { hash, edition }: ContractReference): ContractDocument {
  const head = [
    edition === undefined
      ? say`${strong('Draft')} of the terms of ${terms.product}, not published`
      : say`${strong(`Edition ${edition}`)} of the terms of ${terms.product}`,
    say`${code(hash)}`,
  ]
  const sections: Section[] = [
    section('What this is', [
      say`These are the terms under which ${definitionOf(terms.title, terms.product)} is licensed.`,
      say`A machine decides by the same terms. What it reads has the fingerprint at the top of this text; a signature under this text refers to ${edition === undefined ? 'that fingerprint' : `edition ${edition} and that fingerprint`}.`,
      say`A licence keeps the edition that it was sold under. How surely people prove who they are, the least that is asked for a feature, and warning signs protect people, and follow the newest edition at once where it is stricter.`,
    ]),
    DEFINITIONS,
    featureSection(terms),
    meterSection(terms),
    roleSection(terms),
    levelSection(terms),
    signalSection(terms),
    endSection(terms),
    {
      title: 'Plans',
      paragraphs: [{ text: terms.plans.size === 0 ? say`No plan is sold.` : say`A licence is for one of these plans.` }],
      sections: [...terms.plans].map(([name, plan]) => planSection(name, plan, terms)),
    },
    authoritySection(terms),
    ...(terms.signedOffBy === undefined ? [] : [signOffSection(terms.signedOffBy)]),
    factSection(terms),
    section('Signatures', [say`For the vendor: ______________________________`, say`For the customer: ______________________________`]),
  ]
  return { title: terms.title, head, sections }
}

const DEFINITIONS = section('Words', [
  say`A ${strong('licence')} is the right of a customer to use the product under one plan of one edition, from its start to its end.`,
  say`A ${strong('customer')} is the organization, or the person, that holds a licence.`,
  say`A ${strong('seat')} is the place of one person, or of one program, in a licence.`,
  say`A ${strong('role')} is what somebody may do inside a customer. It picks from what the plan includes, and never adds to it.`,
  say`A ${strong('proof')} is one act of showing who one is. A level of proof also satisfies every weaker level.`,
  say`${strong('Grace')} is the time for which a licence goes on although it should have stopped.`,
  say`The ${strong('authority')} is the machine that keeps the licences and decides.`,
  say`Times count from and include their start, and end before their end. A day is 24 hours. A month of a licence counts from the day on which it starts, in UTC.`,
])
