import { AppShell } from '@mantine/core'
import { useDisclosure, useLocalStorage, useMediaQuery } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Outlet, useRouter, useRouterState } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useRef } from 'react'
import { useLive } from '../api/live.ts'
import { signInQuery } from '../api/sign-in.ts'
import { HeldDialog } from '../parts/held.tsx'
import { Failure, Waiting } from '../parts/states.tsx'
import classes from './frame.module.css'
import { Outage } from './outage.tsx'
import { Rail } from './rail.tsx'
import { TopLine } from './top-line.tsx'

const SignInPage = lazy(() => import('../pages/sign-in/sign-in.tsx').then(({ SignInPage }) => ({ default: SignInPage })))

const IDLE_MILLISECONDS = 1_500

interface Loadable {
  preload?(): Promise<unknown>
}

/** What stands around every page; before anybody is signed in, the page that asks who it is. The address stays as it was. */
export function Frame() {
  const state = useQuery(signInQuery)
  if (state.data === undefined) {
    return (
      <main className={classes.alone}>
        {state.isError ? <Failure error={state.error} retry={() => void state.refetch()} /> : <Waiting />}
      </main>
    )
  }
  if (!state.data.signed_in) {
    return (
      <Suspense fallback={<Waiting />}>
        <SignInPage authority={state.data.authority} />
      </Suspense>
    )
  }
  return <Inside />
}

function Inside() {
  const [drawer, { toggle, close }] = useDisclosure()
  const [narrow, setNarrow] = useLocalStorage({ key: 'writ-rail', defaultValue: false, getInitialValueInEffect: false })
  const phone = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false })
  const path = useRouterState({ select: ({ location }) => location.pathname })
  const main = useRef<HTMLElement>(null)
  const shown = useRef(path)
  const live = useLive()
  const router = useRouter()

  useEffect(() => {
    // The code of every page, once there is nothing else to do: without it nobody could look around in an outage.
    const timer = setTimeout(() => {
      for (const { options } of Object.values(router.routesById)) void (options.component as Loadable | undefined)?.preload?.()
    }, IDLE_MILLISECONDS)
    return () => clearTimeout(timer)
  }, [router])

  useEffect(() => {
    if (shown.current === path) return
    shown.current = path
    close()
    // A screen reader is told of the new page, and the next Tab is in it.
    main.current?.focus({ preventScroll: true })
  }, [path, close])

  return (
    <AppShell
      header={{ height: 52 }}
      navbar={{ width: narrow ? 60 : 208, breakpoint: 'sm', collapsed: { mobile: !drawer } }}
      padding={{ base: 'md', sm: 'xl' }}
      transitionDuration={0}
    >
      <a className={classes.skip} href="#page">
        Skip to the page
      </a>
      <AppShell.Header className={classes.header}>
        <TopLine drawer={drawer} onDrawer={toggle} live={live} />
      </AppShell.Header>
      <AppShell.Navbar className={classes.navbar} aria-label="Pages" inert={phone && !drawer}>
        <Rail narrow={narrow} onNarrow={setNarrow} />
      </AppShell.Navbar>
      <AppShell.Main id="page" ref={main} tabIndex={-1} className={classes.main}>
        <div className={classes.page}>
          <Outage live={live} />
          <HeldDialog />
          <Outlet />
        </div>
      </AppShell.Main>
    </AppShell>
  )
}
