import { halfWidth } from '../../domain/digits.ts'
import { figuresMeant } from './typedFigures.ts'

/** Sounds of thinking. Not 唔, 恩, 额, 哈: 唔系 is no, and 恩施, 额尔古纳, 哈尔滨 are places. */
const SOUND = '[嗯呃诶欸唉哎哦噢喔]+'
/** Words of thinking, greeting and pointing; 这个月 (as voices write it 这个越) and 那个周五 are no pointing. */
const WORDS =
  '(?:您好|你好|请问|那个|这个)(?!\\s*[月越周星礼季年人时])|就是说|就是|应该是|应该|让?我(?:再)?(?:想想|想一下|看看|看一下)|我记得是?|好像是|等一?下|是(?![的不否])'
/** Words that open an answer only when something parts them from it. */
const PARTED =
  '(?:好的?|好嘞|行|对的?|是的?|可以|中|要得|收到|知道了|晓得了?|啊|恩|额|那|老师|同志|师傅|那什么|怎么说呢)(?=[,，。.…、!！~～])'
/** Not the sign of -5. */
const PUNCTUATION = '(?:[\\s,，、。.…~～!！:：;；]|-(?!\\d))*'
const LEAD = new RegExp(`^(?:(?:${SOUND}|${WORDS}|${PARTED})${PUNCTUATION})+`, 'u')
/** Said behind a value, after a pause, to whoever takes it down: 三千六，咋了. It asks nothing about the value. */
const REMARK =
  '(?<=[,，。.…、])(?:咋[了啦]|怎么[了啦]|行不行?|中不中?|好吧|好不好|(?:你)?(?:看看|看行不行?|记一下|记下来?|写上)吧?|记[下住好上]了?(?:吗|没有?)|问(?:这|这个|它)?(?:干啥|干嘛|做啥|搞么事))'
const ENDING =
  // 一五零零零零零一二三吧 may be an 八 at the end of a long number.
  '(?<![零〇幺一二三四五六七八九]{3})(?:好)?吧|来着|啊|呀|嘛|哈|呢|哦|噢|喔|咯|啦|哟|哇|谢谢(?:您|你|啦|了)?|多谢|唔该|麻烦(?:您|你)?了|没错|是(?:哪一?天|几号|几月几号)|应该是|好像是|就是(?:这个|它|这样)|(?<=[,，。.…、])(?:对(?:的|吧)?|是的|嗯+|就这个)|(?<=[\\d日号天月年个])对(?:的|吧)?'
const TAIL = new RegExp(
  `(?:[\\s,，、。.…~～!！;；]*(?:${ENDING}|${REMARK}[?？]?))+[\\s,，、。.…~～!！;；]*$|[\\s,，、。…~～!！;；]+$`,
  'u',
)
const QUOTED = /^(?:["“”'‘’「『]([^"“”'‘’「『」』]+)["“”'‘’」』]|[【《(（]([^()（）【】《》]+)[】》)）])$/u
/** 三个，三个. 200,200 is one number, and 12 12 may be a day. */
const SAID_AGAIN = /^(?!\d{1,3},\d{3}$|\d{1,2} \d{1,2}$)(.{1,60}?)[,，、。…\s]+\1$/u
/** 幺三八，幺三八零零: a false start, and after it the same again. Bare figures may be groups of one number. */
const FALSE_START = /^((?![\d.]{1,6}[,，、\s…])[^,，、\s…]{1,30})[,，、\s…]+(?=\1)/u
/** 十二月十二月十五号: a word of a date, a place or a count said twice. 11月1月 is not. */
const TWICE =
  /(?<![\d零〇一二三四五六七八九十])([^\s,，、]{1,7}[年月日号天周期度镇村区县市省个胎])[\s,，、]*\1(?![一二三四五六七八九十\d]*[年月])/u
/** 下 下 周 一: voices and scans part every character. */
const PARTED_CHARACTERS = /^\S(?: {1,3}\S){2,}$/u
const BETWEEN_CHARACTERS =
  /(?<=\p{Script=Han}) +(?=\p{Script=Han})(?<![零〇一二三四五六七八九十] +(?=[一二三四五六七八九十]))/gu
/** 24⁺³ and the radicals that scanned pages hold in place of characters (⽉ for 月). */
const COMPATIBLE = /[⁰¹²³⁴-⁹⁺₀-₉\u2E80-\u2FD5]/gu
/** Longer answers are sentences; nobody stammers through them in a way that could be mended. */
const LONGEST = 120

/**
 * An answer without what carries no meaning: 嗯, 那个, 就是 before it, 吧, 谢谢 after it, quotation marks around it, a word
 * said twice, spaces between characters, full-width forms. The text itself when nothing else would be left. For values,
 * never for 是 and 不是, names or free text.
 */
export function withoutFillers(text: string): string {
  // Figures alone, as most numbers come, have nothing around them.
  if (text.length > LONGEST || /^\d+$/.test(text)) return text
  const plain = text.trim().replace(COMPATIBLE, character => character.normalize('NFKC'))
  const close = PARTED_CHARACTERS.test(plain) ? plain.replace(/ /gu, '') : plain
  const said = withoutEnds(withoutEnds(close).replace(SAID_AGAIN, '$1'))
  const once = said.replace(FALSE_START, '').replace(TWICE, '$1').replace(BETWEEN_CHARACTERS, '')
  return figuresMeant(once === '' ? text : halfWidth(once))
}

function withoutEnds(text: string): string {
  return unquoted(unquoted(text).replace(LEAD, '').replace(TAIL, ''))
}

function unquoted(text: string): string {
  const [, quoted, bracketed] = QUOTED.exec(text) ?? []
  return quoted ?? bracketed ?? text
}
