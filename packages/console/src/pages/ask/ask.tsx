import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { answer } from '@writ/client'
import { inWords } from '@writ/client/words'
import { api } from '../../api/client.ts'
import type { Decision } from '../../api/records.ts'
import { readClock } from '../../clock.ts'
import { Page } from '../../parts/page.tsx'
import { Empty, Failure, Waiting } from '../../parts/states.tsx'
import { atMinute } from '../../parts/when.ts'
import { Answer } from './answer.tsx'
import classes from './ask.module.css'
import { Form } from './form.tsx'
import { bodyOf, isFault, type Question } from './question.ts'

const route = getRouteApi('/ask')

/** Any question, every gate. The question is the address, so that sending the one sends the other. */
export function Ask() {
  const question = route.useSearch()
  const navigate = route.useNavigate()
  const body = bodyOf(question, readClock())
  const asked = question.feature !== undefined && !isFault(body)
  const answered = useQuery({
    queryKey: ['ask', question],
    queryFn: ({ signal }) => answer(api.POST('/v1/explain', { body: isFault(body) ? { feature: '' } : body, signal })),
    enabled: asked,
    staleTime: 0,
  })
  return (
    <Page title="Ask" sentence={sentenceOf(question, answered.data)}>
      <div className={classes.columns}>
        <Form question={question} fault={isFault(body) ? body : undefined} onAsk={(next) => void navigate({ to: '.', search: next })} />
        <div aria-live="polite" className={classes.answer}>
          {answered.data !== undefined && !isFault(body) ? (
            <Answer decision={answered.data} question={question} body={body} />
          ) : answered.isError ? (
            <Failure error={answered.error} retry={() => void answered.refetch()} />
          ) : asked ? (
            <Waiting rows={12} />
          ) : (
            <Empty says="Ask as they asked it.">
              <p>
                Somebody is refused: put in who, which feature, and what they had with them (the country, a proof). Every gate shows what it
                looked at, and the address keeps the question. Nothing is consumed.
              </p>
            </Empty>
          )}
        </div>
      </div>
    </Page>
  )
}

function sentenceOf({ identity = 'Nobody in particular', feature, organization, at }: Question, decision: Decision | undefined): string {
  if (feature === undefined) return 'May they, and if not, why not?'
  const what = `${feature.split(':').pop()}${organization === undefined ? '' : ` at ${organization}`}`
  const when = at === undefined ? '' : ` on ${atMinute(Date.parse(at))}`
  if (decision === undefined) return `May ${identity} use ${what}${when}?`
  if (decision.allowed)
    return `Yes: ${identity} may use ${what}${when}${decision.expires === undefined ? '' : `, until ${atMinute(Date.parse(decision.expires))}`}.`
  return `No: ${identity} may not use ${what}${when}. ${inWords(decision.reason ?? '')}`
}
