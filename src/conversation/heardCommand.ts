import type { Library } from './machine.ts'
import { LONGEST_COMMAND } from './plainText.ts'
import type { NumberCommand } from './patterns.ts'

/** A word that works everywhere, or one with a number. `digits` are kept as typed (a binding code). */
export type HeardCommand =
  { name: string; number: null; digits: null } | { name: NumberCommand; number: number; digits: string }

/** The universal command a text is, if the whole text is one. */
export function heardCommand(library: Library, text: string): HeardCommand | null {
  if (text.length > LONGEST_COMMAND) return null
  const plain = library.plain(text)
  const word = library.commandWord(plain)
  if (word) return { name: word, number: null, digits: null }
  for (const { name, expression } of library.patternsFor(plain)) {
    const digits = expression.exec(plain)?.[1]
    if (digits === undefined) continue
    const heard = library.readValue('number', digits, { today: '1970-01-01' })
    if (heard.status === 'ok' && typeof heard.value === 'number') return { name, number: heard.value, digits }
  }
  return null
}
