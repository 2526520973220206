import { Link } from '@tanstack/react-router'

/** Who did it: `key:…`, `identity:…`, or an operator on the host. */
export function Actor({ of }: { readonly of: string }) {
  const [kind, id = ''] = of.split(':', 2)
  if (kind === 'identity') {
    return (
      <Link to="/identities/$id" params={{ id }} className="code">
        {id}
      </Link>
    )
  }
  return <span className="code">{kind === 'operator' ? 'an operator on the host' : id || kind}</span>
}
