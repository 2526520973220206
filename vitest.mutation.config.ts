import { defineConfig } from 'vitest/config'

/** Stryker's view of the suite: the unit tests of the packages it mutates, in Node. */
export default defineConfig({ test: { include: ['packages/{terms,engine,trust,license}/{src,test}/**/*.test.ts'] } })
