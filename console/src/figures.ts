import type { Figure } from './api.ts'
import { percent, t } from './words.ts'

/** What stands where the number would: the share, or why there is none. */
export function shownValue({ state, value }: Pick<Figure, 'state' | 'value'>): string {
  return state === 'shown' ? percent(value) : t(state)
}

/** 湖北省鄂州市梁子湖区沼山镇 is 沼山镇 to who looks at 梁子湖区. */
export function nearName(name: string, around: string): string {
  return around !== '' && name.startsWith(around) && name !== around ? name.slice(around.length) : name
}

export const shownCount = (n: number | null): string => (n === null ? t('hidden') : String(n))

/** The same where a column is too narrow for the sentence. */
export const briefCount = (n: number | null): string => (n === null ? t('few') : String(n))

/** 17 / 20; empty where the number is not shown. */
export const shownParts = ({ state, numerator, denominator }: Figure): string =>
  state === 'shown' ? t('of', { a: numerator ?? '', b: denominator ?? '' }) : ''

export const shownInterval = ({ interval }: Figure): string =>
  interval === null ? '' : `${percent(interval.low)} – ${percent(interval.high)}`
