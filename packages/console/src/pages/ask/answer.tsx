import { Button, Collapse } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { Link } from '@tanstack/react-router'
import { noticeInWords, obligationInWords } from '@writ/client/words'
import type { Decision } from '../../api/records.ts'
import { Copy } from '../../parts/copy.tsx'
import { Facts } from '../../parts/page.tsx'
import { Badge } from '../../parts/state-badge.tsx'
import { Time } from '../../parts/time.tsx'
import { atMinute, counted } from '../../parts/when.ts'
import classes from './ask.module.css'
import { CandidateGates } from './candidate.tsx'
import { asCurl, asSdk, asVector } from './copies.ts'
import type { Body, Question } from './question.ts'
import { Remedies } from './remedies.tsx'

interface AnswerProps {
  readonly decision: Decision
  readonly question: Question
  readonly body: Body
}

const instantInWords = (instant: string): string => atMinute(Date.parse(instant))

export function Answer({ decision, question, body }: AnswerProps) {
  const { allowed, trace = [], license, obligations, notices } = decision
  const [others, { toggle }] = useDisclosure()
  // The one that the answer came from stands first; the rest is there for who wants to know.
  const [first, ...rest] = trace.toSorted((a, b) => rank(a, decision) - rank(b, decision))
  return (
    <>
      <Facts
        of={[
          [
            'Answer',
            <Badge key="answer" tone={allowed ? 'good' : 'bad'}>
              {allowed ? 'Allowed' : 'Refused'}
            </Badge>,
          ],
          decision.simulated === true ? ['Asked about', 'another time: the facts are those of now'] : undefined,
          decision.reason === undefined ? undefined : ['Reason', <code key="reason">{decision.reason}</code>],
          license === undefined
            ? undefined
            : [
                'Licence',
                <Link key="license" to="/licenses/$id" params={{ id: license }} className="code">
                  {license}
                </Link>,
              ],
          decision.grant === undefined
            ? undefined
            : [
                'Grant',
                <span key="grant" className="code">
                  {decision.grant}
                </span>,
              ],
          decision.value === undefined ? undefined : ['Value', String(decision.value)],
          decision.expires === undefined ? undefined : ['Holds until', <Time key="expires" at={decision.expires} />],
          obligations.length === 0 ? undefined : ['Obliges to', obligations.map((each) => obligationInWords({ ...each })).join('; ')],
          notices.length === 0 ? undefined : ['Note', notices.map((each) => noticeInWords({ ...each }, instantInWords)).join('; ')],
        ]}
      />
      <Remedies decision={decision} question={question} />
      {first === undefined ? (
        <p>No licence was looked at: the question itself, or the identity, was refused before.</p>
      ) : (
        <CandidateGates candidate={first} question={question} />
      )}
      {rest.length > 0 && (
        <>
          <Button variant="subtle" size="xs" onClick={toggle} aria-expanded={others}>
            {others ? 'Fold' : 'Show'} the {counted(rest.length, 'other way', 'other ways')} that came into question
          </Button>
          <Collapse expanded={others}>
            {others &&
              rest.map((candidate) => (
                <CandidateGates
                  key={`${candidate.license} ${candidate.plan} ${candidate.entry}`}
                  candidate={candidate}
                  question={question}
                />
              ))}
          </Collapse>
        </>
      )}
      <div className={classes.copies}>
        <Copy label="Copy as curl" text={asCurl(body, location.origin)} />
        <Copy label="Copy as SDK call" text={asSdk(body)} />
        <Copy label="Copy as test vector" text={asVector(body, decision)} />
        <Copy label="Copy the link" text={location.href} />
      </div>
    </>
  )
}

type Candidate = NonNullable<Decision['trace']>[number]

/** How far down the list of gates a candidate came: the further, the nearer to a yes. */
function rank({ license, entry, gates }: Candidate, decision: Decision): number {
  const answered = license === decision.license && entry === decision.entry
  const refused = gates.findIndex(({ outcome }) => outcome === 'refused')
  return (answered ? -1_000 : 0) - (refused === -1 ? gates.length : refused)
}
