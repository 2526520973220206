import { SegmentedControl, useMantineColorScheme } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { answer } from '@writ/client'
import { api } from '../../api/client.ts'
import { signInQuery } from '../../api/sign-in.ts'
import { Facts, Page, Section } from '../../parts/page.tsx'
import { Loaded } from '../../parts/states.tsx'
import { Time } from '../../parts/time.tsx'
import { Attention, Keys } from './keys.tsx'

/** Signing keys and their rotation, whether the root is backed up, and how the page looks. */
export function Settings() {
  const keys = useQuery({ queryKey: ['keys'], queryFn: ({ signal }) => answer(api.GET('/v1/keys', { signal })) })
  const { data: me } = useQuery(signInQuery)
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <Page
      title="Settings"
      sentence={keys.data === undefined ? 'Keys, their backup, and how this page looks.' : sentence(keys.data.attention)}
    >
      <Loaded query={keys} rows={6}>
        {(state) => (
          <>
            <Attention codes={state.attention} />
            <Keys state={state} />
          </>
        )}
      </Loaded>
      <Section title="Theme" note="of this browser">
        <SegmentedControl
          aria-label="Theme"
          data={[
            { value: 'auto', label: 'As the system' },
            { value: 'light', label: 'Light' },
            { value: 'dark', label: 'Dark' },
          ]}
          value={colorScheme}
          onChange={(value) => setColorScheme(value as 'auto' | 'light' | 'dark')}
        />
      </Section>
      <Section title="This sign-in">
        <Facts
          of={[
            [
              'Authority',
              <span key="authority" className="code">
                {me?.authority}
              </span>,
            ],
            ['Key', `${me?.key?.name ?? ''} (${me?.key?.id ?? ''})`],
            ['Ends', me?.expires_at === undefined ? '' : <Time key="ends" at={me.expires_at} />],
          ]}
        />
      </Section>
    </Page>
  )
}

function sentence(attention: readonly string[]): string {
  if (attention.length === 0) return 'All keys are in order, and the root is backed up.'
  if (attention.includes('root_not_backed_up'))
    return 'The root key is not backed up: without it no license file could be signed after a loss.'
  return 'The keys need your attention.'
}
