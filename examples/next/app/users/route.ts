import { access } from '../../lib/access.ts'

export const GET = access.require('users.manage')(() => Response.json({ users: ['ann', 'bob'] }))
