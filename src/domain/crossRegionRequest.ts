import { plainCount, type Count, type Measure } from './figures/counts.ts'
import { shanghaiDate, type Instant, type LocalDate } from './world.ts'

/** What the place found: the person and an answer, nobody of that name, or a person of another place. */
export const findings = ['found', 'notFound', 'notOurs'] as const
export type Finding = (typeof findings)[number]

/** 流动人口异地查询: another place asks about one person. Personal: encrypted at rest, masked until revealed. */
export interface CrossRegionContent {
  /** Office that asks, as it signs. */
  asker: string
  personName: string
  personId: string
  question: string
}

export interface CrossRegionAnswer {
  at: Instant
  officerId: string
  finding: Finding
  note: string | null
}

export interface CrossRegionRequest {
  id: string
  number: string
  /** Place that answers. */
  regionCode: string
  content: CrossRegionContent
  askedAt: Instant
  /** Last day to answer. No source sets one: it is a setting of the service. */
  due: LocalDate
  /** Once and for good. */
  answer: CrossRegionAnswer | null
}

/** Answers a request; null when it was answered before. */
export function answerRequest(request: CrossRegionRequest, answer: CrossRegionAnswer): CrossRegionRequest | null {
  return request.answer ? null : { ...request, answer }
}

/** What a request counts for, all on the day on which it was asked: 反馈率 is answered ÷ asked. */
export function crossRegionCounts({ regionCode, askedAt, due, answer }: CrossRegionRequest): Count[] {
  const count = (measure: Measure) => plainCount({ regionCode, day: shanghaiDate(askedAt) }, measure)
  if (!answer) return [count('crossRegionAsked')]
  const isInTime = shanghaiDate(answer.at) <= due
  return [count('crossRegionAsked'), count('crossRegionAnswered'), ...(isInTime ? [count('crossRegionOnTime')] : [])]
}
