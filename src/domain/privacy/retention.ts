import { z } from 'zod'
import { knownFact, type Known } from '../packs/fact.ts'
import { addDays, startOfDay, type Instant, type LocalDate } from '../world.ts'

/** What may be deleted, kind by kind. Cases, their notices and certificates are not among them: the archive rules keep those. */
export const erasableKinds = [
  'chat',
  'messages',
  'uploads',
  'consents',
  'timers',
  'forms',
  'care',
  'conversation',
  'surveyAnswers',
  'surveyWords',
  'staffAnswers',
  'phones',
  'account',
] as const
export type ErasableKind = (typeof erasableKinds)[number]

/** Why something was deleted. */
const erasureCauses = ['retention', 'resident', 'account', 'revoked'] as const
export type ErasureCause = (typeof erasureCauses)[number]

/** What is deleted when its days are over; the other kinds go with the account, a wish, or a conversation. */
export const retainedKinds = [
  'chat',
  'messages',
  'uploads',
  'forms',
  'conversation',
  'surveyAnswers',
  'surveyWords',
  'staffAnswers',
  'phones',
  'care',
] as const
export type RetainedKind = (typeof retainedKinds)[number]

/** Beside those: how many days before a confirmed phone goes its owner is asked for it again, when he is here anyway. */
type Timed = RetainedKind | 'phonesAskAgain'

/** Days for which each kind is kept, each with its ground (个人信息保护法 19: no longer than the purpose needs). */
export type RetentionRules = Record<Timed, Known<number>>

/** The same without grounds. */
export type RetentionDays = Record<Timed, number>

const days = knownFact(z.int().min(1).max(3660))
const rules: z.ZodType<RetentionRules> = z
  .strictObject({
    ...{ chat: days, messages: days, uploads: days, forms: days, conversation: days, care: days },
    ...{ surveyAnswers: days, surveyWords: days, staffAnswers: days, phones: days, phonesAskAgain: days },
  })
  .refine(({ phones, phonesAskAgain }) => phonesAskAgain.value < phones.value, {
    error: 'phonesAskAgain has to be less than phones: who was asked just now is not asked again',
  })

/** Decodes the file of periods. @throws with the field when one is missing, has no source, or is no number of days. */
export function parseRetention(data: unknown): RetentionRules {
  return rules.parse(data)
}

/** The days alone, for the nightly round. */
export function retentionDays(kept: RetentionRules): RetentionDays {
  const { chat, messages, uploads, forms, conversation, surveyAnswers, surveyWords, staffAnswers, care } = kept
  return {
    ...{ care: care.value, staffAnswers: staffAnswers.value },
    ...{ phones: kept.phones.value, phonesAskAgain: kept.phonesAskAgain.value },
    ...{ chat: chat.value, messages: messages.value, uploads: uploads.value, forms: forms.value },
    ...{ conversation: conversation.value, surveyAnswers: surveyAnswers.value, surveyWords: surveyWords.value },
  }
}

/** What was left since before this moment is old enough. */
export function cutOff(today: LocalDate, days: number): Instant {
  return startOfDay(addDays(today, -days))
}
