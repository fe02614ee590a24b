import { z } from 'zod'
import { sourceSchema } from '../packs/fact.ts'

/** A value with its source, or null: nobody has verified it, and the text says 请向当地核实. */
export function sourced<T extends z.ZodType>(value: T) {
  return z.strictObject({ value, source: sourceSchema }).nullable()
}
