import { defineConfig } from 'vitest/config'

/** Random worlds catch mutants by luck and take long: a score is worth something only where named examples earn it. */
const random = ['narrowing', 'expires-property', 'replay', 'totality', 'explain'].map((name) => `packages/engine/src/${name}.test.ts`)

/** Stryker's view of the suite: the unit tests of the packages it mutates, in Node. */
export default defineConfig({
  test: { include: ['packages/{terms,engine,trust,license}/{src,test}/**/*.test.ts'], exclude: ['**/node_modules/**', ...random] },
})
