import { inWords } from '@writ/client/words'

/** A reason in words, and its code in small type after it, for searching. */
export function ReasonText({ reason }: { readonly reason: string }) {
  const words = inWords(reason)
  return (
    <>
      {words}
      {words !== reason && <small className="code quiet"> {reason}</small>}
    </>
  )
}
