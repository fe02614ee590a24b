import type { TargetSource } from '../figures/indicators.ts'
import type { SurveyKind } from './kinds.ts'

/** A line that a figure is held against, with the document that draws it. */
export interface SurveyTarget {
  atLeast: number
  source: TargetSource
}

const templates = '无锡、周口计生工作材料汇编（003）'

/** Lines of the documents at hand, lowest first. 85 is that of older templates, 90 of later ones. Needs have none. */
export const surveyTargets: Readonly<Record<SurveyKind, readonly SurveyTarget[]>> = {
  satisfaction: [
    { atLeast: 0.85, source: { document: templates, quote: '群众对计划生育管理和服务的满意率达85以上' } },
    { atLeast: 0.9, source: { document: templates, quote: '群众对计划生育管理和服务的满意率达90%以上' } },
  ],
  knowledge: [
    { atLeast: 0.9, source: { document: templates, quote: '育龄群众对应享有的计划生育基本权利知晓率达90%' } },
  ],
  needs: [],
}
