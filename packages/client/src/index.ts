export type { operations, paths } from './api.gen.ts'
export { ApiProblem, type FieldProblem, problemOf } from './api-problem.ts'
export { answer, type Client, type ClientOptions, createClient, each, oneTime } from './client.ts'
export { either } from './either.ts'
