import type { LocalDate } from '../../domain/world.ts'
import type { InputType, Json, Language } from '../types.ts'

/** Why a value was refused. Each has its own sentence in `locales/`. */
export const refusalReasons = [
  'empty',
  'no-such-day',
  'no-such-month',
  'no-such-leap-month',
  'future-birth',
  'too-early',
  'too-late',
  'length',
  'prefix',
  'checksum',
  'birthdate',
  'area',
  'character',
  'not-a-name',
  'is-phone',
  'asked-later',
  'not-a-phone',
  'no-such-region',
  'not-an-option',
  'not-a-number',
  'out-of-range',
] as const
export type RefusalReason = (typeof refusalReasons)[number]

/** What was heard in an answer. Ambiguity is asked back, never guessed. */
export type Understood =
  | {
      status: 'ok'
      value: Json
      /** Show it and ask 对吗 before it counts (lunar, relative, spoken values). */ confirm: boolean
      /** How to show it. */ shown: string
    }
  | { status: 'invalid'; reason: RefusalReason; detail?: string }
  /** Several meanings: offered as numbered choices. */
  /** `within`: the place in which all of them lie, where that was named and they were not. */
  | { status: 'ambiguous'; options: { value: Json; label: string }[]; within?: string }
  /** Too vague (a month without a day): ask for more. */
  | {
      status: 'approx'
      detail: string
      /** Region: what comes next is looked for below this code first. */
      within?: string
    }
  | { status: 'none' }

export interface UnderstandContext {
  today: LocalDate
  /** Of what is shown; Chinese when it is left out. */
  language?: Language
  /** Date slots: expected birth = next occurrence, actual birth = latest past one. */
  sense?: 'dueDate' | 'birthDate'
  min?: number | LocalDate
  max?: number | LocalDate
  /** Choice slots. */
  options?: { value: string; label: string; synonyms?: string[] }[]
  /** Region slots: search below this code first. */
  within?: string
}

/** Reads one answer. Pure, total: never throws on text. */
export type ReadValue = (type: InputType, text: string, context: UnderstandContext) => Understood

/** What a free message is about, when no question is open or a side question comes in. */
export interface HeardIntent {
  intent: string
  /** 0 to 1. */
  score: number
}
export type ReadIntents = (text: string) => HeardIntent[]
