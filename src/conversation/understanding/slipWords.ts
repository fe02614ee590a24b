import type { Vocabulary } from './soundSlips.ts'

/** Kinds of values that are read once more by sound. Names, places, free text and decisions are none of them. */
export type SpokenKind =
  'date' | 'month' | 'year' | 'range' | 'datetime' | 'workday' | 'gestation' | 'number' | 'months' | 'birth_order'

/** Capitals stand for one character each. */
const CLASSES: Readonly<Record<string, string>> = {
  D: '一二三四五六七八九',
  N: '一二三四五六七八九十',
  M: '一二三四五六七八九十正冬腊',
  W: '一二三四五六日天',
  T: '今昨明前后',
  // What is done on a day, said right behind it.
  V: '再去来才刚就送拿办要交到过',
  A: '鼠牛虎兔龙蛇马羊猴鸡狗猪',
}

/** 周W stands for 周一 to 周日 and 周天. */
function expanded(templates: string): string[] {
  return templates.split(/\s+/u).filter(Boolean).flatMap(spelled)
}

function spelled(template: string): string[] {
  const at = template.search(/[DNMWATV]/u)
  if (at < 0) return [template]
  const members = Array.from(CLASSES[template.charAt(at)] ?? '')
  return members.flatMap(one => spelled(template.slice(0, at) + one + template.slice(at + 1)))
}

const RELATIVE = `大前天 前天 昨天 今天 明天 后天 大后天 外后天 前日 昨日 今日 明日 后日 听日 寻日 琴日 明早 明晚 今早 今晚 昨晚 前晚 后晚 T天V T天上午 T天下午 T天早上 T天晚上 T天中午
  D天前 D天后 十天前 十天后 天以前 天以后 天之后 星期前 星期后 个月前 个月后 个月以后 个月以前 年以前 年以后 半个月 半年前 半年后 再过 还有`
const WEEKS = `周W 上周W 下周W 这周W 本周W 个周W 星期W 礼拜W 上星期 下星期 这星期 本星期 上礼拜 下礼拜 这礼拜 本礼拜 上个星期 下个星期 这个星期
  上个礼拜 下个礼拜 这个礼拜 上上周 下下周`
const MONTHS = `上个月 下个月 这个月 上上个月 下下个月 下月N 本月N 月底 月初 N月份 N月 两月`
const DAYS_OF_MONTH = `月D号 N月十 N月二十 N月三十 D号 十号 D日 十日 月十D 月二十 月三十 十D号 十D日 二十D 三十一 月一号`
const LUNAR = `农历 阴历 阳历 公历 老历 旧历 新历 古历 正月初 正月十 正月廿 正月二 年正月 冬月初 冬月十 冬月廿 冬月二 腊月初 腊月十 腊月廿 腊月二
  年冬月 年腊月 月初N 历初N 里初N 月廿D 年闰N 历闰N 闰N月 闰月 大年初N 年初N 大年三十 年三十`
const YEARS = `今年 去年 明年 前年 后年 大前年 大后年 零D年 D零年 DD年 二零二 二零一 二零零 零二D 零一D 零零D 一九D 九D年 两千年 A年`
const FEASTS = [
  '端午',
  '中秋',
  '春节',
  '元宵',
  '清明',
  '重阳',
  '国庆',
  '元旦',
  '除夕',
  '七夕',
  '腊八',
  '冬至',
  '中元',
  '芒种',
  '谷雨',
  '霜降',
  '惊蛰',
  '白露',
  '寒露',
]
/** A feast by two characters alone may as well be a name (春杰): its year or 节 stands beside it. */
const FEASTS_TOLD = FEASTS.flatMap(feast => [
  ...['今年', '去年', '明年', '前年'].map(year => year + feast),
  `年${feast}`,
  ...(feast.endsWith('节') ? [] : [`${feast}节`]),
])
const OTHER_FEASTS = `劳动节 儿童节 妇女节 教师节 建军节 青年节 母亲节 父亲节 情人节 除夕夜 中秋节 元旦节`
const DAYS = [RELATIVE, WEEKS, MONTHS, DAYS_OF_MONTH, LUNAR, YEARS, OTHER_FEASTS].flatMap(expanded).concat(FEASTS_TOLD)

const PARTS_OF_DAY = '早上 早晨 上午 中午 下午 傍晚 晚上 夜里 半夜 半夜里 凌晨'
const CLOCK = `上午 下午 中午 早上 晚上 凌晨 傍晚 午N点 晚N点 上N点 早N点 午十二 点半 N点半 午N点半 晚N点半 上N点半 午N点钟 上N点钟 N点钟 N点整
  N点D十 点一刻 点三刻 点D十 十D分 十分 五分 D十分 点零D 天N点`

