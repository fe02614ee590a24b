import { NUMERAL } from './numerals.ts'
import { vague, type Reading } from './reading.ts'

/** Whoever asks, gives no number. */
export const ASKS =
  /[?？]|多少|好多[钱个]|(?<![十百千万好大])几(?![十百千万])|[吗么没不]$|怎么|怎样|咋|哪|啥|什么|谁|为何|[能可]不|还是|是不是|行不行|要不要|有没有|会不会/u
const N = `(?:\\d{1,4}|${NUMERAL}{1,4})`
const YEAR = `(?:\\d{4}|[零〇一二三四五六七八九]{2,4})`
/** Figures that are no number: days, hours, places in a row, phones and papers, houses, and words that only hold one. */
const OTHERS = new RegExp(
  [
    `${YEAR}年(?!多|半|[前后来以])(?:闰?(?:[正冬腊]|${N})月份?(?:初?${N}[日号]?|廿${NUMERAL}?)?)?`,
    `[正冬腊闰]月${NUMERAL}{0,3}`,
    `(?<!个)${N}月份?(?:初?${N}[日号]?|廿${NUMERAL}?)?`,
    `(?:19|20)\\d{2}[-/.]\\d{1,2}(?:[-/.]\\d{1,2})?`,
    `初${NUMERAL}{1,2}`,
    `(?:周|星期|礼拜)[一二三四五六]`,
    `\\d{1,2}[:：]\\d{2}`,
    `${N}点(?:钟|半|整|[一三]刻|${N}分)|(?:早上|上午|中午|下午|晚上|凌晨|半夜)${N}点`,
    `第${N}|老[二三四五六七八九]`,
    `(?:拨打|[打拨])\\d{3,5}(?!分)|(?<!\\d)(?:110|119|120|122)(?![\\d.元块个户件人份次斤分])|门牌号?\\d+|(?<!\\d)(?:19|20)\\d{2}(?=[年版届]|标准|的(?!$))|[A-Za-z]+\\d+|\\d{5}热线|\\d{7,}(?![万亿元块]|\\d)|[零〇幺一二三四五六七八九]{7,}`,
    `${N}(?:号|栋|幢|单元|楼|组|队|室|厅|弄|巷|村民?|镇|乡|区|街|路|湾|大队|小队|社区|道|中|小(?=$|学)|院|妇女节|儿童节|建军节|劳动节|节)`,
    `几十年|五一|六一|七一|八一|十一国庆|三八|双十[一二]|七夕|九九重阳`,
    // Words in which the figure counts nothing.
    `一(?:起|下|直|样|定|般|共|切|块儿|道|旦|向|贯|致|时|律|会儿?|些|边|路|辈子|家(?:子|人|老小|(?=${N}))|来二去|心|手|点(?!${NUMERAL}|\\d))`,
    `(?<=[们我咱你俺])[俩仨]|(?<!\\d)12\\d{3}(?![\\d.元块个户件人份次斤])|零头|(?<!\\d|${NUMERAL})万一|十万火急|[一死]了?百了|孤零零|一次性|到一半|千万(?=别|不|要|记|莫|得)|十分(?=满|高|感|重|困|难)|统一|唯一|两口子|半(?:天|路|夜|拉)`,
  ].join('|'),
  'gu',
)
/** 一份也不行: says that nothing less will do, and counts nothing. */
const NOT_EVEN_ONE =
  /一[份个块分毛张家户次点]?钱?(?:也|都)(?=不|没|别|莫|冇|行不)|一[分毛块]钱?(?=没有?[^有得])|一个(?=没得|莫得|冇)/gu
/** What a price is paid for: 一个月三千, 七百五一亩. */
const PAID_FOR =
  '个?(?:年|月|天|周|季度?|星期|礼拜)|亩|斤|公斤|罐|包|袋|瓶|盒|箱|桶|碗|晚|个人|人|户|家|次|趟|回|张|份|件|套|本|头|只|针|顿'
const RATE = new RegExp(
  `(?:一|每|半)(?:${PAID_FOR})(?!零|半)(?=[^,，。;；]{0,4}?(?:\\d|${NUMERAL}))|(?<=，)一(?:${PAID_FOR})(?=$|[,，。了的吧呢啊])`,
  'gu',
)
/** 七百五一亩 is no 七百五十一. */
const RATE_BEHIND = new RegExp(
  `(?<=[\\d块元钱]|[十百千万块][二三四五六七八九])(?=一(?:${PAID_FOR})(?:$|[,，。了的吧呢啊]))`,
  'gu',
)
/** 我没收到, 不是: what is denied is no answer. 不到 and 没满 say that it is less. */
const DENIED = /(?:没|不|别|莫|冇|未)(?!到|足|下|满|止|少|超|过|错|算|管)/u
/** 1,200 */
const THOUSANDS = /(?<=\d),(?=\d{3}(?!\d))/gu
/** 四加一: a sum that nobody worked out. */
const RECKONED = new RegExp(`(?:\\d|${NUMERAL})[加减乘除×+](?:\\d|${NUMERAL})|\\d[a-z]+\\d`, 'u')
const LIMIT_BEFORE =
  '(?:负|零下|不到|不足|至少|起码|最少|少说也?有?|[最顶]多|撑死了?|不下于?|超过|多于|少于|将近|接近|快)?'
