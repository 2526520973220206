import { ApiProblem } from '@writ/client'

interface Told {
  /** What happened. */
  readonly says: string
  /** What to do. */
  readonly helps: string
  /** Small, for searching and for the log. */
  readonly code: string
  readonly requestId?: string | undefined
}

const HELPS: Readonly<Record<string, string>> = {
  UNREACHABLE: 'Nothing was lost. The console tries again by itself; if it goes on, see whether the authority runs (writ doctor).',
  TIMED_OUT: 'Nothing was lost. Try again; if it goes on, the authority or its database is overloaded.',
  CREDENTIAL_INVALID: 'Sign in again.',
  ORIGIN_REFUSED: 'Load this page again, directly and not from within another page.',
  PRECONDITION_FAILED: 'Somebody else changed it meanwhile. Look at it again, then decide anew.',
  REACH_TOO_NARROW: 'Sign in with a key that is not limited to some products or organizations.',
  API_KEY_TOO_WIDE: 'Give the new key no more than your own has.',
  CONFIRMATION_REQUIRED: 'Nothing was changed: it was not confirmed.',
  CHANGE_PARKED: 'It waits on the overview until somebody else confirms or discards it.',
  SECOND_PERSON_REQUIRED: 'Ask somebody else: another person, with another key.',
  PUBLICATION_PLAN_OUTDATED: 'Another edition was published meanwhile. Look at what it comes to now, and ask anew.',
  PUBLICATION_OVER: 'Somebody decided it before. Load this page again.',
  INTERNAL: 'Nothing was changed. Give the request id to whoever runs the authority: it finds the cause in the log.',
}

/** Browsers word it each in their own way. */
function notLoaded(error: unknown): boolean {
  return error instanceof TypeError && /dynamically imported module|importing a module script/i.test(error.message)
}

/** What a person is told of a failure: what happened, what to do, and what to quote. */
export function told(error: unknown): Told {
  if (notLoaded(error))
    return {
      says: 'This part of the console could not be loaded.',
      helps: 'The authority does not answer, or a newer console was put in place meanwhile. When it answers, load the page again.',
      code: 'NOT_LOADED',
    }
  if (!(error instanceof ApiProblem))
    return { says: 'This page met something that it did not expect.', helps: 'Load it again.', code: String(error) }
  const { code, status, detail, members, requestId } = error
  const scope = typeof members.scope === 'string' ? members.scope : undefined
  const fields = error.errors.map(({ pointer, detail: wrong }) => `${pointer.replace(/^\//, '') || 'it'} ${wrong}`).join('; ')
  const says = fields === '' ? detail : `${detail} ${fields.replace(/\.$/, '')}.`
  if (scope !== undefined)
    return {
      says: `Your key does not have the scope ${scope}.`,
      helps: 'Ask an administrator for a key that has it, and sign in with that.',
      code,
      requestId,
    }
  const helps =
    HELPS[code] ??
    (status === 404 ? 'It may be gone, or your key may not see it. Press Ctrl K to look for it.' : undefined) ??
    (status === undefined || status >= 500 ? 'Nothing is known to have changed. Try again.' : 'Nothing was changed.')
  return { says, helps, code, requestId }
}
