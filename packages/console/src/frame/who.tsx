import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { meQuery } from '../api/me.ts'
import { does, sees } from '../pages/credentials/reach.ts'
import { listed } from '../parts/when.ts'
import classes from './frame.module.css'

/** As whom one is signed in, in which role, and what one sees. */
export function Who() {
  const { data } = useQuery(meQuery)
  if (data === undefined) return <div className={classes.who} />
  const { key, identity } = data
  const name = identity?.name ?? identity?.id
  return (
    <div className={classes.who}>
      <p>
        Signed in with <strong>{key.name}</strong>
      </p>
      <p className="quiet">
        {identity === undefined ? (
          <>May {does(key.scopes)}</>
        ) : (
          <>
            for{' '}
            <Link to="/identities/$id" params={{ id: identity.id }}>
              {name}
            </Link>
            , {identity.roles.length === 0 ? 'without a role here' : listed(identity.roles)}
          </>
        )}
        {'; '}
        sees {sees(key)}
      </p>
    </div>
  )
}
