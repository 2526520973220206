import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'

/** To where many are imported and exported at once. */
export function BulkLink({ kind }: { readonly kind: string }) {
  return (
    <Button variant="default" renderRoot={(props) => <Link to="/import" search={{ kind }} {...props} />}>
      Import or export
    </Button>
  )
}
