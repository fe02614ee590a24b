/** A long list of a county as the service took it or would take it, as `/openapi.json` has it. */
export interface ListReport {
  status: 'trial' | 'done' | 'nothing' | 'refused'
  hash: string
  rows: number
  added: number
  changed: number
  unchanged: number
  kept: number
  gone: number
  ends: SurprisingEnds
  renamed: number
  unusedColumns: string[]
  faults: { line: number; column: string; told: string }[]
  faultCount: number
}

/** What looks surprising about the households that it ends: lines and places, and nobody. */
export interface SurprisingEnds {
  /** Nothing is written before their number is said. */
  toConfirm: boolean
  inUse: { line: number; told: string }[]
  inUseCount: number
  villages: { place: string; gone: number; households: number }[]
}
