import { NativeSelect, SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useKnownMay } from '../../api/me.ts'
import { summaryQuery } from '../../api/overview.ts'
import { waitingQuery } from '../../api/publications.ts'
import { editionQuery, productsQuery } from '../../api/terms.ts'
import { Page } from '../../parts/page.tsx'
import { Loaded, Waiting } from '../../parts/states.tsx'
import { counted, inFigures } from '../../parts/when.ts'
import { Editions } from './editions.tsx'
import { Matrix } from './matrix.tsx'

const route = getRouteApi('/terms')
/** Only who edits loads the editor, and the contract language with it. */
const Editor = lazy(() => import('./editor/edit.tsx').then(({ Edit }) => ({ default: Edit })))

/** Who reads a contract to sign it loads the contract language too. */
const SignOffs = lazy(() => import('./sign-offs/sign-offs.tsx').then((module) => ({ default: module.SignOffs })))

const VIEWS = [
  { value: 'plans', label: 'Plans' },
  { value: 'editions', label: 'Editions' },
  { value: 'edit', label: 'Edit' },
  { value: 'sign-offs', label: 'Sign-offs' },
]

/** What the plans include, who is on which edition, and the next edition. */
export function Terms() {
  const { product: wanted, edition: asked, view = 'plans' } = route.useSearch()
  const navigate = route.useNavigate()
  const products = useQuery(productsQuery)
  const summary = useQuery(summaryQuery)
  const product = products.data?.find(({ id }) => id === wanted) ?? products.data?.[0]
  const edition = asked === undefined ? product?.edition : Number(asked)
  const shown = useQuery({
    ...editionQuery(product?.id ?? '', edition ?? 0),
    enabled: product !== undefined && edition !== product.edition,
  })
  const contract = edition === product?.edition ? product?.contract : shown.data
  const on = summary.data?.plans.filter((each) => each.product === product?.id) ?? []
  const waiting = useQuery({ ...waitingQuery, enabled: useKnownMay('catalog.read') }).data?.items.length ?? 0
  const showing = products.data?.length === 0 && view !== 'sign-offs' ? 'edit' : view
  return (
    <Page
      title={product?.title ?? 'Terms'}
      kind={product === undefined ? '' : 'Terms of'}
      sentence={sentence(products.data?.length, product?.title, Object.keys(contract?.plans ?? {}).length, edition, product?.edition, on)}
      actions={
        <>
          {(products.data?.length ?? 0) > 1 && (
            <NativeSelect
              aria-label="Product"
              data={products.data?.map(({ id, title }) => ({ value: id, label: title })) ?? []}
              value={product?.id}
              onChange={(event) =>
                void navigate({ to: '.', search: { product: event.currentTarget.value, ...(view !== 'plans' && { view }) } })
              }
            />
          )}
          <SegmentedControl
            aria-label="What is shown"
            data={VIEWS.map(({ value, label }) => ({
              value,
              label: value === 'sign-offs' && waiting > 0 ? `${label} (${waiting})` : label,
            }))}
            value={showing}
            onChange={(next) =>
              void navigate({
                to: '.',
                search: { ...(wanted !== undefined && { product: wanted }), ...(next !== 'plans' && { view: next }) },
              })
            }
          />
        </>
      }
    >
      <Loaded query={products} rows={10}>
        {() =>
          showing === 'edit' ? (
            <Suspense fallback={<Waiting rows={12} label="Loading the editor" />}>
              <Editor key={product?.id ?? ''} product={product} />
            </Suspense>
          ) : showing === 'sign-offs' ? (
            <Suspense fallback={<Waiting rows={12} label="Loading the contract language" />}>
              <SignOffs />
            </Suspense>
          ) : product === undefined ? null : showing === 'editions' ? (
            <Editions product={product.id} newest={product.edition} on={on} />
          ) : contract === undefined ? (
            <Loaded query={shown}>{() => null}</Loaded>
          ) : (
            <Matrix contract={contract} />
          )
        }
      </Loaded>
    </Page>
  )
}

interface OnEdition {
  readonly edition: number
  readonly licenses: number
}

function sentence(
  products: number | undefined,
  title: string | undefined,
  plans: number,
  edition: number | undefined,
  newest: number | undefined,
  on: readonly OnEdition[],
): string {
  if (products === 0) return 'Nothing is sold yet: write the first terms.'
  if (title === undefined || edition === undefined) return 'What is sold, and on what terms.'
  const here = on.filter((each) => each.edition === edition).reduce((sum, { licenses }) => sum + licenses, 0)
  const older = on.filter((each) => each.edition !== edition).reduce((sum, { licenses }) => sum + licenses, 0)
  const which = edition === newest ? `edition ${edition}, the newest` : `edition ${edition}, an older one`
  const others = edition === newest ? 'older ones' : 'others'
  const rest = older === 0 ? '' : `, ${inFigures(older)} ${older === 1 ? 'is' : 'are'} on ${others}`
  const many = here === 0 ? 'no licence is' : `${counted(here, 'licence')} ${here === 1 ? 'is' : 'are'}`
  return `${title} is sold in ${counted(plans, 'plan')} by ${which}: ${many} on it${rest}.`
}
