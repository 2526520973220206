/** One fault or warning about a terms file. The code is API; the sentence is for people. */
export interface Finding {
  readonly severity: 'error' | 'warning'
  readonly code: string
  /** 1-based, as editors count. */
  readonly line: number
  readonly column: number
  readonly message: string
  readonly suggestion?: string
}
