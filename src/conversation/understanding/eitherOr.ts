import { filledUpFrom, tailOf } from './corrections.ts'

/** Two values of which one is meant, each in the wordings that may stand for it, best first. */
export interface Either {
  first: string[]
  second: string[]
}

const OR = /[\s,，、]*(?:或者是?|或是|或|还是|要么是?|要不就?是?|不然就是?|再不就是?)[\s,，、]*/u
/** 要么三月要么四月, 不是十号就是十一号 */
const LED = /^(?:要么是?|或者是?|不是)(.{1,30}?)[\s,，、]*(?:要么是?|或者是?|就是)(.{1,30})$/u
/** 5月或者6月，今年的: the year or month said last belongs to both. */
const PERIOD_BEHIND = /[\s,，、]+((?:(?:[今去明前后]|\d{4})年|[上下这本]个?月))(?:份|里)?的?$/u
/** 记不清了: that it is not known which one. */
const DOUBT =
  /[\s,，、。]*(?:我|俺)?(?:也|都|真)?(?:记不[清得]|不记得|不晓得|不知道|不确定|说不[准清好]|搞不[清准]|想不起来|忘)楚?(?:是?哪[个年月天]?)?[了咯啦]?[。.]*$/u
/** 婚假是十五天还是二十天 asks, 十五天还是二十天 answers: nothing much stands before what is weighed. */
const ANSWERS =
  /^(?!.{0,2}每)[^\d零〇一二两三四五六七八九十百千万今去明昨前后上下本这周星礼大正冬腊农阴公阳属半俩仨]{0,2}(?=[\d零〇一二两三四五六七八九十百千万今去明昨前后上下本这周星礼大正冬腊农阴公阳属半俩仨])/u
/** Nobody weighs two values in a longer sentence. */
const LONGEST = 60

/** 2026年3月或者4月: what the one leaves unsaid comes from the other. Null when no two values are weighed. */
export function eitherIn(text: string): Either | null {
  if (text.length > LONGEST) return null
  const sure = text.replace(DOUBT, '')
  if (/还是/u.test(sure) && sure === text && !ANSWERS.test(text)) return null
  const period = PERIOD_BEHIND.exec(sure)?.[1] ?? ''
  const said = sure.replace(PERIOD_BEHIND, '')
  const [first = '', second = '', another] = (LED.exec(said)?.slice(1) ?? said.split(OR)).map(part =>
    part === '' ? '' : period + part.trim(),
  )
  if (first === '' || second === '' || another !== undefined) return null
  return {
    first: [...new Set([first + tailOf(second), filledUpFrom(second, first), first])],
    second: [...new Set([filledUpFrom(first, second), second])],
  }
}
