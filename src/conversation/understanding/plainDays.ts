import { plainDigits } from '../../domain/digits.ts'
import { NUMERAL } from './numerals.ts'

const WEEK = '(?:周|星期|礼拜)'
const COUNTED = `((?:\\d{1,4}|${NUMERAL}{1,4})个?(?:半个?月|月(?:零[\\d一二两三四五六七八九十]{1,3}天)?|天|日|${WEEK}|年半?)|半个?月|半年)`
const FROM_TODAY =
  '(?:(?:从|打|由|自|搁)?(?:今(?:天|日|朝|儿个?)|现在|眼下|这会儿)(?:开始|起|算起|算)?[,，]?的?(?:再|倒着?)?)?'
const COUNTING = '(?:着?(?:数|推|算|倒|退))+(?:回去|过去|回|着|上|个)?'
/** 往回数一百天, 从今天往前推三周, 倒回去十天: days counted back. */
const COUNTED_BACK = new RegExp(
  `${FROM_TODAY}(?:(?:再)?(?:往|向|朝)(?:回|前|后倒)${COUNTING}|(?:倒|退)(?:着?[数推算退]|回)?(?:回去|回来|回|过去|着)?)${COUNTED}(?:的?那一?天)?`,
  'gu',
)
/** 往后数十天, 从今天起过三周 */
const COUNTED_ON = new RegExp(
  `${FROM_TODAY}(?:再)?(?:往|向|朝)后(?:${COUNTING})?(?:再?过|再)?${COUNTED}(?:的?那一?天)?(?![前后])|(?:从|打|由|自|搁)?(?:今(?:天|日|朝|儿个?)|现在)(?:开始|起|算起|算)?[,，]?(?:再?过|再等?)${COUNTED}`,
  'gu',
)
const AFTER_COUNT = new RegExp(`${COUNTED}过后`, 'gu')
/** A 天 in front of the sky's words that belongs to the day itself: 礼拜天还没亮, 昨天刚擦黑. */
const DAY_ITSELF = '周|星期|礼拜|[昨今]|(?<!清)明|(?<![天周期拜月年以之])[前后]|第[一二三四五六七八九十\\d]'
const SKY_DOES = '(?:还|都|才|刚刚?|快|将|要|没|未|不|麻麻|蒙蒙|擦|大|一|么)'
/** 天还没亮, 天刚擦黑: what the sky was like. */
const SKY = new RegExp(
  `(?:(?<!${DAY_ITSELF})天${SKY_DOES}*|(?<=天)${SKY_DOES}+)(?:亮|黑|明(?![天日年儿早晚]))了?(?:的?(?:时候|时)|那会儿?|那阵子?|那时候?|之?前|以前|以后|之后|边)?`,
  'gu',
)
/** 日头落山, 月亮圆, 下着大雪: neither days nor months. */
const WEATHER = /日头(?:刚|快|才|要)?(?=[落出偏下上晒])|月亮|月光|[下飘落](?:着|了|起|的|一|场|好){0,3}[大小]雪/gu
const DIGIT = '[零〇幺一二三四五六七八九\\d]'
/** 幺二月, 二幺号, 二零二幺年, 五月幺八, 二零二五幺二三幺: one as figures are read out. 老幺 is the youngest. */
const SPOKEN_ONE = new RegExp(
  `(?<!老)${DIGIT}*幺${DIGIT}*(?=[年月日号])|(?<=月)(?:${DIGIT}?幺${DIGIT}?)(?=生|$)|(?<!${DIGIT})(?:二零|[一幺]九)(?=${DIGIT}*幺)${DIGIT}{6}(?!${DIGIT})`,
  'gu',
)
const TEN_AND_ONE = /(?<=十)幺/gu
/** 下一个星期, 前一个月: the step without its 一. 加上一个月 counts. */
const ONE_STEP = new RegExp(`(?<![加晚早赶碰遇撞算])([上下这])一个?(?=${WEEK}|月)`, 'gu')
const STEP_BEFORE = new RegExp(`(?<![年月日号节之以])前一个(?=${WEEK}|月)`, 'gu')
/** 大上周, as the middle of China says 上上周. */
const BIG_STEP = new RegExp(`大([上下])(?=个?(?:${WEEK}|月))`, 'gu')

/** What a day begins with behind its year: 上一年 by itself, and in 头年没办, is none of a date. */
const DAY_BEGINS =
  '(?=的?(?:[闰正冬腊\\d一二三四五六七八九十廿初农阴公阳旧老古新除端中仲重清国春元立雨惊谷小大夏芒处白秋霜寒劳儿妇教圣母父]|建[党军]|龙抬))'
const YEAR_BEFORE = new RegExp(`(?<!\\p{Script=Han})(?:上一年|头年)${DAY_BEGINS}`, 'gu')
const YEAR_AFTER = new RegExp(`(?<!\\p{Script=Han})下一年${DAY_BEGINS}`, 'gu')
const THIS_YEAR = new RegExp(`本年${DAY_BEGINS}`, 'gu')

/** 一九六二年，三月，十七: said with a pause behind each part. */
const BETWEEN_PARTS = new RegExp(
  `(?<=(?:\\d|${NUMERAL})[年月])[,，、\\s]*(?:[嗯呃额啊][,，、\\s]*)*[,，、\\s](?=(?:\\d{1,2}|${NUMERAL}{1,3})(?:[月日号]|[,，。生的]|$))`,
  'gu',
)

/** The words of days in their plainest form, so that each reader knows one of them: 从今天往回数十天 is 十天前. */
export function plainDays(words: string): string {
  return words
    .replace(BETWEEN_PARTS, '')
    .replace(SKY, ',')
    .replace(WEATHER, ',')
    .replace(TEN_AND_ONE, '一')
    .replace(SPOKEN_ONE, plainDigits)
    .replace(/公元(?=[\d零〇一二三四五六七八九两])/gu, '')
    .replace(YEAR_BEFORE, '去年')
    .replace(YEAR_AFTER, '明年')
    .replace(THIS_YEAR, '今年')
    .replace(BIG_STEP, '$1$1')
    .replace(ONE_STEP, '$1个')
    .replace(STEP_BEFORE, '上个')
    .replace(/(?<![\p{Script=Han}\d])月[底末]的?(?=最[后末]一天)/gu, '这个月')
    .replace(/(?<=[上下这本]个?月)的?头(?=一[号日])|(?<=月)[底末]的?(?=最[后末]一天)|(?<=月)初的?(?=[头第]一天)/gu, '')
    .replace(COUNTED_BACK, '$1前')
    .replace(AFTER_COUNT, '$1后')
    .replace(COUNTED_ON, (_, some?: string, others?: string) => `再过${some ?? others ?? ''}`)
}
