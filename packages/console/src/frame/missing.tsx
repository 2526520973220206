import { Link } from '@tanstack/react-router'
import { Page } from '../parts/page.tsx'

export function Missing() {
  return (
    <Page title="Nothing here" sentence="There is no page at this address.">
      <p>
        Press <kbd>Ctrl K</kbd> to find what you are looking for, or go to the <Link to="/">overview</Link>.
      </p>
    </Page>
  )
}
