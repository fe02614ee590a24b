import type { Turn } from './machine.ts'
import { showDate } from './showValue.ts'
import type { Json } from './types.ts'

/** A day in words, for `YYYY-MM-DD`; null for anything else. */
export function dayOrNull(turn: Turn, day: Json | undefined): string | null {
  return typeof day === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(day) ? showDate(turn.conversation.language, day) : null
}

/** The records of a list of values; what is none is left out. */
export function recordsOf(value: Json | undefined): Record<string, Json>[] {
  if (!Array.isArray(value)) return []
  return value.filter(
    (item): item is Record<string, Json> => typeof item === 'object' && item !== null && !Array.isArray(item),
  )
}
