import { useQuery } from '@tanstack/react-query'
import { answer, oneTime } from '@writ/client'
import { useState } from 'react'
import { api } from '../../api/client.ts'
import { type Parked, parkedQuery } from '../../api/guard.ts'
import { useKnownMay } from '../../api/me.ts'
import { Act } from '../../parts/act.tsx'
import { DeedForm } from '../../parts/deed-form.tsx'
import { deedAsked } from '../../parts/deed-words.ts'
import { HeldView, impactWords } from '../../parts/impact.tsx'
import { Section } from '../../parts/page.tsx'
import { Badge } from '../../parts/state-badge.tsx'
import { Failure } from '../../parts/states.tsx'
import { Subject } from '../../parts/subject.tsx'
import { Time } from '../../parts/time.tsx'
import { counted } from '../../parts/when.ts'
import classes from './overview.module.css'

/** What somebody asked for and somebody else must confirm. Only shown where something waits. */
export function ParkedChanges() {
  const may = useKnownMay('guard.read')
  const { data, error, refetch } = useQuery({ ...parkedQuery, enabled: may })
  const [confirming, setConfirming] = useState<Parked>()
  const [discarding, setDiscarding] = useState<Parked>()
  if (may && data === undefined && error !== null) return <Failure error={error} retry={() => void refetch()} />
  if (data === undefined || data.items.length === 0) return null
  const { items, next } = data
  const many = counted(items.length, 'change waits', 'changes wait')
  return (
    <Section
      title={`${next === undefined ? '' : 'At least '}${many} for somebody to confirm`}
      note={<Badge tone="warn">Not done yet</Badge>}
    >
      <ul className={classes.parked}>
        {items.map((parked) => {
          const { id, at, expires_at: until, api_key: key, identity, action, subject, impact, losing = impact.losing } = parked
          const name = `${deedAsked(action)} ${subject.slice(subject.indexOf(':') + 1)}`
          return (
            <li key={id}>
              <div>
                <strong>{deedAsked(action)}</strong> <Subject of={subject} />
                <br />
                {impactWords({ ...impact, losing })}{' '}
                <span className="quiet">
                  Asked <Time at={at} as="ago" /> by <span className="code">{identity ?? key}</span>; it is dropped{' '}
                  <Time at={until} as="ago" />.
                </span>
              </div>
              <div className={classes.deeds}>
                <Act needs="guard.write" size="xs" variant="filled" onClick={() => setConfirming(parked)}>
                  Look and confirm
                  <span className="hidden"> {name}</span>
                </Act>
                <Act needs="guard.write" size="xs" onClick={() => setDiscarding(parked)}>
                  Discard
                  <span className="hidden"> {name}</span>
                </Act>
              </div>
            </li>
          )
        })}
      </ul>
      <DeedForm
        opened={confirming !== undefined}
        onClose={() => setConfirming(undefined)}
        title={confirming === undefined ? '' : `${deedAsked(confirming.action)}: confirm what somebody else asked for`}
        deed="Confirm it: it is done now"
        run={() => decide(confirming, 'confirm')}
        done={() => ({ says: 'It is confirmed, and done.' })}
        wide
      >
        {confirming !== undefined && (
          <>
            <p>
              <Subject of={confirming.subject} />, as <span className="code">{confirming.identity ?? confirming.api_key}</span> asked for{' '}
              <Time at={confirming.at} as="ago" />. If it has come to touch others since, it is not done.
            </p>
            <HeldView impact={confirming.impact} meanwhile={confirming.meanwhile} />
          </>
        )}
      </DeedForm>
      <DeedForm
        opened={discarding !== undefined}
        onClose={() => setDiscarding(undefined)}
        title={discarding === undefined ? '' : `${deedAsked(discarding.action)}: never do it`}
        deed="Discard it"
        run={() => decide(discarding, 'discard')}
        done={() => ({ says: 'It is discarded. Nothing was changed.' })}
      >
        <p>Nothing changes for anybody. Whoever wants it must ask for it again.</p>
      </DeedForm>
    </Section>
  )
}

function decide(parked: Parked | undefined, what: 'confirm' | 'discard') {
  const params = { path: { id: parked?.id ?? '' } }
  const path = `/v1/parked-changes/{id}/${what}` as '/v1/parked-changes/{id}/confirm'
  return answer(api.POST(path, { params, headers: oneTime() }))
}
