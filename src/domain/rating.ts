import type { Instant } from './world.ts'

/** 好差评, five levels (GB/T 39735): 5 非常满意, 4 满意, 3 基本满意, 2 不满意, 1 非常不满意. 差评 are the last two. */
export const ratingLevels = [5, 4, 3, 2, 1] as const
export type RatingLevel = (typeof ratingLevels)[number]

export interface ServiceRating {
  applicationId: string
  regionCode: string
  level: RatingLevel
  comment: string | null
  at: Instant
}
