import type { CompiledFlow, CompiledStep, Library } from '../machine.ts'

/** One thing wrong with a flow. `error` keeps it out of service, `warning` is printed. */
export interface Finding {
  rule: string
  level: 'error' | 'warning'
  file: string
  step: string | null
  message: string
}

/** Where people stand in stored conversations, counted by the store. */
export interface StoredPosition {
  flow: string
  revision: number
  step: string
  count: number
}

export interface CheckInput {
  library: Library
  /** All revisions that are loaded. */
  flows: CompiledFlow[]
  positions: StoredPosition[]
}

/** One rule. Its broken sample stands in testdata under its name. */
export interface Rule {
  name: string
  check(input: CheckInput): Finding[]
}

export function errorAt(rule: string, flow: CompiledFlow, step: CompiledStep | null, message: string): Finding {
  return { rule, level: 'error', file: flow.file, step: step?.id ?? null, message }
}
