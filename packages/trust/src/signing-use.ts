/**
 * What the keys under a root are for: one key, one use. A statement names exactly one, and whoever verifies asks for the one it needs, so that
 * a stolen key of one use signs nothing of another.
 */
export const SIGNING_USES = ['license', 'entitlement_token', 'usage_receipt', 'status_list', 'contact', 'freshness', 'file_log'] as const
export type SigningUse = (typeof SIGNING_USES)[number]
