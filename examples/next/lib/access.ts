import { Writ } from '@writ/sdk'
import { enforce } from '@writ/sdk/next'
import type { NextRequest } from 'next/server'
import { atlas } from './atlas.gen.ts'

const writ = new Writ({ url: process.env.WRIT_URL ?? 'http://127.0.0.1:7070', key: process.env.WRIT_KEY ?? '', product: atlas })

// Who it is, your own sign-in has proven; here it is a header, for the example.
export const access = enforce(writ, { who: (request: NextRequest) => request.headers.get('x-user') })
