import { digitOf, NUMERAL } from './numerals.ts'

const FIGURE = `(?:\\d{1,2}|${NUMERAL}{1,3})`
const YEAR = `(?:(?:\\d{4}|${NUMERAL}{4}|[今去明前])年)`
const DAY_OF_MONTH = `${FIGURE}[日号]?`

/** Feasts that are said by their figures, where a day of the month could be heard. */
const FEAST_IN_FIGURES: Readonly<Record<string, string>> = {
  五一: '劳动节',
  六一: '儿童节',
  三八: '妇女节',
  五四: '青年节',
  七一: '建党节',
  八一: '建军节',
  十一: '国庆',
}
/** 五一到国庆, 十一到元旦; the eleventh day is followed by another day. */
const FEAST_FIRST = new RegExp(
  `(?<=^${YEAR}?)([五六七八十]一)(?=[到至](?!${FIGURE}))|(?<=^${YEAR}?)(?:[五六七八]一|三八|五四)(?=[到至])`,
  'u',
)
const FEAST_LAST =
  /(?<=[到至](?:[今去明前]年的?)?)(?:[五六七八]一|五四)(?![\d月日号十])|(?<=[节秋明午庆旦][到至])十一(?![\d月日号到至])/u
const FEASTS = '元旦|春节|过年|清明|五一|劳动|端午|中秋|国庆|十一(?!月)'
/** 国庆十月一号到七号, 春节初一到初六: the feast only says which days are meant. */
const FEAST_AND_DAYS = new RegExp(
  `^(${YEAR})?(${FEASTS})(?:节)?(?:放?假期?|长假|期间)?(?:${FIGURE}天)?(?:是|从|的|自)*(?=(?:\\d|${NUMERAL}|[正腊冬]月|初|大年|年三|除夕).*(?:[到至~—]|-))`,
  'u',
)
/** The solar feasts that have one month. */
const MONTH_OF_FEAST: Readonly<Record<string, string>> = {
  元旦: '1月',
  清明: '4月',
  五一: '5月',
  劳动: '5月',
  国庆: '10月',
  十一: '10月',
}
const NEW_YEAR = /春节|过年/u

const JOINTS: readonly (readonly [RegExp, string])[] = [
  // 年初起到, 一直到, 截止到, 持续至
  [/(?:算?起|开始)(?:一?直|截止|截至|持续|延续|一路)?(?=[到至])|(?:一?直|截止|截至|持续|延续|一路)(?=[到至])/u, ''],
  // 3月1号起15号止, 3月1号开始，3月15号结束
  [/^(.{2,14}?)(?:起|开始|打头)([^到至起始]{2,14}?)(?:止|为止|结束|截止|完)$/u, '$1到$2'],
  // 3月1号和15号之间
  [/^(.{2,14}?)[和跟与同](.{2,14}?)之?间$/u, '$1到$2'],
  [/^(.{2,14}?)[和跟与同](.{2,14}?)(?:这|那)段(?:时间|日子)$/u, '$1到$2'],
  // 3月1-15号, 2026.3.1-15
  [
    new RegExp(`(?<=月${FIGURE}[日号]?)-(?=${FIGURE}[日号]$)|(?<=\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2})-(?=\\d{1,2}$)`, 'u'),
    '到',
  ],
  // 2023-2025
  [/(?<=^(?:19|20)\d{2}年?)-(?=(?:19|20)\d{2}年?$)/u, '到'],
  // 七八九月
  [
    /(?<![十\d])(?:(一)二(三)|(二)三(四)|(三)四(五)|(四)五(六)|(五)六(七)|(六)七(八)|(七)八(九)|(八)九(十))月(?:份)?$/u,
    '$1$3$5$7$9$11$13$15月到$2$4$6$8$10$12$14$16月',
  ],
  // 一到三季度
  [/(?<![\d一二三四])([一二三四1-4])(?:季度?)?[到至~-](第?[一二三四1-4]季度?)$/u, '$1季度到$2'],
  [/(?<=^|年度?的?)最[后末]一?个季度?$/u, '四季度'],
  [/(?<=^|年度?的?)(?:头|第)一个季度?$/u, '一季度'],
  [/(一)季度?[和、跟]?(二)季度$|(二)季度?[和、跟]?(三)季度$|(三)季度?[和、跟]?(四)季度$/u, '$1$3$5季度到$2$4$6季度'],
]

/** 23年到25年 */
const SHORT_YEARS = /^(\d{2}|[零〇一二三四五六七八九]{2})年?[到至~-](\d{2}|[零〇一二三四五六七八九]{2})年$/u

/** One spelling of a span: its two ends with 到 between them, feasts by their names, no feast beside its own days. */
export function spanWords(plain: string): string {
  const joined = JOINTS.reduce((words, [said, meant]) => words.replace(said, meant), plain).replace(
    SHORT_YEARS,
    (_, first: string, last: string) => `${inFull(first)}年到${inFull(last)}年`,
  )
  return withoutFeast(joined)
    .replace(FEAST_FIRST, feast => FEAST_IN_FIGURES[feast] ?? feast)
    .replace(FEAST_LAST, feast => FEAST_IN_FIGURES[feast] ?? feast)
}

/** Years of services that are spoken of: up to 49 those of this century. */
function inFull(year: string): string {
  const figures = Array.from(year, one => String(digitOf(one) ?? one)).join('')
  return (figures < '50' ? '20' : '19') + figures
}

function withoutFeast(words: string): string {
  return words.replace(FEAST_AND_DAYS, (said: string, year: string | undefined, feast: string) => {
    const days = words.slice(said.length)
    return (year ?? '') + monthOf(feast, days)
  })
}

/** 国庆1号到7号, 春节初一到初六, 过年三十到初六: the days take the month of their feast. */
function monthOf(feast: string, days: string): string {
  if (NEW_YEAR.test(feast)) return days.startsWith('初') ? '正月' : days.startsWith('三十') ? '年' : ''
  return new RegExp(`^${DAY_OF_MONTH}(?:[到至~—]|-)`, 'u').test(days) ? (MONTH_OF_FEAST[feast] ?? '') : ''
}
