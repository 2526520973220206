import { useQueries, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { answer } from '@writ/client'
import { inWords, remedyInWords } from '@writ/client/words'
import { api } from '../../api/client.ts'
import type { Contract } from '../../api/contract.ts'
import type { Decision } from '../../api/records.ts'
import { productsQuery } from '../../api/terms.ts'
import { readClock } from '../../clock.ts'
import { Icon } from '../../look/icons.tsx'
import { atMinute } from '../../parts/when.ts'
import classes from './ask.module.css'
import { bodyOf, isFault, type Question } from './question.ts'

type Remedy = Decision['remedies'][number] & Readonly<Record<string, unknown>>

/** What would make it a yes. What can be tried without doing it is tried: the same question with that proof, or at that time. */
export function Remedies({ decision: { allowed, remedies }, question }: { readonly decision: Decision; readonly question: Question }) {
  const { data: products = [] } = useQuery(productsQuery)
  const product = products.find(({ id }) => question.feature?.startsWith(`${id}:`)) ?? products[0]
  const levels = product?.contract.assurance ?? {}
  const tries = remedies.map((remedy) => triedWith(remedy as Remedy, question, levels))
  const tried = useQueries({
    queries: tries.map((next) => {
      const body = next && bodyOf(next, readClock())
      return {
        queryKey: ['ask', next],
        queryFn: () => answer(api.POST('/v1/explain', { body: body === undefined || isFault(body) ? { feature: '' } : body })),
        enabled: body !== undefined && !isFault(body),
        staleTime: 0,
      }
    }),
  })
  if (allowed || remedies.length === 0) return null
  return (
    <section className={classes.helps}>
      <h2>What would make it a yes</h2>
      <ul>
        {remedies.map((remedy, index) => {
          const next = tries[index]
          const outcome = tried[index]?.data
          const words = remedyInWords(withLevels(remedy as Remedy, levels), (instant) => atMinute(Date.parse(instant)))
          return (
            <li key={JSON.stringify(remedy)}>
              {words[0]?.toUpperCase()}
              {words.slice(1)}.{' '}
              {next !== undefined && outcome !== undefined && (
                <Link to="/ask" search={next}>
                  {outcome.allowed ? (
                    <>
                      <Icon name="check" size={14} /> Tried: then it is a yes.
                    </>
                  ) : (
                    `Tried: then it is still a no. ${inWords(outcome.reason ?? '')}`
                  )}
                </Link>
              )}
            </li>
          )
        })}
      </ul>
    </section>
  )
}

type Levels = NonNullable<Contract['assurance']>

function nameOf(acr: string, levels: Levels): string {
  return Object.entries(levels).find(([, level]) => level.acr === acr)?.[0] ?? acr
}

/** With levels by the names of the terms, which people know, instead of their `acr`. */
function withLevels(remedy: Remedy, levels: Levels): Remedy {
  const { acr_values: acrs } = remedy
  return Array.isArray(acrs) ? { ...remedy, acr_values: acrs.map((acr) => nameOf(String(acr), levels)) } : remedy
}

/** The question as it would be with the remedy; `undefined` for what only somebody can do. */
function triedWith({ type, until, acr_values: acrs }: Remedy, question: Question, levels: Levels): Question | undefined {
  if (type === 'wait' && typeof until === 'string') return { ...question, at: until }
  if (type !== 'step_up' || !Array.isArray(acrs) || acrs[0] === undefined) return undefined
  return { ...question, proofs: [question.proofs, nameOf(String(acrs[0]), levels)].filter((text) => text !== undefined).join(', ') }
}
