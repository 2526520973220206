import type { NextRequest } from 'next/server'
import { access } from '../../../lib/access.ts'

interface Report {
  params: Promise<{ id: string }>
}

// The name of the work: however often it is asked for, it is counted once.
const oneReport = access.require('report.export', async (_request: NextRequest, { params }: Report) => ({
  consume: { amount: 1, id: `report-${(await params).id}` },
}))

export const POST = oneReport(async (_request, { params }) => Response.json({ report: (await params).id }))