const LIMIT_BEHIND =
  '(?:多|来|余|[好大]?几|把)?[百千万]?(?:左右|以上|以下|以内|上下|出头|开外|挂零|冒头|朝上|往上|来往|靠边|挨边|有余|还多|往里|以里|的?样子)?'
const UNIT = '[个块元角毛分蚊斤两米里亩间]'
const HALVED = '(?:[个斤块蚊里亩间年岁天米尺两页]|公斤)(?=半)'
const FIGURE = `(?:\\d[\\d.]*[wk](?![a-z])|\\d[\\d.]*|${NUMERAL})(?:[\\d.]|${HALVED}|${NUMERAL}|分之|点(?=${NUMERAL}|\\d)|[~至](?=${NUMERAL}|\\d)|[成折半比:]|${UNIT}(?=半|[零一二三四五六七八九\\d](?!个))|[毛角分])*(?:%|‰|个百分点)?`
const RUN = new RegExp(`(?<before>[几数好]?)(?<run>${LIMIT_BEFORE}${FIGURE}(?:${UNIT}?${LIMIT_BEHIND}))`, 'gu')
/** 六成多: near it. */
const MORE =
  /[多来余几]|左右|以上|以下|以内|上下|出头|开外|挂零|冒头|朝上|往上|来往|靠边|挨边|有余|还多|往里|以里|样子/u
/** A single figure may belong to any word; what it counts, or the end of the sentence, stands behind it. */
const LONE = new RegExp(`^(?:(?![俩仨])${NUMERAL}|[零〇一二三四五六七八九]{2,3})$`, 'u')
/** What is counted, besides what a bare answer counts. */
const MEASURES =
  /^(?:件|回|趟|遍|罐|包|瓶|袋|桶|碗|盒|封|处|样|种|桌|围|针|项|辆|台|部|双|对|顿|场|粒|颗|批|笔|根|枚|小子|妹子|升|吨|分钟?|小时|秒|钟头|代|级)/u
const CLOSED = /^(?:了|的|吧|呢|啊|咯|嘛|哦|咧|嘞|哈|呀)*(?:$|[,，。.;；!！、])/u

export interface Wording {
  /** What a number counts. */
  measure: RegExp
  read: (core: string) => Reading<number> | null
}

/**
 * The number of a sentence: 花了一百八, 全村四分之三都签了. Null when it holds none, or several that differ, when it asks, and
 * when the number was denied.
 */
export function numberInSentence(sentence: string, wording: Wording): Reading<number> | null {
  if (ASKS.test(sentence) || RECKONED.test(sentence)) return null
  const rest = sentence
    .replace(THOUSANDS, '')
    .replace(RATE_BEHIND, '，')
    .replace(NOT_EVEN_ONE, '，')
    .replace(OTHERS, '，')
  return onlyNumber(rest, wording) ?? onlyNumber(rest.replace(RATE, '，'), wording)
}

/** Whether something is counted in it, even where it cannot be said how much. */
export function holdsFigure(sentence: string, measure: RegExp): boolean {
  return figuresIn(sentence.replace(OTHERS, '，').replace(RATE, '，'), measure).length > 0
}

function onlyNumber(rest: string, { measure, read }: Wording): Reading<number> | null {
  const figures = figuresIn(rest, measure)
  const readings = figures.map(({ run, clauseBefore }) => (DENIED.test(clauseBefore) ? null : readLongest(run, read)))
  const [first] = readings
  if (first === undefined || readings.includes(null)) return null
  return new Set(readings.map(reading => JSON.stringify(reading))).size === 1 ? first : null
}

function figuresIn(rest: string, measure: RegExp): { run: string; clauseBefore: string }[] {
  return [...rest.matchAll(RUN)].flatMap(({ index, groups }) => {
    const run = groups?.['run'] ?? ''
    const behind = rest.slice(index + (groups?.['before'] ?? '').length + run.length)
    const counts = measure.test(behind) || MEASURES.test(behind) || CLOSED.test(behind)
    if (LONE.test(run) && !counts) return []
    const clauseBefore = /[^,，。;；]*$/u.exec(rest.slice(0, index))?.[0] ?? ''
    return [{ run: (groups?.['before'] ?? '') + run, clauseBefore }]
  })
}

/** The figure without the units behind it that no reading knows. */
function readLongest(run: string, read: Wording['read']): Reading<number> | null {
  for (let end = run.length; end > 0; end--) {
    if (/[\d零〇一二三四五六七八九十百千万]/u.test(run.slice(end))) return null
    const reading = read(run.slice(0, end))
    if (reading) return reading.kind === 'one' && MORE.test(run.slice(end)) ? vague(reading.value) : reading
  }
  return null
}
