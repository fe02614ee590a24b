import { z } from 'zod'
import type { LocalDate } from '../world.ts'

/** Where a fact comes from. No fact without one: what is unverified is null. */
export interface Source {
  /** Title and date as a person reads and hears them; never an address of the web. */
  document: string
  /** Where it was read on the web, for whoever checks it again. */
  address?: string
  /** Day on which somebody of ours last read it. */
  checked: LocalDate
  /** `law` text of the law; `official` government page or copy; `media` weak; `product` our own default, no rule. */
  weight: 'law' | 'official' | 'media' | 'product'
  /** Last day of a rule which says when it ends. */
  validUntil?: LocalDate
}

export interface Fact<T> {
  value: T | null
  source: Source | null
  /** The rule was made for something else and is used here as an outer limit; texts must say so. */
  byAnalogy?: true
}

/** A fact of a pack file: a value and its source, never one without the other. */
export interface Known<T> {
  value: T
  source: Source
  byAnalogy?: true
}

/** A calendar day in the form of all files. */
export const localDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)

const WEB_ADDRESS = /https?:|[a-z0-9-]+\.(?:com|cn|org|net|gov)\b/i

/** Schema of a source as every file under `regions` writes it: nothing there stands without one. */
export const sourceSchema = z.strictObject({
  document: z
    .string()
    .min(1)
    .refine(title => !WEB_ADDRESS.test(title), 'the address of a page stands under address, not in its title'),
  address: z.string().min(1).exactOptional(),
  checked: localDate,
  weight: z.enum(['law', 'official', 'media', 'product']),
  validUntil: localDate.exactOptional(),
})

/** Schema of a fact as a pack file writes it. */
export function knownFact<T extends z.ZodType>(value: T) {
  return z.strictObject({ value, source: sourceSchema, byAnalogy: z.literal(true).exactOptional() })
}

/** The same in one layer of places. Null: it knows nothing, and the wider one speaks. */
export function layerFact<T extends z.ZodType>(value: T) {
  return knownFact(value).nullable()
}

/** Of layers from the widest to the narrowest: the narrowest that knows; otherwise nothing is known. */
export function narrowestFact<T>(facts: readonly (Known<T> | null | undefined)[]): Fact<T> {
  return facts.findLast(one => one !== undefined && one !== null) ?? { value: null, source: null }
}
