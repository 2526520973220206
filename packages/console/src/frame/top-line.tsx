import { Burger, Button, Menu } from '@mantine/core'
import { useDisclosure, useHotkeys } from '@mantine/hooks'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import type { Live } from '../api/live.ts'
import { enter, signInQuery, signOut } from '../api/sign-in.ts'
import { Icon } from '../look/icons.tsx'
import logo from '../look/writ.svg'
import { Time } from '../parts/time.tsx'
import { counted, exactly } from '../parts/when.ts'
import classes from './frame.module.css'

const FindBox = lazy(() => import('./find-box.tsx').then(({ FindBox }) => ({ default: FindBox })))

interface TopLineProps {
  readonly drawer: boolean
  readonly onDrawer: () => void
  readonly live: Live
}

export function TopLine({ drawer, onDrawer, live }: TopLineProps) {
  const [finding, find] = useDisclosure()
  useHotkeys(
    [
      ['mod+K', find.open],
      ['/', find.open],
    ],
    ['INPUT', 'TEXTAREA', 'SELECT'],
  )
  return (
    <div className={classes.top}>
      <Burger opened={drawer} onClick={onDrawer} hiddenFrom="sm" size="sm" aria-label={drawer ? 'Close the pages' : 'Open the pages'} />
      <Link to="/" className={classes.brand} aria-label="Writ, overview">
        <img src={logo} alt="" width={24} height={24} />
        <span>Writ</span>
      </Link>
      <button type="button" className={classes.find} onClick={find.open} aria-keyshortcuts="Control+K Meta+K">
        <Icon name="search" size={16} />
        <span>Find a person, organization, licence, key, reason…</span>
        <kbd>Ctrl K</kbd>
      </button>
      <LiveDot live={live} />
      <Who />
      {finding && (
        <Suspense>
          <FindBox onClose={find.close} />
        </Suspense>
      )}
    </div>
  )
}

const SAYS: Record<Live['kind'], string> = {
  live: 'Live',
  starting: 'Connecting',
  halted: 'Not ready',
  unreachable: 'Not reachable',
}

function LiveDot({ live: { kind, fresh, since, show } }: { readonly live: Live }) {
  const hover = since === undefined || since === 0 ? SAYS[kind] : `What you see is of ${exactly(since)}`
  return (
    <div className={classes.live}>
      <span role="status" title={hover}>
        <span className={`${classes.dot} ${kind === 'live' ? '' : classes[kind]}`} aria-hidden="true" />
        <span className={kind === 'unreachable' || kind === 'halted' ? '' : 'hidden'}> {SAYS[kind]}</span>
        {fresh > 0 && <span className="hidden">{counted(fresh, 'change')} since this page was read</span>}
      </span>
      {fresh > 0 && kind === 'live' && (
        <Button size="xs" variant="light" onClick={show} title="Read this page again">
          {fresh} new
        </Button>
      )}
    </div>
  )
}

function Who() {
  const queries = useQueryClient()
  const { data } = useQuery(signInQuery)
  const leave = useMutation({
    mutationFn: signOut,
    onSuccess: (state) => enter(queries, state),
  })
  const { key, authority, expires_at: expires } = data ?? {}
  return (
    <Menu position="bottom-end" width={280} withinPortal>
      <Menu.Target>
        <Button
          variant="subtle"
          color="var(--ink)"
          px={8}
          rightSection={<Icon name="down" size={14} />}
          aria-label={`Signed in as ${key?.name ?? ''}`}
        >
          <Icon name="credentials" />
          <span className={classes.quietName}>&nbsp;{key?.name}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          Signed in with the key “{key?.name}” at the authority <span className="code">{authority}</span>
          {expires !== undefined && (
            <>
              , until <Time at={expires} />
            </>
          )}
        </Menu.Label>
        <Menu.Item component={Link} to="/settings">
          Settings and theme
        </Menu.Item>
        <Menu.Item component="a" href="/docs">
          The API, described
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={() => leave.mutate()}>Sign out</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
