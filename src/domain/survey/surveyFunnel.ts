import { quietReasons } from '../campaign/shownPopulation.ts'
import { hideParts } from './hiding.ts'

export const surveyStages = ['drawn', 'sent', 'reached', 'opened', 'begun', 'finished'] as const
export type SurveyStage = (typeof surveyStages)[number]

/**
 * What became of a household that was drawn, and at which stage it was lost by that; null: it went all the way. Who opened or
 * answered was reached, whatever the platform said about the message.
 */
export const lostAt = {
  waiting: 'sent',
  gone: 'sent',
  leftAlone: 'sent',
  openComplaint: 'sent',
  optedOut: 'sent',
  askedLately: 'sent',
  noWay: 'sent',
  notSent: 'sent',
  undelivered: 'reached',
  notCalledOn: 'opened',
  notOpened: 'opened',
  declined: 'begun',
  later: 'begun',
  leftAtOnce: 'begun',
  partial: 'finished',
  finished: null,
} as const satisfies Record<string, SurveyStage | null>
export type SurveyFate = keyof typeof lostAt

/** Households by their fate; a missing one is none. */
export type SurveyFates = Readonly<Partial<Record<SurveyFate, number>>>

/** One stage, and why fewer come to it than to the one before. */
export interface FunnelLine {
  stage: SurveyStage
  n: number
  /** Small counts are null, and what would give them away. */
  lost: { reason: SurveyFate; n: number | null }[]
}

/** 抽中 → 发出 → 送达 → 打开 → 开始答 → 答完: what comes to a stage is what came to the one before without what was lost. */
export function surveyFunnel(fates: SurveyFates): FunnelLine[] {
  const all = fateNames.reduce((sum, fate) => sum + (fates[fate] ?? 0), 0)
  let n = all
  return surveyStages.map(stage => {
    const lost = fateNames.filter(fate => lostAt[fate] === stage).map(fate => ({ reason: fate, n: fates[fate] ?? 0 }))
    n -= lost.reduce((sum, one) => sum + one.n, 0)
    return { stage, n, lost: shown(lost) }
  })
}

const fateNames = Object.keys(lostAt).filter((name): name is SurveyFate => name in lostAt)

const quiet: ReadonlySet<SurveyFate> = new Set(quietReasons)

/**
 * Why somebody is left alone is such a reason that it is never told by itself: the campaign shows these reasons as one rounded sum.
 * Where a stage has one reason only, its number is the difference of two stages that are shown anyway.
 */
function shown(lost: readonly { reason: SurveyFate; n: number }[]): FunnelLine['lost'] {
  if (lost.length < 2) return [...lost]
  const counts = hideParts(lost.map(({ n }) => n))
  return lost.map(({ reason }, n) => ({ reason, n: quiet.has(reason) ? null : (counts[n] ?? null) }))
}
