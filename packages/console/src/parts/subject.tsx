import { Link } from '@tanstack/react-router'

/** What an audit row is about, `organization:acme`, as a link to its page where it has one. */
export function Subject({ of }: { readonly of: string }) {
  const at = of.indexOf(':')
  const [kind, id] = at < 0 ? ['', of] : [of.slice(0, at), of.slice(at + 1)]
  const to =
    kind === 'organization'
      ? '/organizations/$id'
      : kind === 'identity'
        ? '/identities/$id'
        : kind === 'license'
          ? '/licenses/$id'
          : undefined
  const words = `${kind.replaceAll('_', ' ')} ${id}`.trim()
  return to === undefined ? (
    <span className="code">{words}</span>
  ) : (
    <Link to={to} params={{ id }} className="code">
      {words}
    </Link>
  )
}
