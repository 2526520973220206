import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { contractDocument, hash, parse } from '@writ/terms'
import { publicationName, publicationQuery, type WholePublication } from '../../../api/publications.ts'
import { Consequences } from '../../../parts/consequences.tsx'
import { Facts, Section } from '../../../parts/page.tsx'
import { Badge } from '../../../parts/state-badge.tsx'
import { Loaded } from '../../../parts/states.tsx'
import { Time } from '../../../parts/time.tsx'
import { UnprovableList } from '../../../parts/unprovable.tsx'
import { counted, listed } from '../../../parts/when.ts'
import { ContractText } from './contract-text.tsx'
import { Decide } from './decide.tsx'
import { PublicationBadge } from './publication-badge.tsx'
import classes from './sign-offs.module.css'

/** One that waits, or did: who signs it, what it comes to, and the contract that they sign. */
export function Waiting({ product, id }: { readonly product: string; readonly id: string }) {
  const query = useQuery(publicationQuery(product, id))
  return (
    <>
      <p>
        <Link to="/terms" search={{ product, view: 'sign-offs' }}>
          All sign-offs
        </Link>
      </p>
      <Loaded query={query} rows={12}>
        {(publication) => <Read key={publication.id} publication={publication} />}
      </Loaded>
    </>
  )
}

function Read({ publication }: { readonly publication: WholePublication }) {
  const { id, product, state, base, edition, terms, consequences, unprovable, created_at: asked } = publication
  // Found out here from the text that is shown, so that what is signed is what was read.
  const text = useQuery({
    queryKey: ['publication-text', id],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => {
      const { terms: read } = parse(terms)
      if (read === undefined) throw new RangeError('a publication holds terms that do not parse')
      const digest = await hash(read)
      return { digest, document: contractDocument(read, { hash: digest, ...(edition !== undefined && { edition }) }) }
    },
  })
  return (
    <>
      <Section
        title={publicationName(publication)}
        note={<PublicationBadge state={state} />}
        actions={<Decide publication={publication} hash={text.data?.digest} />}
      >
        <Signers of={publication} />
        <Facts
          of={[
            ['Product', product],
            ['Follows', base === 0 ? 'nothing: the product is new' : `edition ${base}`],
            ['Asked for by', <span key="by">{publication.identity ?? publication.created_by}</span>],
            ['Asked', <Time key="at" at={asked} />],
            ['Fingerprint', <code key="hash">{publication.hash}</code>],
          ]}
        />
      </Section>
      {state === 'waiting' && (
        <Section title="What it comes to" note={counted(consequences.length, 'consequence')}>
          {base === 0 ? <p>The product is new: nobody has a licence yet.</p> : <Consequences of={consequences} />}
          <UnprovableList of={unprovable} />
        </Section>
      )}
      <Section title="The contract in prose">
        <Loaded query={text} rows={10}>
          {({ document }) => <ContractText of={document} />}
        </Loaded>
      </Section>
    </>
  )
}

function Signers({ of: { sign_offs: signed, waits_for: waits, refused, state } }: { readonly of: WholePublication }) {
  return (
    <ul className={classes.roles} aria-label="Who signs it off">
      {signed.map(({ role, identity, at }) => (
        <li key={role}>
          <strong>{role}</strong> <Badge tone="good">Signed off</Badge>
          <span>
            by <span className="code">{identity}</span> <Time at={at} as="ago" />
          </span>
        </li>
      ))}
      {waits.map((role) => (
        <li key={role}>
          <strong>{role}</strong> <Badge tone="warn">Has not signed</Badge>
        </li>
      ))}
      {refused !== undefined && (
        <li>
          <strong>{refused.role}</strong> <Badge tone="bad">Refused</Badge>
          <span>
            by <span className="code">{refused.identity}</span> <Time at={refused.at} as="ago" />: {refused.reason}
          </span>
        </li>
      )}
      {state === 'waiting' && <li className="quiet">Published by the last of them, at once. It waits for {listed(waits)}.</li>}
      {state === 'outdated' && <li className="quiet">Another edition was published since: this one never will be. Ask anew.</li>}
      {state === 'withdrawn' && <li className="quiet">It was taken back.</li>}
      {state === 'refused' && <li className="quiet">It waits no longer: change the terms, and ask anew.</li>}
    </ul>
  )
}
