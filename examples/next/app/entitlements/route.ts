import { access } from '../../lib/access.ts'

export const GET = access.entitlements
