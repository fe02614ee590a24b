import type { IndicatorId } from './indicators.ts'
import type { Figure } from './measured.ts'

/** A figure that belongs to a rule: an indicator, or the registrations that were accepted. */
export type CheckFigure = IndicatorId | 'registrations'

/**
 * What the points of a rule need and the service does not hold: the words of the row, a document of the office, a look at the
 * window, papers of its supervision, what officers are paid, what services were given (`figures.missing.…`).
 */
export const missingKinds = ['words', 'document', 'window', 'supervision', 'pay', 'services'] as const
export type MissingKind = (typeof missingKinds)[number]

/** One ground for losing points, in the words of the table. */
export interface CheckRule {
  id: string
  /** Points at most lost by it. */
  points: number
  quote: string
  /** Figure that stands beside it; null where the service holds no data for it. */
  figure: CheckFigure | null
  /** How points are lost by the figure; null where it does not decide them. */
  penalty: 'proportional' | null
  /** What the points need besides; null where the figure decides them. */
  missing: MissingKind | null
  /** How a row is read that does not read well. */
  reading?: string
}

export interface CheckRow {
  id: string
  name: string
  points: number
  rules: readonly CheckRule[]
}

/** A table of an inspection: what is checked, and for what how many points are lost. */
export interface CheckTable {
  name: string
  source: string
  points: number
  rows: readonly CheckRow[]
}

export interface FilledRule extends CheckRule {
  /** Points lost; null: no data. */
  lost: number | null
  /** Its figure as it may be shown; null where there is none. */
  shown: Figure | null
}

export interface FilledTable {
  rows: (Omit<CheckRow, 'rules'> & { rules: FilledRule[] })[]
  /** Points whose rules have data, and what is lost of them. */
  points: number
  pointsWithData: number
  lost: number
}

const rule = (id: string, points: number, quote: string, more: Partial<CheckRule> = {}): CheckRule => ({
  ...{ id, points, quote, figure: null, penalty: null, missing: quote === '' ? 'words' : 'document' },
  ...more,
})

/**
 * The check table of Ezhou 2017: twelve rows, 100 points. Three rows stand with their points only, because their words are
 * not at hand; the row on rights reads 有违规行为查处文件不扣分的扣5分, which cannot be meant.
 */
export const ezhouCheckTable: CheckTable = {
  name: '鄂州市人口和计划生育工作检查表',
  source: '鄂州市 2017 年人口和计划生育工作文件（001）',
  points: 100,
  rows: [
    { id: 'unknown8', name: '（条文未收录）', points: 8, rules: [rule('unknown8', 8, '')] },
    {
      id: 'policies',
      name: '配套政策',
      points: 13,
      rules: [rule('duty', 8, '未纳入目标责任书的扣8分'), rule('nursing', 5, '未制定出台加强母婴设施建设的文件扣5分')],
    },
    {
      id: 'publicity',
      name: '宣传',
      points: 5,
      rules: [
        rule('plan', 1, '无宣传方案扣1分'),
        rule('media', 2, '未在主流媒体宣传的扣2分'),
        rule('leaflets', 2, '未在服务窗口摆放的扣2分', { missing: 'window' }),
      ],
    },
    {
      id: 'monitoring',
      name: '监测',
      points: 4,
      rules: [
        rule('monitoringRules', 2, '未制定完善出生监测制度的扣2分'),
        rule('assessment', 2, '未开展出生人口动态评估的扣2分', { figure: 'registrationAccuracy' }),
      ],
    },
    {
      id: 'convenience',
      name: '便民服务',
      points: 9,
      rules: [
        rule('registration', 3, '乡镇未开展生育登记服务和督查的扣3分', {
          figure: 'registrations',
          missing: 'supervision',
        }),
        rule('window', 3, '乡镇办证窗口未按要求落实办证制度的扣3分', { figure: 'noticeOnce', missing: 'window' }),
        rule('onlineRate', 3, '网上办证率未能达到100%的按比例最高扣3分', {
          figure: 'onlineRate',
          penalty: 'proportional',
          missing: null,
        }),
      ],
    },
    {
      id: 'freeServices',
      name: '免费服务',
      points: 10,
      rules: [
        rule('freeItems', 8, '未全面落实基本生育免费服务每项扣2分', { missing: 'services' }),
        rule('freeSupervision', 2, '未开展督导推动的扣2分', { missing: 'supervision' }),
      ],
    },
    {
      id: 'rights',
      name: '维权',
      points: 10,
      rules: [
        rule('rightsRules', 5, '未建立计划生育维权制度的扣5分'),
        rule('misconduct', 5, '有违规行为查处文件不扣分的扣5分', {
          figure: 'complaintOnTime',
          reading: '原文有误，按“没有查处违规行为的文件，扣5分”理解',
        }),
      ],
    },
    { id: 'unknown10', name: '（条文未收录）', points: 10, rules: [rule('unknown10', 10, '')] },
    {
      id: 'standards',
      name: '规范',
      points: 5,
      rules: [rule('standards', 3, '无工作规范的扣3分'), rule('duties', 2, '未明确乡村工作职责的扣2分')],
    },
    { id: 'unknown5', name: '（条文未收录）', points: 5, rules: [rule('unknown5', 5, '')] },
    {
      id: 'staff',
      name: '队伍',
      points: 15,
      rules: [
        rule('staff8', 8, ''),
        rule('staff5', 5, ''),
        rule('pay', 2, '样本点村级专干待遇低于所在村副职的扣2分', { missing: 'pay' }),
      ],
    },
    {
      id: 'ability',
      name: '能力',
      points: 6,
      rules: [
        rule('training', 4, '未出台方案或计划的扣4分'),
        rule('drill', 2, '未按省要求开展岗位练兵活动或无方案的扣2分'),
      ],
    },
  ],
}

/** Fills the table from figures. A rule whose points no figure decides loses nothing and is not counted as kept. */
export function fillCheckTable(table: CheckTable, figureOf: (id: CheckFigure) => Figure): FilledTable {
  const rows = table.rows.map(row => ({ ...row, rules: row.rules.map(one => filled(one, figureOf)) }))
  const known = rows.flatMap(row => row.rules).flatMap(({ points, lost }) => (lost === null ? [] : [{ points, lost }]))
  return {
    rows,
    points: table.points,
    pointsWithData: known.reduce((sum, { points }) => sum + points, 0),
    lost: rounded(known.reduce((sum, { lost }) => sum + lost, 0)),
  }
}

function filled(rule: CheckRule, figureOf: (id: CheckFigure) => Figure): FilledRule {
  const shown = rule.figure === null ? null : figureOf(rule.figure)
  return { ...rule, shown, lost: shown && lostBy(rule, shown) }
}

/** 按比例: what is missing to 100 % loses its share of the points. */
function lostBy({ points, penalty }: CheckRule, { value }: Figure): number | null {
  if (value === null || penalty === null) return null
  return rounded(points * (1 - value))
}

/** Points are given with two places. */
function rounded(points: number): number {
  return Math.round(points * 100) / 100
}
