import { z } from 'zod'

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)

/** Where something told to people comes from; the form of `Source`. Nothing in `regions/knowledge` stands without one. */
export const sourceForm = z.strictObject({
  document: z.string().min(1),
  checked: day,
  weight: z.enum(['law', 'official', 'media', 'product']),
  validUntil: day.exactOptional(),
})

/** A value with its source, or null: nobody has verified it, and the text says 请向当地核实. */
export function sourced<T extends z.ZodType>(value: T) {
  return z.strictObject({ value, source: sourceForm }).nullable()
}

/** A calendar day in the form of all files. */
export const dayForm = day
