import { type Contract, type EntryTerms, entriesOf, type FeatureTerms } from '../../api/contract.ts'
import { Icon } from '../../look/icons.tsx'
import { amountOf, termsOf } from '../license/includes.tsx'
import classes from './terms.module.css'

/** Plans across, features down: what each plan includes, how much of it, and what it wants for it. */
export function Matrix({ contract }: { readonly contract: Contract }) {
  const plans = Object.entries(contract.plans ?? {})
  return (
    // A wide table scrolls by itself, also by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable
    <section className={classes.scroll} tabIndex={0} aria-label="Plans and features">
      <table className={classes.matrix}>
        <thead>
          <tr>
            <th scope="col">Feature</th>
            {plans.map(([name, { title = name }]) => (
              <th key={name} scope="col">
                {title}
                <br />
                <small className="code quiet">{name}</small>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Object.entries(contract.features ?? {}).map(([name, feature]) => (
            <tr key={name}>
              <th scope="row">
                {feature.title ?? name}
                <br />
                <small className="code quiet">{name}</small>
              </th>
              {plans.map(([plan, terms]) => (
                <td key={plan}>
                  <Cell entries={entriesOf(terms, name)} feature={feature} />
                </td>
              ))}
            </tr>
          ))}
          <Row
            title="Seats"
            of={plans.map(([, { seats }]) =>
              seats === undefined ? '–' : seats.named !== undefined ? `${seats.named} named` : `${seats.floating} floating`,
            )}
          />
          <Row title="Trial" of={plans.map(([, { trial }]) => trial ?? '–')} />
          <Row title="Grace after the end" of={plans.map(([, { grace }]) => grace?.expiry ?? '–')} />
          <Row title="Grace for payment" of={plans.map(([, { grace }]) => grace?.payment ?? '–')} />
          <Row title="Grace offline" of={plans.map(([, { grace }]) => grace?.offline ?? '–')} />
          <Row title="Conditions" of={plans.map(([, { conditions }]) => Object.keys(conditions ?? {}).join(', ') || '–')} />
        </tbody>
      </table>
    </section>
  )
}

function Row({ title, of }: { readonly title: string; readonly of: readonly string[] }) {
  return (
    <tr className={classes.plain}>
      <th scope="row">{title}</th>
      {of.map((text, column) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
        <td key={column}>{text}</td>
      ))}
    </tr>
  )
}

/** Yes and how much; small marks for a proof, an approval or a restriction, with their words. */
function Cell({ entries, feature }: { readonly entries: readonly EntryTerms[]; readonly feature: FeatureTerms }) {
  const [first] = entries
  if (first === undefined) {
    return (
      <span className="quiet">
        <Icon name="dash" size={14} />
        <span className="hidden">not included</span>
      </span>
    )
  }
  const amount = amountOf(first, feature)
  const words = entries.map(termsOf).filter((text) => text !== '')
  return (
    <>
      {amount === 'yes' ? (
        <span className={classes.yes}>
          <Icon name="check" size={15} />
          <span className="hidden">included</span>
        </span>
      ) : (
        <span className="number">{amount}</span>
      )}
      {entries.length > 1 && <small className="quiet"> {entries.length} ways</small>}
      {words.length > 0 && (
        <details className={classes.marks}>
          <summary>{marksOf(entries)}</summary>
          <ul>
            {words.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

/** What a cell wants, in a word or two each: the rest opens. */
function marksOf(entries: readonly EntryTerms[]): string {
  const some = (...names: (keyof EntryTerms)[]) => entries.some((entry) => names.some((name) => entry[name] !== undefined))
  const marks = [
    some('assurance') && 'proof',
    some('approval') && 'approval',
    some('resources', 'commands', 'when', 'needs') && 'only some',
  ].filter(Boolean)
  return marks.length === 0 ? 'more' : marks.join(' · ')
}
