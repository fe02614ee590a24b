/** One question of a questionnaire, whichever way it is asked. */
export interface SurveyQuestion {
  /** Where the answer is kept. */
  slot: string
  type: 'choice' | 'multiChoice' | 'yesNo' | 'text'
  /** Names of the options; none for free words. */
  options: string[]
  /** May be passed over. */
  optional: boolean
  /** One of the five levels of a judgement. */
  rating: boolean
  /** The right answer of a question about what people know. */
  correct: string | null
  maxLength: number | null
  /** Key of the question in `locales/`. */
  textKey: string
  /** Key of another of its texts: `label`, `help`, `skip`, `options.<name>`. */
  key(part: string): string
}

/** Answers by slot: the name of an option, several of them, or words. Null: passed over. */
export type SurveyAnswers = Readonly<Record<string, string | string[] | null>>

/**
 * Of what came in (a form, JSON, the slots of a chat) what is an answer to one of the questions. Numbers and yes or no count by
 * their names; anything else is no answer.
 */
export function knownAnswers(
  questions: readonly SurveyQuestion[],
  given: Readonly<Record<string, unknown>>,
): SurveyAnswers {
  return Object.fromEntries(
    questions.flatMap(question => {
      const value = answerTo(question, given[question.slot])
      return value === undefined ? [] : [[question.slot, value] as const]
    }),
  )
}

/** What is given as an answer to this question; undefined when it is none. */
export function answerTo(question: SurveyQuestion, given: unknown): string | string[] | null | undefined {
  if (given === null || given === '') return question.optional ? null : undefined
  if (question.type === 'text') return words(question, given)
  if (question.type === 'multiChoice') return several(question, given)
  const name = typeof given === 'number' || typeof given === 'boolean' ? String(given) : given
  return typeof name === 'string' && question.options.includes(name) ? name : undefined
}

function words({ maxLength, optional }: SurveyQuestion, given: unknown): string | null | undefined {
  if (typeof given !== 'string') return undefined
  const said = given.trim()
  if (said === '') return optional ? null : undefined
  return said.length <= (maxLength ?? Number.POSITIVE_INFINITY) ? said : undefined
}

function several({ options }: SurveyQuestion, given: unknown): string[] | undefined {
  const names: unknown[] = Array.isArray(given) ? given : [given]
  const known = options.filter(option => names.some(name => String(name) === option))
  return known.length > 0 && known.length === new Set(names).size ? known : undefined
}
