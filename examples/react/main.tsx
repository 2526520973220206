/** A page that shows what may be used: `PORT=3000 node examples/express.ts` is its back end, and `npx vite examples/react` serves it. */
import { createEntitlements } from '@writ/sdk/react'
import { useState } from 'react'
import { createRoot } from 'react-dom/client'
import type { atlas } from '../atlas.gen.ts'

// #region hook
const { EntitlementsProvider, Entitled, useEntitlement, useEntitlements } = createEntitlements<typeof atlas>()

function Forecast() {
  const model = useEntitlement('model.size')
  return <p>Forecast model: {model.allowed ? model.value : model.status}</p>
}

function Reports() {
  return (
    <Entitled
      feature="report.export"
      loading={<p>One moment</p>}
      fallback={(no) => <p role="alert">No exports: {no.status === 'refused' ? no.reason : 'nobody to ask'}</p>}
    >
      <Export />
    </Entitled>
  )
}
// #endregion

// #region ask
function Export() {
  const { refresh } = useEntitlements()
  const [count, setCount] = useState(0)
  const exportReport = async () => {
    const answer = await fetch(`/reports/${crypto.randomUUID()}`, { method: 'POST' })
    // The server is who says no. What the page knew is late then, so it hears again.
    if (answer.ok) setCount(count + 1)
    else await refresh()
  }
  return (
    <button type="button" onClick={exportReport}>
      Export (so far {count})
    </button>
  )
}
// #endregion

const root = document.getElementById('root')
if (root !== null) {
  createRoot(root).render(
    <EntitlementsProvider url="/entitlements">
      <Reports />
      <Forecast />
    </EntitlementsProvider>,
  )
}
