import { z } from 'zod'

/** A paper that a place asks for. */
export interface Material {
  id: string
  /** Locale key of its name. */
  name: string
  /** Which situations need it; empty = always. */
  when: ('born' | 'expecting' | 'married' | 'remarried' | 'proxy')[]
}

/** A paper as a pack file names it. */
export const materialSchema = z.strictObject({
  id: z.string().regex(/^[a-zA-Z]+$/),
  name: z.string().regex(/^material\.[a-zA-Z]+$/),
  when: z.array(z.enum(['born', 'expecting', 'married', 'remarried', 'proxy'])),
})
