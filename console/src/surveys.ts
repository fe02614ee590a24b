import type { Figure, Region } from './api.ts'

/** What the service answers about surveys; the shapes are those of `/openapi.json`. */
export interface SurveyCampaign {
  id: string
  title: string
  kind: 'satisfaction' | 'knowledge' | 'needs'
  region: Region
  opensAt: string
  closesAt: string
}

export interface SurveyPlace extends Figure {
  region: Region
  answers: number | null
}

export interface SurveyQuestion {
  slot: string
  text: string
  n: number | null
  skipped: number
  options: { option: string; label: string; isCorrect: boolean; n: number | null; share: number | null }[]
}

export interface SurveyResults extends SurveyCampaign, Figure {
  place: Region
  definition: string
  targets: { atLeast: number; document: string; quote: string }[]
  answers: number | null
  weighted: { share: number; interval: { low: number; high: number }; effective: number; covered: number } | null
  towns: SurveyPlace[]
  villages: SurveyPlace[]
  trend: (SurveyCampaign & Figure)[]
  whole: {
    funnel: { stage: string; name: string; n: number; lost: { reason: string; name: string; n: number | null }[] }[]
    ways: { way: string; name: string; n: number | null }[]
    questions: SurveyQuestion[]
    texts: { name: string; n: number | null; examples: string[] }[]
  } | null
}

/** One bar of a picture: a share, where it lies with 95 % confidence, and what stands behind it. */
export interface Bar {
  key: string
  name: string
  share: number | null
  interval: { low: number; high: number } | null
  /** What is read beside the bar. */
  said: string
}
