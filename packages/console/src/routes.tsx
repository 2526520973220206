import { createRootRoute, createRoute, createRouter, lazyRouteComponent, type RouterHistory } from '@tanstack/react-router'
import { Frame } from './frame/frame.tsx'
import { Missing } from './frame/missing.tsx'
import { readQuestion } from './pages/ask/question.ts'
import { Failure, Waiting } from './parts/states.tsx'

/** Texts of the address that a page knows; all else is left out of it. */
function texts<const Name extends string>(...names: Name[]) {
  return (search: Record<string, unknown>): { [N in Name]?: string } => {
    const found: { [N in Name]?: string } = {}
    for (const name of names) {
      const value = search[name]
      if (typeof value === 'string') found[name] = value
    }
    return found
  }
}

const root = createRootRoute({ component: Frame, notFoundComponent: Missing })
const page = <const Path extends string>(path: Path) => ({ getParentRoute: () => root, path })

const tree = root.addChildren([
  createRoute({ ...page('/'), component: lazyRouteComponent(() => import('./pages/overview/overview.tsx'), 'Overview') }),
  createRoute({
    ...page('/organizations'),
    validateSearch: texts('q', 'sort'),
    component: lazyRouteComponent(() => import('./pages/organizations/organizations.tsx'), 'Organizations'),
  }),
  createRoute({
    ...page('/organizations/$id'),
    component: lazyRouteComponent(() => import('./pages/organization/organization.tsx'), 'OrganizationPage'),
  }),
  createRoute({
    ...page('/identities'),
    validateSearch: texts('organization', 'kind', 'status', 'q', 'sort'),
    component: lazyRouteComponent(() => import('./pages/identities/identities.tsx'), 'Identities'),
  }),
  createRoute({
    ...page('/identities/$id'),
    validateSearch: texts('country'),
    component: lazyRouteComponent(() => import('./pages/identity/identity.tsx'), 'IdentityPage'),
  }),
  createRoute({
    ...page('/licenses'),
    validateSearch: texts('organization', 'product', 'plan', 'state', 'sort', 'q'),
    component: lazyRouteComponent(() => import('./pages/licenses/licenses.tsx'), 'Licenses'),
  }),
  createRoute({ ...page('/licenses/$id'), component: lazyRouteComponent(() => import('./pages/license/license.tsx'), 'LicensePage') }),
  createRoute({
    ...page('/import'),
    validateSearch: texts('kind'),
    component: lazyRouteComponent(() => import('./pages/bulk/bulk.tsx'), 'Bulk'),
  }),
  createRoute({
    ...page('/audit'),
    validateSearch: texts(
      ...(['view', 'from', 'to', 'organization', 'open'] as const),
      ...(['actor', 'action', 'subject', 'result', 'text'] as const),
      ...(['identity', 'feature', 'reason', 'allowed'] as const),
    ),
    component: lazyRouteComponent(() => import('./pages/audit/audit.tsx'), 'Audit'),
  }),
  createRoute({
    ...page('/terms'),
    validateSearch: texts('product', 'edition', 'view', 'before', 'publication'),
    component: lazyRouteComponent(() => import('./pages/terms/terms.tsx'), 'Terms'),
  }),
  createRoute({
    ...page('/credentials'),
    validateSearch: texts('q', 'state', 'open'),
    component: lazyRouteComponent(() => import('./pages/credentials/credentials.tsx'), 'Credentials'),
  }),
  createRoute({ ...page('/settings'), component: lazyRouteComponent(() => import('./pages/settings/settings.tsx'), 'Settings') }),
  createRoute({ ...page('/ask'), validateSearch: readQuestion, component: lazyRouteComponent(() => import('./pages/ask/ask.tsx'), 'Ask') }),
])

export function makeRouter(history?: RouterHistory) {
  return createRouter({
    routeTree: tree,
    basepath: '/console',
    // Plain texts, as people write addresses by hand; a page reads each by its own rules.
    parseSearch: (search) => Object.fromEntries(new URLSearchParams(search)),
    stringifySearch: (search) => {
      const known = Object.entries(search).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
      return known.length === 0 ? '' : `?${new URLSearchParams(known)}`
    },
    defaultPreload: 'intent',
    scrollRestoration: true,
    defaultPendingComponent: Waiting,
    defaultErrorComponent: ({ error, reset }) => <Failure error={error} retry={reset} />,
    ...(history !== undefined && { history }),
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>
  }
}
