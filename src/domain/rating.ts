import type { Instant } from './world.ts'

/** 好差评, five levels (GB/T 39735): 5 非常满意, 4 满意, 3 基本满意, 2 不满意, 1 非常不满意. 差评 are the last two. */
export const ratingLevels = [5, 4, 3, 2, 1] as const
export type RatingLevel = (typeof ratingLevels)[number]

/** 差评: somebody speaks with who rated. */
export function isBad(level: RatingLevel): level is 1 | 2 {
  return level <= 2
}

export interface ServiceRating {
  applicationId: string
  regionCode: string
  level: RatingLevel
  /** Why a bad level: names of the choices of the flow, as they stood when it was rated; none where nothing was said. */
  reasons: readonly string[]
  comment: string | null
  at: Instant
}
