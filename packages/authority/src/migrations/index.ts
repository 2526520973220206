import type { Migration } from '../app/migrate.ts'
import { base } from './0001-base.ts'
import { usage } from './0002-usage.ts'
import { decisions } from './0003-decisions.ts'

/** In order of their numbers. A migration that has shipped is never edited: the next one corrects it. */
export const migrations: readonly Migration[] = [base, usage, decisions]
