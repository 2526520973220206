import { hash } from 'node:crypto'

/**
 * Names one publication: of these terms, onto this edition. Who reviewed it may ask that nothing else be published.
 * @param base the newest edition; absent: the product is new
 * @param digest of the canonical form of the new terms
 */
export function publicationHash(
  product: string,
  base: { readonly edition: number; readonly hash: string } | undefined,
  digest: string,
): string {
  const named = JSON.stringify(['publication', product, base?.edition ?? 0, base?.hash ?? null, digest])
  return `sha256:${hash('sha256', named)}`
}
