import { MAX_OVERRIDES_LENGTH, readOverrides } from '@writ/terms'
import { ApiError, type FieldError } from '../app/api-error.ts'
import type { Offer } from './license.ts'

/** As a caller writes them: in the short forms of the terms. */
export type Overrides = Readonly<Record<string, unknown>>

/** Blanks and longer spellings are let in, within reason. */
const MOST_SENT = 4 * MAX_OVERRIDES_LENGTH
const MOST_ERRORS = 100

/**
 * Checks overrides against what they override.
 * @returns the canonical text; `null`: nothing is overridden @throws {ApiError} OVERRIDES_INVALID
 */
export function overridesText({ terms, plan }: Offer, overrides: Overrides | null): string | null {
  if (overrides === null) return null
  if (JSON.stringify(overrides).length > MOST_SENT)
    throw invalid([{ in: 'body', pointer: '/overrides', detail: `are longer than ${MOST_SENT} characters` }])
  const { text, findings } = readOverrides(overrides, terms.terms, plan.name)
  if (text === undefined)
    throw invalid(
      findings.slice(0, MOST_ERRORS).map(({ path, code, message, suggestion }) => ({
        in: 'body',
        pointer: `/overrides${path}`,
        detail: suggestion === undefined ? message : `${message} ${suggestion}`,
        code,
      })),
    )
  return text === '{}' ? null : text
}

function invalid(errors: readonly FieldError[]): ApiError {
  return new ApiError('OVERRIDES_INVALID', { errors })
}