/** Around a value, whoever it is told of. */
const PEOPLE = '我俺你您他她它们家娃儿伢妈爸的了嘞哒咧着是有在就还也都又才刚满从到至和跟与这那个啊呢嘛哦啦为系嗯'
const FIGURES = '零〇一二三四五六七八九十百千万亿两俩仨廿卅半几多'
const CALENDAR = `${FIGURES}年月日号天初底末`

/** 出生 and 整: words of their own, because 出 and 整 are also slips for 初 and 正. */
const PERSONS = expanded('孩子 宝宝 大宝 二宝 媳妇 老婆 老公 出生 生的 生了')
/** Where one of these is said nothing is put right by sound: 死胎 is no 四胎, and 老师好 no 十号. */
const NEVER = '死师丧亡'
/**
 * 刘日和, 周武 and 琪月 are people, 明田村 a place: names are written with care, and voices seldom choose their characters
 * for an everyday word. 夏 and 钱 are left, the commonest slips of all.
 */
const NAMES = '刘吴伍武史施侯金苏舒邹田齐戚祁琪思浩郝岳巴柏尚洪董龚郑褚楚进水毅静哥'

const vocabulary = (words: readonly string[], alone: string, never = NEVER): Vocabulary => ({
  words: [...new Set([...words, ...PERSONS])],
  alone,
  never,
  names: NAMES,
})
const dated = vocabulary([...DAYS, ...expanded(`${PARTS_OF_DAY} 预产期 生日 办的 领证 结婚`)], PEOPLE + CALENDAR)

export const VOCABULARIES: Readonly<Record<SpokenKind, Vocabulary>> = {
  date: dated,
  month: dated,
  range: vocabulary(
    [
      ...DAYS,
      ...expanded(
        '号到 日到 月到 天到 W到 底到 初到 点到 今天到 昨天到 上半年 下半年 季度 D季度 第D季度 月份 整月 整个月 整周 一整周 一整个月 最近 今年 一整年 未来',
      ),
    ],
    `${PEOPLE}${CALENDAR}内里第起止`,
  ),
  datetime: vocabulary([...DAYS, ...expanded(CLOCK)], `${PEOPLE}${CALENDAR}点分时刻差欠过整晌`),
  workday: vocabulary(
    [...DAYS, ...expanded('工作日 个工作日 个工作 下个工作')],
    `${PEOPLE}${CALENDAR}内后前下上第以之`,
  ),
  gestation: vocabulary(
    [
      ...DAYS,
      ...expanded(
        '怀孕 孕周 怀了 末次月经 月经 预产期 停经 N周 两周 星期 礼拜 个星期 个礼拜 两个星期 周零D 周加D 零D天 加D天 周D天 D天 N个月 两个月',
      ),
    ],
    `${PEOPLE}${CALENDAR}周孕怀加差第整生`,
  ),
  year: vocabulary(
    [...expanded(YEARS), ...expanded('虚岁 周岁 属A A年 D十岁 D十D 年属A 十D岁 年前 年的')],
    `${PEOPLE}${FIGURES}年岁属虚今`,
  ),
  number: vocabulary(
    expanded(
      'D个 两个 十个 D口 两口 口人 D口人 D户 十块 D块 两块 D千D百 两千D百 万D千 万两千 百D十 D百D 两百D D百块 两百块 百元 千元 万元 百把 千把 万把 D千块 两千块 D百元 D千元 两千元 D万元 D万块 百分之 D成D 块钱 D块钱 十D块 之D十D 之D十 百零D 千零D D百五十 D十D块 D十D D百D D千D D万D 两千D 两万D D万D千 两万D千',
    ),
    `${PEOPLE}${FIGURES}块元角毛分成个岁斤亩口人次第`,
    // 晚, 碗 and 室 are counted themselves: 一晚五十块 is no 一万五十.
    `${NEVER}晚碗室`,
  ),
  months: vocabulary(
    [
      ...DAYS,
      ...expanded(
        'D个月 十个月 两个月 十D个月 个半月 个月 D岁D 两岁D D岁半 两岁半 D年半 两年半 岁半 半岁 半年 D岁零 两岁零 零D个 零两个 零十个 年零D 岁零D 周岁 满月 D岁 两岁',
      ),
    ],
    `${PEOPLE}${CALENDAR}岁周大差`,
  ),
  birth_order: vocabulary(
    expanded(
      '办的 怀的 怀了 办的是 登记 登记的 D胎 头胎 D孩 D宝 老D 老大 老幺 第D个 第D胎 第D孩 大宝 头个 龙凤胎 双胞胎 D胞胎',
    ),
    `${PEOPLE}${FIGURES}第头大小`,
  ),
}
