import type { Answered } from '../api/client.ts'
import classes from './consequences.module.css'
import { Badge } from './state-badge.tsx'
import { counted, listed } from './when.ts'

type Unprovable = Answered<'readPublication'>['unprovable'][number]

/** Who could not prove what terms newly ask for, and what they would have to enrol. Nothing where everybody could. */
export function UnprovableList({ of }: { readonly of: readonly Unprovable[] }) {
  if (of.length === 0) return null
  return (
    <ul className={classes.consequences} aria-label="Who could not prove what it newly asks for">
      {of.map(({ plan, level, features, lacking, identities, unknown, effect }) => (
        <li key={`${plan} ${level} ${effect}`}>
          <Badge tone={identities > 0 ? 'bad' : 'warn'}>{identities > 0 ? 'Cannot' : 'Unclear'}</Badge>
          <span>
            {identities > 0 && (
              <>
                <strong>
                  {counted(identities, 'person or service', 'people or services')} on {plan} could not prove {level}
                </strong>
                : {identities === 1 ? 'it has' : 'they have'} none of {lacking.join(' or ')}.{' '}
              </>
            )}
            {unknown > 0 &&
              `Of ${counted(unknown, 'person or service', 'people or services')} on ${plan} it is not known whether they can prove ${level}. `}
            <span className="quiet">
              For {listed(features)}, {effect === 'at_once' ? 'at once' : 'once sold under it, or moved to it'}.
            </span>
          </span>
        </li>
      ))}
    </ul>
  )
}
