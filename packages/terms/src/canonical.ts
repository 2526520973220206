import type { Terms } from './model.ts'
import { json } from './write/document.ts'
import { writeTerms } from './write/terms.ts'

/**
 * Terms as JSON text in the same language: short forms in one spelling, defaults left out, `extends` resolved. `parse` reads it back
 * to equal terms, and comments, quoting or the order of unordered keys in the file do not change it.
 */
export function canonical(terms: Terms): string {
  return json(writeTerms(terms))
}

/**
 * Names an edition: `sha256:` and 64 hexadecimal digits of the canonical form in UTF-8.
 * @see FIPS 180-4; computed by Web Cryptography
 */
export async function hash(terms: Terms): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(canonical(terms)))
  return `sha256:${Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')}`
}
