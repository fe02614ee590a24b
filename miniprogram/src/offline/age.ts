import { t } from '../text.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** How long ago, in the largest unit that fits: 刚刚, 12 分钟前, 3 小时前, 2 天前. */
export function sayAge(ms: number): string {
  if (ms < MINUTE_MS) return t('age.now')
  if (ms < HOUR_MS) return t('age.minutes', { n: Math.floor(ms / MINUTE_MS) })
  if (ms < DAY_MS) return t('age.hours', { n: Math.floor(ms / HOUR_MS) })
  return t('age.days', { n: Math.floor(ms / DAY_MS) })
}
