import { encodeBase64url } from '@writ/trust'

const BYTES = 16

/**
 * How a license file names an identity: hashed with the licence id, so that the file tells whom it is for only to who knows them,
 * two licences of one person cannot be matched, and a renewed file of the same licence names everybody as before.
 * It hides ids, not guesses: whoever holds the file can try the ids that they know.
 * @returns `p_` and 22 characters: the first 16 bytes of SHA-256 over `roster`, NUL, licence id, NUL, identity id; base64url
 */
export async function rosterId(license: string, identity: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`roster\0${license}\0${identity}`))
  return `p_${encodeBase64url(new Uint8Array(digest).slice(0, BYTES))}`
}
