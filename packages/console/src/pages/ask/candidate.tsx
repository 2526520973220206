import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { GATES, whatHelps } from '@writ/client/words'
import type { ReactNode } from 'react'
import { type Decision, identityQuery, licenseQuery, seatsOf, usageQuery } from '../../api/records.ts'
import { Icon, type IconName } from '../../look/icons.tsx'
import { Mend } from '../../parts/mend.tsx'
import { ReasonText } from '../../parts/reason-text.tsx'
import { stateWords } from '../../parts/state-badge.tsx'
import { Time } from '../../parts/time.tsx'
import { inFigures } from '../../parts/when.ts'
import classes from './ask.module.css'
import type { Question } from './question.ts'

type Candidate = NonNullable<Decision['trace']>[number]
type Outcome = Candidate['gates'][number]['outcome']

const ICONS: Record<Outcome, readonly [icon: IconName, words: string]> = {
  passed: ['check', 'Passed'],
  refused: ['cross', 'Refused'],
  softened: ['wave', 'Let pass'],
  skipped: ['dash', 'Not asked'],
}

/** One licence and entry that came into question, its gates in the order in which they are tried, each with the fact it looked at. */
export function CandidateGates({ candidate, question }: { readonly candidate: Candidate; readonly question: Question }) {
  const { license, plan, entry, gates } = candidate
  const facts = useFacts(candidate, question)
  return (
    <section className={classes.candidate}>
      <h3>
        {license === undefined ? (
          'No licence'
        ) : (
          <>
            Licence{' '}
            <Link to="/licenses/$id" params={{ id: license }} className="code">
              {license}
            </Link>
          </>
        )}
        {plan !== undefined && `, plan ${plan}`}
        {entry !== undefined && `, entry ${entry + 1}`}
      </h3>
      <ol className={classes.gates}>
        {gates.map(({ gate, outcome, reason, detail }) => (
          <li key={gate} className={`${classes.gate} ${classes[outcome]}`}>
            <span>
              <Icon name={ICONS[outcome][0]} />
              <span className="hidden">{ICONS[outcome][1]}:</span>
            </span>
            <strong>{gate}</strong>
            <span>
              {reason === undefined ? <span className="quiet">{GATES[gate] ?? ''}</span> : <ReasonText reason={reason} />}
              {detail !== undefined && ` ${detail}`}
              {outcome === 'softened' && ' These terms only advise.'}
              {outcome === 'refused' && reason !== undefined && whatHelps(reason) !== undefined && <> What helps: {whatHelps(reason)}. </>}
              {outcome === 'refused' && reason !== undefined && <Mend reason={reason} identity={question.identity} license={license} />}
            </span>
            {facts[gate] !== undefined && outcome !== 'skipped' && <span className={`${classes.fact} quiet`}>{facts[gate]}</span>}
          </li>
        ))}
      </ol>
    </section>
  )
}

/** What each gate looked at, as far as the reader's key may see it. */
function useFacts(
  { license: id = '', plan }: Candidate,
  { identity: who, organization, context, proofs }: Question,
): Readonly<Record<string, ReactNode>> {
  const known = { enabled: id !== '' }
  const { data: identity } = useQuery({ ...identityQuery(who ?? ''), enabled: who !== undefined })
  const { data: license } = useQuery({ ...licenseQuery(id), ...known })
  const { data: seats } = useQuery({ ...seatsOf(id), ...known })
  const { data: usage } = useQuery({ ...usageQuery(id), ...known })
  const at = license?.organization ?? organization
  const roles = at === undefined ? undefined : identity?.in[at]
  return {
    identity: identity && `${identity.name ?? identity.id}: ${stateWords(identity.status).toLowerCase()}`,
    license: license && (
      <>
        {stateWords(license.state)}
        {license.ends === undefined ? (
          ', without an end'
        ) : (
          <>
            , ends <Time at={license.ends} />
          </>
        )}
      </>
    ),
    seat:
      seats?.kind === undefined
        ? undefined
        : `${inFigures(seats.taken)} of ${inFigures(seats.limit ?? seats.count ?? 0)} ${seats.kind} seats taken`,
    entitlement: license && `edition ${license.edition}, plan ${plan ?? license.plan}`,
    role: roles && (roles.length === 0 ? `no role in ${at}` : `${roles.join(', ')} in ${at}`),
    context: context === undefined ? 'no facts came along' : context,
    quota:
      usage === undefined || usage.meters.length === 0
        ? undefined
        : usage.meters.map(({ meter, used, limit }) => `${meter}: ${inFigures(used)} of ${inFigures(limit)}`).join(' · '),
    assurance: proofs === undefined ? 'no proof came along' : proofs,
  }
}
