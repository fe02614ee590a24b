import type { FilingWay } from '../application.ts'
import type { Measure } from './counts.ts'

/** Counts that are added up: of these measures, ways and details; a list left out means any. */
export interface Selection {
  measures: readonly Measure[]
  ways?: readonly FilingWay[]
  details?: readonly string[]
  /** Taken away again. */
  less?: readonly Measure[]
}

/** Where a target comes from: the document, and its words. */
export interface TargetSource {
  document: string
  quote: string
}

export interface Target {
  /** Share that is to be reached. */
  atLeast: number
  source: TargetSource
}

export const indicatorIds = [
  'onlineRate',
  'selfServiceShare',
  'noticeOnce',
  'legalOnTime',
  'promiseOnTime',
  'satisfaction',
  'ratingAnswers',
  'complaintFirstVisit',
  'complaintOnTime',
  'registrationAccuracy',
  'registrationTimeliness',
  'needsMonthly',
  'crossRegionAnswered',
  'crossRegionOnTime',
] as const
export type IndicatorId = (typeof indicatorIds)[number]

/** Which cases stand behind a numerator's opposite, for the drill-down. Null: nothing that is listed as cases. */
export type DrillDown = 'window' | 'noticedAgain' | 'legalLate' | 'promiseLate' | null

/**
 * One figure as data. `share` divides the two selections; `months` divides the months in which the numerator holds anything
 * by the months of the period. Names and definitions for people stand in the locales under `figures.indicator.<id>`.
 */
export interface Indicator {
  id: IndicatorId
  unit: 'share' | 'months'
  numerator: Selection
  denominator: Selection
  /** Null: the sources name none. */
  target: Target | null
  /** Basis of the figure where it has no target. */
  source: TargetSource
  drillDown: DrillDown
}

const ezhou = '鄂州市 2017 年人口和计划生育工作文件（001）'
const zhengzhou = '郑州市 2016 年卫生计生工作文件（000）'
const templates = '无锡、周口计生工作材料汇编（003）'

const conveniences = {
  document: zhengzhou,
  quote: '坚持执行首接负责制、一次性告知、承诺制等便民措施，全面推行网上办事',
}
const satisfied = { document: templates, quote: '群众对计划生育管理和服务的满意率达90%以上' }

/** Targets are those of the documents the service was made for. What a document does not name stays null. */
export const indicators: readonly Indicator[] = [
  {
    id: 'onlineRate',
    unit: 'share',
    numerator: { measures: ['accepted'], ways: ['self', 'assisted'] },
    denominator: { measures: ['accepted'] },
    target: { atLeast: 1, source: { document: ezhou, quote: '再生育证网上办证率达到 100%' } },
    source: { document: ezhou, quote: '再生育证网上办证率达到 100%' },
    drillDown: 'window',
  },
  {
    id: 'selfServiceShare',
    unit: 'share',
    numerator: { measures: ['accepted'], ways: ['self'] },
    denominator: { measures: ['accepted'] },
    target: null,
    source: { document: ezhou, quote: '全面推行凭群众承诺办证和网上办证' },
    drillDown: null,
  },
  {
    id: 'noticeOnce',
    unit: 'share',
    numerator: { measures: ['noticed'], less: ['noticedAgain'] },
    denominator: { measures: ['noticed'] },
    target: null,
    source: conveniences,
    drillDown: 'noticedAgain',
  },
  {
    id: 'legalOnTime',
    unit: 'share',
    numerator: { measures: ['legalMet'] },
    denominator: { measures: ['legalMet', 'legalMissed'] },
    target: null,
    source: conveniences,
    drillDown: 'legalLate',
  },
  {
    id: 'promiseOnTime',
    unit: 'share',
    numerator: { measures: ['promiseMet'] },
    denominator: { measures: ['promiseMet', 'promiseMissed'] },
    target: null,
    source: conveniences,
    drillDown: 'promiseLate',
  },
  {
    // 好差评: (5 + 4 + 3) ÷ all valid ratings. Older templates ask for 85 %.
    id: 'satisfaction',
    unit: 'share',
    numerator: { measures: ['rated'], details: ['5', '4', '3'] },
    denominator: { measures: ['rated'] },
    target: { atLeast: 0.9, source: satisfied },
    source: satisfied,
    drillDown: null,
  },
  {
    id: 'ratingAnswers',
    unit: 'share',
    numerator: { measures: ['rated'] },
    denominator: { measures: ['decided'] },
    target: null,
    source: satisfied,
    drillDown: null,
  },
  {
    id: 'complaintFirstVisit',
    unit: 'share',
    numerator: { measures: ['complaintFirstClosed'] },
    denominator: { measures: ['complaintFirst'] },
    target: { atLeast: 0.95, source: { document: templates, quote: '初信初访结案率达95以上' } },
    source: { document: templates, quote: '初信初访结案率达95以上' },
    drillDown: null,
  },
  {
    id: 'complaintOnTime',
    unit: 'share',
    numerator: { measures: ['complaintOnTime'] },
    denominator: { measures: ['complaintDue'] },
    target: { atLeast: 0.95, source: { document: templates, quote: '按期结案率95%' } },
    source: { document: templates, quote: '按期结案率95%' },
    drillDown: null,
  },
  {
    id: 'registrationAccuracy',
    unit: 'share',
    numerator: { measures: ['listedAgreeing'] },
    denominator: { measures: ['listedRegistered'] },
    target: {
      atLeast: 0.95,
      source: { document: zhengzhou, quote: '生育登记、出生人口、奖励扶助等信息及时采集、动态更新，准确率达95%' },
    },
    source: { document: zhengzhou, quote: '生育登记、出生人口、奖励扶助等信息及时采集、动态更新，准确率达95%' },
    drillDown: null,
  },
  {
    id: 'registrationTimeliness',
    unit: 'share',
    numerator: { measures: ['listedTimely'] },
    denominator: { measures: ['listedDue'] },
    target: {
      atLeast: 1,
      source: { document: templates, quote: '统计信息及时率100%，准确率达95%以上，已婚育龄妇女信息覆盖率达98%' },
    },
    source: { document: templates, quote: '统计信息及时率100%，准确率达95%以上，已婚育龄妇女信息覆盖率达98%' },
    drillDown: null,
  },
  {
    id: 'needsMonthly',
    unit: 'months',
    numerator: { measures: ['need'] },
    denominator: { measures: ['need'] },
    target: { atLeast: 1, source: { document: templates, quote: '每月进行一次汇总、分析、整理' } },
    source: { document: templates, quote: '每月进行一次汇总、分析、整理' },
    drillDown: null,
  },
  {
    id: 'crossRegionAnswered',
    unit: 'share',
    numerator: { measures: ['crossRegionAnswered'] },
    denominator: { measures: ['crossRegionAsked'] },
    target: { atLeast: 0.9, source: { document: zhengzhou, quote: '流动人口婚育信息异地查询、反馈率90%以上' } },
    source: { document: zhengzhou, quote: '流动人口婚育信息异地查询、反馈率90%以上' },
    drillDown: null,
  },
  {
    id: 'crossRegionOnTime',
    unit: 'share',
    numerator: { measures: ['crossRegionOnTime'] },
    denominator: { measures: ['crossRegionAsked'] },
    target: null,
    source: { document: zhengzhou, quote: '流动人口婚育信息异地查询、反馈率90%以上' },
    drillDown: null,
  },
]

/** The indicator of that id. */
export function indicatorOf(id: IndicatorId): Indicator {
  const found = indicators.find(one => one.id === id)
  if (!found) throw new Error(`no indicator ${id}`)
  return found
}
