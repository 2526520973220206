/**
 * What is inside the encryption: gzip of JSON, one value a line. The first line is a {@link Header}; an object begins a table; an array is
 * a row of it, each value as PostgreSQL writes it as text, in the order of the header's columns; the last line is an {@link End}.
 */
export interface Header {
  readonly writ_backup: typeof FORM
  readonly id: string
  /** Epoch milliseconds. */
  readonly at: number
  readonly authority: string
  readonly incarnation: string
  readonly revision: number
  /** The numbers of the migrations that made this layout. */
  readonly migrations: readonly number[]
  readonly tables: readonly TableShape[]
  readonly sequences: readonly Sequence[]
}

export interface TableShape {
  readonly name: string
  readonly columns: readonly string[]
}

export interface Sequence {
  readonly name: string
  /** Absent: never used. */
  readonly last?: number
}

export interface End {
  readonly end: {
    /** By table. */
    readonly rows: Readonly<Record<string, number>>
    /** Of every byte before this line. */
    readonly sha256: string
  }
}

export type Row = readonly (string | null)[]

export const FORM = 1

/** What travels beside a backup, to be told of it. */
export interface Manifest {
  readonly id: string
  readonly at: number
  readonly authority: string
  readonly incarnation: string
  readonly revision: number
  readonly rows: number
}
