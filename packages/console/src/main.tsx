import '@mantine/core/styles.css'
import './look/tokens.css'
import { MantineProvider } from '@mantine/core'
import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { ApiProblem } from '@writ/client'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { signInQuery } from './api/sign-in.ts'
import { theme, variables } from './look/theme.ts'
import { Told } from './parts/told.tsx'
import { makeRouter } from './routes.tsx'

const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error) => {
      // The sign-in has ended, here or elsewhere: the frame asks anew who is there.
      if (error instanceof ApiProblem && error.status === 401) void queries.invalidateQueries({ queryKey: signInQuery.queryKey })
    },
  }),
  // The client repeats by itself what may be repeated. What a browser says of its network is nothing to it: the authority may be on the same machine.
  defaultOptions: {
    queries: { retry: false, staleTime: 30_000, refetchOnWindowFocus: false, networkMode: 'always' },
    mutations: { retry: false, networkMode: 'always' },
  },
})
const router = makeRouter()

/** The policy of the answer lets a style element in by this alone. */
const nonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={variables}
      defaultColorScheme="auto"
      {...(nonce !== undefined && { getStyleNonce: () => nonce })}
    >
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
        <Told />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)
