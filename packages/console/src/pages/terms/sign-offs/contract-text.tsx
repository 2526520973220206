import type { ContractDocument } from '@writ/terms'
import { Fragment } from 'react'
import classes from './sign-offs.module.css'

type Section = ContractDocument['sections'][number]
type Parts = Section['paragraphs'][number]['text']

/** A contract as it is read and signed: its own numbers, so that people can speak of them. */
export function ContractText({ of: { title, head, sections } }: { readonly of: ContractDocument }) {
  return (
    <article className={classes.contract} aria-label={`The contract: ${title}`}>
      {head.map((parts, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a text of which nothing moves
        <p key={index}>
          <Text of={parts} />
        </p>
      ))}
      <Sections of={sections} prefix="" level={3} />
    </article>
  )
}

function Sections({ of, prefix, level }: { readonly of: readonly Section[]; readonly prefix: string; readonly level: number }) {
  const Heading = `h${Math.min(level, 6)}` as 'h3'
  return of.map(({ title, paragraphs, sections = [] }, index) => {
    const number = `${prefix}${index + 1}`
    return (
      <Fragment key={number}>
        <Heading>
          {number}. {title}
        </Heading>
        {paragraphs.map(({ text, items = [] }, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a text of which nothing moves
          <Fragment key={place}>
            <p>
              {/* Where sections follow they have the numbers. */}
              {sections.length === 0 && <span className="number">{`${number}.${place + 1} `}</span>}
              <Text of={text} />
            </p>
            {items.length > 0 && (
              <ol type="a">
                {items.map((item, letter) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a text of which nothing moves
                  <li key={letter}>
                    <Text of={item} />
                  </li>
                ))}
              </ol>
            )}
          </Fragment>
        ))}
        <Sections of={sections} prefix={`${number}.`} level={level + 1} />
      </Fragment>
    )
  })
}

function Text({ of }: { readonly of: Parts }) {
  return of.map((part, index) =>
    typeof part === 'string' ? (
      part
    ) : 'strong' in part ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: a text of which nothing moves
      <strong key={index}>{part.strong}</strong>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: a text of which nothing moves
      <code key={index}>{part.code}</code>
    ),
  )
}
