import { defineConfig } from 'vitest/config'

/** Random worlds catch mutants by luck and take long, as do hostile files of many megabytes: a score is worth something only where named examples earn it. */
const random = [
  ...['narrowing', 'expires-property', 'replay', 'totality', 'explain-property', 'diff-property', 'impact/impact-property'].map(
    (name) => `packages/engine/src/${name}.test.ts`,
  ),
  'packages/terms/**/*-property{,.node}.test.ts',
  ...['diff', 'contract', 'hostile'].map((name) => `packages/terms/test/${name}.test.ts`),
]

/** Stryker works on a copy whose `node_modules` lead back to the original: without this the engine's tests would never meet a mutant of terms. */
const copied = (path: string) => new URL(`packages/${path}.ts`, import.meta.url).pathname
const alias = [
  { find: /^@writ\/(\w+)$/, replacement: copied('$1/src/index') },
  { find: /^@writ\/(\w+)\/test\/([\w-]+)$/, replacement: copied('$1/test/$2') },
]

/** `WRIT_MUTATION_TESTS=terms` judges a package by its own tests alone, in a third of the time; what survives is then judged by all of them. */
const packages = process.env.WRIT_MUTATION_TESTS ?? '{terms,engine,trust,license}'

/** Stryker's view of the suite: the unit tests of the packages it mutates, in Node. */
export default defineConfig({
  resolve: { alias },
  test: {
    include: [`packages/${packages}/{src,test}/**/*.test.ts`],
    exclude: ['**/node_modules/**', ...random],
    // Instrumented code is slower; a mutant that never ends is stopped by Stryker's own timeout.
    testTimeout: 60_000,
  },
})
