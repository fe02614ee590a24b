import type { Source } from '../../domain/regionPack.ts'
import type { Json, Language } from '../types.ts'
import type { FoundPolicy } from './policySearch.ts'

/** A sentence of the catalogue in one language. */
export type Sentence = (key: string, values?: Record<string, Json>) => string

/** An answer as it is told: what holds, whether it holds elsewhere, its ground and the day it was checked. */
export function policyText(sentence: Sentence, language: Language, { entry, elsewhere }: FoundPolicy): string {
  const lines = [entry.answer[language]]
  if (elsewhere) lines.push(sentence('policy.elsewhere'))
  lines.push(groundText(sentence, entry.source))
  if (entry.source.weight === 'media') lines.push(sentence('policy.media'))
  return lines.join('\n')
}

/** 依据：…；核对日期：…。 */
export function groundText(sentence: Sentence, source: Source): string {
  const { document, checked, validUntil = null } = source
  return sentence('policy.ground', { document, checked, validUntil })
}
