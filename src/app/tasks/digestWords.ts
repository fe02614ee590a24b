import { cutTo } from '../../conversation/officer/brief.ts'
import { showDay } from '../../conversation/showValue.ts'
import type { Json } from '../../conversation/types.ts'
import { shanghaiDate } from '../../domain/world.ts'
import type { AppParts } from '../parts.ts'
import { halfwayWords, MOST_NAMED, type Halfway } from './halfway.ts'
import type { WaitingSurvey } from './waitingSurvey.ts'

/** Characters of a digest. The smallest page card among our channels shows as many; more would be cut, or be no card at all. */
export const MOST_OF_A_DIGEST = 160

/** Characters of a survey's title where there is little room; its page has all of it. Ours. */
const SHORT_TITLE = 20

/** An officer's morning in numbers. */
export interface Digest {
  /** He holds, leased or paused. */
  held: number
  /** Nobody holds, and he is to take. */
  waiting: number
  /** Of both: due today, and late. */
  dueToday: number
  overdue: number
  /** Of those waiting: came up to him because they are late. */
  raised: number
  /** Others ask him to take. */
  offered: number
}

/** All of which a morning tells. */
export interface Morning {
  digest: Digest
  /** Past half of their time, most pressing first. */
  halfway: readonly Halfway[]
  survey: WaitingSurvey | null
}

/**
 * What fills `tasks.digest`: as much as fits, by one rule. The numbers are always there and so is the survey, which gives way
 * first; then fewer tasks are named, the least pressing left out first, and the rest is counted.
 */
export function digestWords(parts: Pick<AppParts, 'text'>, morning: Morning): Record<string, Json> {
  const { digest, halfway, survey } = morning
  const of = (named: number, surveyKey: string): Record<string, Json> => ({
    ...digest,
    halfway: halfwayWords(parts, halfway, named),
    survey: survey && surveyWords(parts, survey, surveyKey),
  })
  const fewer = Array.from({ length: MOST_NAMED }, (_, n) => of(MOST_NAMED - n, 'staffSurveyShort'))
  const fits = (values: Record<string, Json>) =>
    Array.from(parts.text('zh-CN', 'tasks.digest', values)).length <= MOST_OF_A_DIGEST
  return [of(MOST_NAMED, 'staffSurveyLine'), ...fewer].find(fits) ?? of(0, 'staffSurveyShort')
}

function surveyWords({ text }: Pick<AppParts, 'text'>, { title, closesAt }: WaitingSurvey, key: string): string {
  const by = showDay('zh-CN', shanghaiDate(closesAt))
  return text('zh-CN', `tasks.${key}`, { title: key === 'staffSurveyShort' ? cutTo(SHORT_TITLE, title) : title, by })
}
