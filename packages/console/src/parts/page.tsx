import type { ReactNode } from 'react'
import { useEffect } from 'react'
import classes from './page.module.css'

interface PageProps {
  /** What kind of page, small: "Organization". */
  readonly kind?: string
  readonly title: string
  /** What one would say on the phone. */
  readonly sentence: ReactNode
  /** Beside the title, on wide screens at the right. */
  readonly actions?: ReactNode
  readonly children?: ReactNode
}

/** A page opens with its sentence; the facts follow. */
export function Page({ kind, title, sentence, actions, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Writ`
  }, [title])
  return (
    <>
      <header className={classes.head}>
        <div className={classes.names}>
          <h1>
            {kind !== undefined && <span className={classes.kind}>{kind} </span>}
            {title}
          </h1>
          {actions !== undefined && <div className={classes.actions}>{actions}</div>}
        </div>
        <div className={classes.sentence} data-sentence>
          {sentence}
        </div>
      </header>
      {children}
    </>
  )
}

interface SectionProps {
  readonly title: string
  /** Small, after the title. */
  readonly note?: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
}

export function Section({ title, note, actions, children }: SectionProps) {
  return (
    <section className={classes.section}>
      <div className={classes.sectionHead}>
        <h2>{title}</h2>
        {note !== undefined && <span className="quiet">{note}</span>}
        {actions !== undefined && <div className={classes.actions}>{actions}</div>}
      </div>
      {children}
    </section>
  )
}

/** Names and values, for the raw facts of one thing. */
export function Facts({ of }: { readonly of: readonly (readonly [name: string, value: ReactNode] | undefined)[] }) {
  return (
    <dl className={classes.facts}>
      {of.map(
        (fact) =>
          fact !== undefined && (
            <div key={fact[0]}>
              <dt>{fact[0]}</dt>
              <dd>{fact[1]}</dd>
            </div>
          ),
      )}
    </dl>
  )
}
