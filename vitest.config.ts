import { availableParallelism } from 'node:os'
import { playwright } from '@vitest/browser-playwright'
import { configDefaults, defineConfig } from 'vitest/config'
import { chromiumFlags, findChromium } from './scripts/chromium.ts'

/** Also for tests that drive a browser from outside. A name that says what is missing, where a project is run by hand before `npm test` has fetched one. */
const WRIT_CHROMIUM = findChromium() ?? 'no-chromium-here-run-npm-test-once'

/** The packages that run in a page as well as in Node. A test of theirs that needs Node is named `*.node.test.ts`. */
const isomorphic = '{terms,engine,trust,license,log,sdk}'

/** Minutes, not seconds: real third-party servers, drills, million-row cases. Only `npm run test:all` runs them. */
const long = process.env.WRIT_TEST_ALL === '1' ? [] : ['**/*.long.test.ts']
const exclude = [...configDefaults.exclude, ...long]

/** Milliseconds, long enough for a busy machine: the limit is there for what never ends, and no test is about speed. */
const patience = 90_000

export default defineConfig({
  test: {
    // A core each: by itself Vitest keeps one core free, which on two is half of the machine.
    maxWorkers: availableParallelism(),
    projects: [
      {
        test: {
          name: 'unit',
          env: { WRIT_CHROMIUM },
          include: ['packages/*/src/**/*.test.ts', `packages/${isomorphic}/test/**/*.test.ts`, 'scripts/**/*.test.ts'],
          exclude,
          testTimeout: patience,
          hookTimeout: patience,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['packages/*/test/**/*.test.ts', 'test/**/*.test.ts'],
          exclude: [...exclude, `packages/${isomorphic}/test/**`],
          globalSetup: ['packages/testing/src/global-setup.ts'],
          env: { WRIT_CHROMIUM },
          testTimeout: patience,
          hookTimeout: patience,
        },
      },
      {
        test: {
          name: 'browser',
          include: [`packages/${isomorphic}/{src,test}/**/*.test.ts`],
          exclude: [...exclude, '**/*.node.test.ts'],
          testTimeout: patience,
          hookTimeout: patience,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: { executablePath: WRIT_CHROMIUM, args: chromiumFlags() },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
})
