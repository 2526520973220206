import { Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { answer, oneTime } from '@writ/client'
import { useState } from 'react'
import { api } from '../../../api/client.ts'
import { meQuery } from '../../../api/me.ts'
import { publicationName, rolesToSign, type WholePublication } from '../../../api/publications.ts'
import type { Me } from '../../../api/why-not.ts'
import { Act } from '../../../parts/act.tsx'
import { DeedForm } from '../../../parts/deed-form.tsx'
import { counted, listed } from '../../../parts/when.ts'

type Asking = { readonly what: 'sign' | 'refuse'; readonly role: string } | { readonly what: 'withdraw' }

/** Signing off, refusing, taking back: for whom it is, and for others why it is not. @param hash of the text that is read; absent: not read yet */
export function Decide({ publication, hash }: { readonly publication: WholePublication; readonly hash: string | undefined }) {
  const { data: me } = useQuery(meQuery)
  const [asking, ask] = useState<Asking>()
  const [reason, setReason] = useState('')
  const { id, product, state, title, waits_for: waits } = publication
  if (state !== 'waiting') return null
  const name = publicationName(publication)
  const params = { path: { product, id } }
  const sign = (role: string) =>
    answer(
      api.POST('/v1/products/{product}/publications/{id}/sign-off', {
        params,
        body: { role, hash: hash ?? '' },
        headers: oneTime(),
      }),
    )
  const refuse = (role: string) =>
    answer(
      api.POST('/v1/products/{product}/publications/{id}/refuse', { params, body: { role, reason: reason.trim() }, headers: oneTime() }),
    )
  const withdraw = () => answer(api.POST('/v1/products/{product}/publications/{id}/withdraw', { params, headers: oneTime() }))
  const roles = rolesToSign(publication, me)
  const mayRefuse = waits.filter((role) => me?.identity?.roles.includes(role))
  const close = () => ask(undefined)
  const isLast = waits.length === 1
  return (
    <>
      {roles.length === 0 && me !== undefined && <span className="quiet">{whyNot(publication, me)}</span>}
      {roles.map((role) => (
        <Act key={role} needs="catalog.sign_off" variant="filled" onClick={() => ask({ what: 'sign', role })}>
          Sign off as {role}
        </Act>
      ))}
      {mayRefuse.map((role) => (
        <Act key={role} needs="catalog.sign_off" onClick={() => ask({ what: 'refuse', role })}>
          Refuse as {role}
        </Act>
      ))}
      <Act needs="catalog.write" onClick={() => ask({ what: 'withdraw' })}>
        Take it back
      </Act>
      <DeedForm
        opened={asking?.what === 'sign'}
        onClose={close}
        title={`Sign off ${name}`}
        deed={asking?.what === 'sign' ? `Sign off as ${asking.role}` : ''}
        ready={hash !== undefined && hash === publication.hash}
        run={() => sign(asking?.what === 'sign' ? asking.role : '')}
        done={({ edition, waits_for: left }) => ({
          says: edition === undefined ? `It is signed off, and waits for ${listed(left)}.` : `Edition ${edition} of ${title} is published.`,
        })}
      >
        <p>
          You sign exactly the contract on this page, and what it comes to: {counted(publication.consequences.length, 'consequence')}.{' '}
          {isLast
            ? 'You are the last: it is published at once.'
            : 'A sign-off is not taken back, but until all have signed you may refuse.'}
        </p>
        <p className="code">{hash}</p>
        {hash !== undefined && hash !== publication.hash && <p>This is not the text that was asked for. Load the page again.</p>}
      </DeedForm>
      <DeedForm
        opened={asking?.what === 'refuse'}
        onClose={close}
        title={`Refuse ${name}`}
        deed={asking?.what === 'refuse' ? `Refuse as ${asking.role}` : ''}
        ready={reason.trim() !== ''}
        run={() => refuse(asking?.what === 'refuse' ? asking.role : '')}
        done={() => ({ says: 'It is refused, and waits no longer.' })}
      >
        <Textarea
          label="What is wrong with it"
          description="For whoever asked for it. It stays in the audit."
          value={reason}
          // One line: it stands in lists.
          onChange={(event) => setReason(event.currentTarget.value.replaceAll(/\s/g, ' '))}
          maxLength={2_000}
          autosize
          minRows={2}
          data-autofocus
        />
      </DeedForm>
      <DeedForm
        opened={asking?.what === 'withdraw'}
        onClose={close}
        title={`Take back ${name}`}
        deed="Take it back"
        run={withdraw}
        done={() => ({ says: 'It is taken back. Nothing was published.' })}
      >
        <p>It waits no longer, and nobody can sign it any more. The same terms can be asked for anew.</p>
      </DeedForm>
    </>
  )
}

/** Why the reader signs in no role. */
function whyNot({ identity: asker, sign_offs: signed, waits_for: waits }: WholePublication, { identity: own }: Me): string {
  if (own === undefined) return 'Your key acts for nobody: people sign it off.'
  if (own.id === asker) return 'You asked for it: others sign it off.'
  if (signed.some(({ identity }) => identity === own.id)) return 'You signed it off.'
  return `You have none of the roles that it waits for: ${listed(waits)}.`
}
