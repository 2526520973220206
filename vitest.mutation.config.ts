import { defineConfig } from 'vitest/config'

/** Random worlds catch mutants by luck and take long: a score is worth something only where named examples earn it. */
const random = [
  ...['narrowing', 'expires-property', 'replay', 'totality', 'explain', 'diff-property'].map(
    (name) => `packages/engine/src/${name}.test.ts`,
  ),
  'packages/terms/**/*-property{,.node}.test.ts',
  ...['diff', 'contract'].map((name) => `packages/terms/test/${name}.test.ts`),
]

/** `WRIT_MUTATION_TESTS=terms` judges a package by its own tests alone, in a third of the time; what survives is then judged by all of them. */
const packages = process.env.WRIT_MUTATION_TESTS ?? '{terms,engine,trust,license}'

/** Stryker's view of the suite: the unit tests of the packages it mutates, in Node. */
export default defineConfig({
  test: {
    include: [`packages/${packages}/{src,test}/**/*.test.ts`],
    exclude: ['**/node_modules/**', ...random],
  },
})
