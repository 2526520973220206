import { SegmentedControl } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { Page } from '../../parts/page.tsx'
import { Decided } from './decided.tsx'
import { Done } from './done.tsx'

const route = getRouteApi('/audit')

/** Who did what, and who was refused what: searched by who, what, when and with which result. */
export function Audit() {
  const { view, from, to } = route.useSearch()
  const navigate = route.useNavigate()
  const decisions = view === 'decisions'
  return (
    <Page
      title="Audit"
      sentence={
        decisions
          ? 'Every question that was decided, the last first.'
          : 'Everything that was done, and what was refused to whom, the last first.'
      }
      actions={
        <SegmentedControl
          aria-label="What is shown"
          data={[
            { value: 'changes', label: 'What was done' },
            { value: 'decisions', label: 'What was decided' },
          ]}
          value={decisions ? 'decisions' : 'changes'}
          onChange={(next) =>
            void navigate({
              to: '.',
              search: { ...(next === 'decisions' && { view: next }), ...(from !== undefined && { from }), ...(to !== undefined && { to }) },
            })
          }
        />
      }
    >
      {decisions ? <Decided /> : <Done />}
    </Page>
  )
}
