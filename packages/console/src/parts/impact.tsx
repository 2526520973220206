import { useQuery } from '@tanstack/react-query'
import { answer } from '@writ/client'
import { useEffect } from 'react'
import { type Answered, api } from '../api/client.ts'
import { useKnownMay, useMay } from '../api/me.ts'
import classes from './impact.module.css'
import { ReasonText } from './reason-text.tsx'
import { Failure, Waiting } from './states.tsx'
import { Time } from './time.tsx'
import { UnprovableList } from './unprovable.tsx'
import { counted, inFigures } from './when.ts'

export type Impact = Answered<'foretellImpact'>
type Group = Impact['groups'][number]
type Effect = Group['effects'][number]

const GROUPS = 5
const FEATURES = 5
const VERBS: Readonly<Record<Effect['effect'], string>> = { loses: 'lose', gains: 'gain', changes: 'have otherwise' }

/** Whom a change touches: how many, which, what, when and why. */
export function ImpactView({ impact }: { readonly impact: Impact }) {
  const { groups, more_groups: left } = impact
  const more = left + Math.max(0, groups.length - GROUPS)
  return (
    <div className={classes.impact}>
      <p>
        <strong>{impactWords(impact)}</strong>
      </p>
      {groups.length > 0 && (
        <ul>
          {groups.slice(0, GROUPS).map((group, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: what makes them groups is not one word, and their order does not change
            <li key={index}>
              <Who group={group} />
              <Effects group={group} from={impact.from} />
            </li>
          ))}
        </ul>
      )}
      {more > 0 && <p className="quiet">And {counted(more, 'more group')}.</p>}
      <UnprovableList of={impact.unprovable ?? []} />
    </div>
  )
}

/** What a whole comes to, and what the part that is made now takes beside. */
export function HeldView({ impact, meanwhile }: { readonly impact: Impact; readonly meanwhile: Impact | undefined }) {
  return (
    <>
      <ImpactView impact={impact} />
      {meanwhile !== undefined && (
        <>
          <p>That is all of it. What is done now takes more by itself, some of it only until a later part gives it back:</p>
          <ImpactView impact={meanwhile} />
        </>
      )}
    </>
  )
}

function Who({ group: { identities, organization, product, roles = [], examples } }: { readonly group: Group }) {
  return (
    <>
      <strong className="number">{inFigures(identities)}</strong> of {organization ?? 'those with a licence of their own'}
      {roles.length > 0 && ` as ${roles.join(', ')}`}, {product}{' '}
      <span className="quiet">
        ({examples.join(', ')}
        {identities > examples.length && ', …'})
      </span>
    </>
  )
}

/** One line for all that begins at once, for one cause. */
function Effects({ group: { effects }, from }: { readonly group: Group; readonly from: string }) {
  const lines = [...Map.groupBy(effects, ({ effect, at, reason, parts }) => JSON.stringify([effect, at, reason, parts])).values()]
  return (
    <ul className={classes.effects}>
      {lines.slice(0, FEATURES).map((same) => {
        const { effect, at, reason, parts = [] } = same[0] as Effect
        const names = [...new Set(same.map(({ feature }) => feature))]
        return (
          <li key={`${effect} ${at} ${reason} ${parts.join()}`}>
            {VERBS[effect]} <span className="code">{names.slice(0, FEATURES).join(', ')}</span>
            {names.length > FEATURES && ` and ${names.length - FEATURES} more`}
            {parts.length > 0 && ` (${parts.join(', ')})`}{' '}
            {Date.parse(at) <= Date.parse(from) ? (
              'at once'
            ) : (
              <>
                from <Time at={at} />
              </>
            )}
            {effect === 'loses' && reason !== undefined && (
              <>
                : <ReasonText reason={reason} />
              </>
            )}
          </li>
        )
      })}
      {lines.length > FEATURES && <li className="quiet">and more</li>}
    </ul>
  )
}

/** "9 people or services lose something, 2 gain something." */
export function impactWords({ losing, gaining, changing }: Pick<Impact, 'losing' | 'gaining' | 'changing'>): string {
  const parts = [
    losing > 0 && `${who(losing)} ${losing === 1 ? 'loses' : 'lose'} something`,
    gaining > 0 && `${who(gaining)} ${gaining === 1 ? 'gains' : 'gain'} something`,
    changing > 0 && `${who(changing)} ${changing === 1 ? 'has' : 'have'} it in another way`,
  ].filter((part) => part !== false)
  return parts.length === 0 ? 'Nobody loses or gains anything.' : `${parts.join('; ')}.`
}

const who = (many: number): string => counted(many, 'person or service', 'people or services')

let onScreen: Impact | undefined

/** Whether the reader has before them that just these would lose just this. */
export function wasShown(impact: Impact): boolean {
  return onScreen !== undefined && losses(onScreen) === losses(impact)
}

function losses({ losing, features }: Impact): string {
  const each = features.filter((feature) => feature.losing > 0).map((of) => [of.product, of.feature, of.command, of.losing].join(' '))
  return [losing, ...each.sort()].join('\n')
}

/** What is asked about: any request that can be tried, or terms. */
type Asked = Pick<NonNullable<Parameters<typeof ask>[0]>, 'change' | 'publish'>

function ask(
  body: {
    change?: { method: 'POST' | 'PUT' | 'DELETE'; path: string; body?: unknown }
    publish?: { product: string; terms: string; move?: boolean }
  },
  signal?: AbortSignal,
) {
  return answer(api.POST('/v1/impact', { body, ...(signal && { signal }) }))
}

/** Whom a change would touch, found out when it is about to be made. Says nothing to who may not ask; the authority asks them all the same. */
export function ImpactOf({ of }: { readonly of: Asked }) {
  const why = useMay()('guard.read')
  const query = useQuery({
    queryKey: ['impact', of],
    staleTime: 0,
    gcTime: 0,
    enabled: useKnownMay('guard.read'),
    queryFn: ({ signal }) => ask(of, signal),
  })
  const { data } = query
  useEffect(() => {
    onScreen = data
    return () => {
      onScreen = undefined
    }
  }, [data])
  if (why !== undefined) return <p className="quiet">Whom it touches you may not see. {why}</p>
  if (query.data !== undefined) return <ImpactView impact={query.data} />
  return query.isError ? (
    <Failure error={query.error} retry={() => void query.refetch()} />
  ) : (
    <Waiting rows={2} label="Finding out whom it touches" />
  )
}
