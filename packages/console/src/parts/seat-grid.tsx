import { Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { answer, oneTime } from '@writ/client'
import { type FormEvent, useState } from 'react'
import { type Answered, api } from '../api/client.ts'
import { Icon } from '../look/icons.tsx'
import classes from './seat-grid.module.css'
import { Loaded } from './states.tsx'
import { useDeed } from './told.tsx'
import { exactly, inFigures } from './when.ts'

type Summary = Answered<'summariseSeats'>

/** More cells than these are a wall and no picture. */
const CELLS = 240

/** Who sits where, and what is free. Freeing a seat can be undone: it is given back. */
export function SeatGrid({ license, summary }: { readonly license: string; readonly summary: Summary }) {
  const [who, setWho] = useState('')
  const deed = useDeed()
  const query = useQuery({
    queryKey: ['seats', 'of', license],
    queryFn: ({ signal }) => answer(api.GET('/v1/seats', { params: { query: { license, limit: 200 } }, signal })),
  })
  const path = (identity: string) => ({ params: { path: { license, identity } }, headers: oneTime() })
  const give = (identity: string) => () => answer(api.PUT('/v1/seats/{license}/{identity}', path(identity)))
  const free = (identity: string) => () => answer(api.DELETE('/v1/seats/{license}/{identity}', path(identity)))
  const assign = (event: FormEvent) => {
    event.preventDefault()
    const identity = who.trim()
    if (identity !== '')
      deed.mutate({ run: give(identity), done: `${identity} has a seat.`, undo: free(identity) }, { onSuccess: () => setWho('') })
  }
  const limit = summary.limit ?? summary.count ?? 0
  const empty = Math.max(0, Math.min(CELLS, limit) - summary.taken)
  return (
    <Loaded query={query} rows={3}>
      {({ items, next }) => (
        <>
          <ul className={classes.grid}>
            {items.map(({ identity, taken_at: at, kind }) => (
              <li key={identity} className={classes.taken} title={`Taken ${exactly(Date.parse(at))}`}>
                <Link to="/identities/$id" params={{ id: identity }}>
                  {identity}
                </Link>
                {kind === 'named' && (
                  <button
                    type="button"
                    aria-label={`Free the seat of ${identity}`}
                    onClick={() => deed.mutate({ run: free(identity), done: `The seat of ${identity} is free.`, undo: give(identity) })}
                  >
                    <Icon name="cross" size={12} />
                  </button>
                )}
              </li>
            ))}
          </ul>
          {empty > 0 && (
            <p className={classes.free}>
              {Array.from({ length: empty }, (_, seat) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: free seats are all alike
                <span key={seat} aria-hidden="true" />
              ))}
              {inFigures(Math.max(0, limit - summary.taken))} free
            </p>
          )}
          {next !== undefined && <p className="quiet">The first {inFigures(items.length)} of them.</p>}
          {summary.kind === 'named' && (
            <form className={classes.assign} onSubmit={assign}>
              <TextInput
                aria-label="Who gets a seat"
                placeholder="id of an identity"
                value={who}
                onChange={(event) => setWho(event.currentTarget.value)}
                size="xs"
              />
              <Button type="submit" size="xs" variant="default" disabled={who.trim() === ''}>
                Assign a seat
              </Button>
            </form>
          )}
        </>
      )}
    </Loaded>
  )
}
