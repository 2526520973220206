import { access } from '../../lib/access.ts'

export const GET = access.require('model.size', { wanted: 'large' })((_request, _context, { value }) => Response.json({ model: value }))
