import { Button } from '@mantine/core'
import { useDebouncedValue, useDisclosure } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { answer, oneTime } from '@writ/client'
import { parse } from '@writ/terms'
import { useCallback, useMemo, useRef, useState } from 'react'
import { api } from '../../../api/client.ts'
import type { SoldProduct } from '../../../api/terms.ts'
import { Confirm } from '../../../parts/confirm.tsx'
import { Consequences } from '../../../parts/consequences.tsx'
import { ImpactOf } from '../../../parts/impact.tsx'
import { Failure, Loaded, Waiting } from '../../../parts/states.tsx'
import { useDeed } from '../../../parts/told.tsx'
import { UnprovableList } from '../../../parts/unprovable.tsx'
import { counted, listed } from '../../../parts/when.ts'
import classes from '../terms.module.css'
import { CodeEditor, type GoTo } from './code-editor.tsx'
import { START } from './start.ts'

/** The next edition: written on the left, checked while it is written, and on the right what it would come to. */
export function Edit({ product }: { readonly product: SoldProduct | undefined }) {
  const query = useQuery({
    queryKey: ['source', product?.id, product?.edition],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => {
      if (product === undefined) return START
      const path = { product: product.id, edition: product.edition }
      return (await answer(api.GET('/v1/products/{product}/editions/{edition}', { params: { path }, signal }))).source
    },
  })
  return <Loaded query={query}>{(source) => <Draft key={source} source={source} product={product} />}</Loaded>
}

function Draft({ source, product }: { readonly source: string; readonly product: SoldProduct | undefined }) {
  const place = `writ-draft-${product?.id ?? ''}`
  // A draft outlives a reload and a look at another page; it is no secret, and ends with the tab.
  const [text, setText] = useState(() => sessionStorage.getItem(place) ?? source)
  const [shown, setShown] = useState(0)
  const goTo = useRef<GoTo>(undefined)
  const [settled] = useDebouncedValue(text, 400)
  const { terms, findings } = useMemo(() => parse(settled), [settled])
  const faultsOf = useCallback((typed: string) => parse(typed).findings, [])
  const id = product?.id ?? terms?.product ?? ''
  const plan = useQuery({
    queryKey: ['plan', id, settled],
    queryFn: ({ signal }) =>
      answer(api.POST('/v1/products/{product}/editions/plan', { params: { path: { product: id } }, body: { terms: settled }, signal })),
    enabled: terms !== undefined && id !== '',
    placeholderData: keepPreviousData,
  })
  const change = (next: string) => {
    setText(next)
    if (next === source) sessionStorage.removeItem(place)
    else sessionStorage.setItem(place, next)
  }
  const discard = () => {
    sessionStorage.removeItem(place)
    setText(source)
    setShown((count) => count + 1)
  }
  const errors = findings.filter(({ severity }) => severity === 'error')
  return (
    <div className={classes.edit}>
      <div className={classes.editor}>
        <CodeEditor key={shown} initial={text} onChange={change} faultsOf={faultsOf} goTo={goTo} />
      </div>
      <div className={classes.side} aria-live="polite">
        {findings.length > 0 && (
          <>
            <h2>
              {errors.length > 0
                ? `${counted(errors.length, 'fault')}: it cannot be published like this`
                : counted(findings.length, 'warning')}
            </h2>
            <ul className={classes.faults}>
              {findings.slice(0, 12).map(({ line, column, message, suggestion, code }) => (
                <li key={`${line} ${column} ${code}`}>
                  <button type="button" onClick={() => goTo.current?.(line, column)}>
                    <span className="number">{line}:</span> {message} {suggestion} <small className="code quiet">{code}</small>
                  </button>
                </li>
              ))}
            </ul>
          </>
        )}
        {errors.length === 0 && (
          <>
            <h2>What this changes</h2>
            {plan.isError ? (
              <Failure error={plan.error} retry={() => void plan.refetch()} />
            ) : plan.data === undefined ? (
              <Waiting rows={3} />
            ) : (
              <>
                <Consequences of={plan.data.consequences} />
                <UnprovableList of={plan.data.unprovable} />
              </>
            )}
            {plan.data?.is_new && (
              <Publish product={id} terms={settled} plan={plan.data} ready={settled === text && !plan.isPlaceholderData} onDone={discard} />
            )}
          </>
        )}
        {text !== source && (
          <div className={classes.buttons}>
            <Button variant="subtle" size="xs" onClick={discard}>
              Discard the draft
            </Button>
          </div>
        )}
      </div>
    </div>
  )
}

interface PublishProps {
  readonly product: string
  readonly terms: string
  readonly plan: {
    readonly edition: number
    readonly plan_hash: string
    readonly at_once: number
    readonly sign_offs: readonly string[]
    readonly consequences: readonly { readonly direction: string; readonly effect: string }[]
    readonly licenses: readonly { readonly count: number }[]
  }
  /** Whether the plan is of the text as it stands. */
  readonly ready: boolean
  readonly onDone: () => void
}

/** Publishing takes from nobody who has a licence, unless something holds at once: then the product is typed. */
function Publish({ product, terms, plan, ready, onDone }: PublishProps) {
  const { edition, plan_hash: hash, consequences, licenses, sign_offs: signers } = plan
  const deed = useDeed()
  const navigate = useNavigate()
  const [asking, { open, close }] = useDisclosure()
  const run = async () => {
    // Refused when what was looked at is not what would be published.
    const done = await answer(
      api.POST('/v1/products/{product}/editions', { params: { path: { product } }, body: { terms, if_plan: hash }, headers: oneTime() }),
    )
    onDone()
    if ('publication' in done) await navigate({ to: '/terms', search: { product, view: 'sign-offs', publication: done.publication.id } })
  }
  const takesAtOnce = consequences.filter(({ direction, effect }) => direction === 'narrows' && effect === 'at_once').length
  const sold = licenses.reduce((sum, { count }) => sum + count, 0)
  return (
    <div className={classes.buttons}>
      <Button
        loading={deed.isPending}
        disabled={!ready}
        onClick={() =>
          signers.length > 0
            ? deed.mutate({ run, done: `It is asked for, and waits for ${listed(signers)}.` })
            : takesAtOnce > 0
              ? open()
              : deed.mutate({ run, done: `Edition ${edition} of ${product} is published. ${counted(sold, 'licence')} stay on theirs.` })
        }
      >
        {signers.length > 0 ? `Ask for the sign-offs of edition ${edition}` : `Publish edition ${edition}`}
      </Button>
      {signers.length > 0 && <p className="quiet">It is published once {listed(signers)} have signed it off.</p>}
      <Confirm opened={asking} onClose={close} deed={`Publish edition ${edition}`} type={product} run={run}>
        <p>
          {counted(takesAtOnce, 'consequence holds', 'consequences hold')} at once, for{' '}
          {sold === 1 ? 'the licence' : `all ${counted(sold, 'licence')}`} of {product}, whatever edition they are on. An edition cannot be
          unpublished; the next one can say it otherwise.
        </p>
        <ImpactOf of={{ publish: { product, terms } }} />
      </Confirm>
    </div>
  )
}
