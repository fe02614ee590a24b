import { plainDigits } from '../../domain/digits.ts'
import { digitOf, figure, NUMERAL } from './numerals.ts'
import { plainDays } from './plainDays.ts'
import { simplified } from './wording.ts'

/** What a sentence around a date is about, by its own words. */
const DUE =
  /预产|(?:还有|还差|再过|再等|再有|快|估计|估摸|预计|可能|要|会|明年|下个?月|下周).*生$|[要快该将](?:添|得|抱)[^,，打看上去来]{0,3}?[丁孙儿女娃]|[要快该将](?:临盆|分娩|剖)|临盆(?![的了])|(?:明年|下+个?(?:月|周|星期|礼拜)|[明后]天)[^,，]*就生|要生|快生|该生|待产|生产期|到期生|几时生|due/u
/** 添了个大胖孙子, 得的闺女: who came into the family. 添麻烦 and 得病 are none. */
const NEWBORN = '(?:个|位|大|小|胖|重|二|外)*(?:孙|儿|闺女|女|娃|小子|丫头|伢|崽|仔|宝|千金|贵子|丁|喜|口人|人口)'
const CAME = new RegExp(
  `添(?:[了的]?${NEWBORN}|的(?=$|[,，。]))|喜得|[得抱见](?:的|了个?|个)${NEWBORN}|诞下|降生|下地的|落草|落生|生养|养下` +
    '|(?<=[日号天夕夜秋冬节至一二三四五六七八九十廿])[养得]的$|(?:剖(?:[腹宫]产)?|[顺早难]产|分娩|临盆)(?:的|了|出|下)|坐的月子|接的生',
  'u',
)
const BORN =
  /出生|生的|生日|生了|生[于在]|诞生|落地|产下|[号日天月晚夜初]生|(?:[晚早]上|夜里|[上下中]午|凌晨)生(?![产育])|生(?:个|嘞|滴|哒|下|$)|(?:孩子?|娃儿?|伢|宝宝?|崽|仔|闺女|儿子|女儿)(?:是|系).*[的嘞滴嘅]$|出世|[下落]的?地$|born/u
/** 走的, 扯的证, 下葬的: what was done on a day, right behind it. 走的话 was not. */
const DONE =
  '[成娶嫁过扯拜摆定订走埋葬取流引做住出落迁转打签交送寄填拿领开查检建批发报登退入买盖请收拍照录缴存撤改换补扎上下离死病断停缝照抽]'
const DONE_ON_DAY = new RegExp(
  `(?<=[日号天月份节秋夕初冬至一二三四五六七八九十廿]|[夕年]夜|端午|下午|上午|中午|月里头?)(?:才|就|刚|都|是|在家|去|来){0,2}(?:${DONE}{1,2}|去世|过世|老|没了?|下葬)的(?!话|时候|前|后)`,
  'u',
)
const PAST =
  /报表|台账|月份?的(?:表|报|数)|[填上要]报|统计|数据|领的?证|[结登离]的?婚|办的|去的|来的|搬|末次|月经|停经|例假|[号日]的事/u

export function senseOf(plain: string): 'dueDate' | 'birthDate' | 'past' | undefined {
  if (DUE.test(plain)) return 'dueDate'
  if (BORN.test(plain) || CAME.test(plain)) return 'birthDate'
  return PAST.test(plain) || DONE_ON_DAY.test(plain) ? 'past' : undefined
}

/** 3月5号左右: near it, not on it. */
export function isRough(plain: string): boolean {
  return /左右|前后(?!半夜|晌)|上下(?![个周星礼月半])|那几天|那阵|附近|那一向|月[底末](?:之|以)?前/u.test(plain)
}

const LEAD =
  /^(?:我们|我屋里|我家|我的|我|俺|她|他|恁看|恁|孩子|宝宝|小孩|小宝|二宝|大宝|娃儿?|伢|媳妇|老婆|预产期|预产|出生日期|出生时间|出生年月日?|出生|生日|日期|日子|时间|那天|就是|是不是|是|系|在|为|于|大概|大约|约|应该|还?得|还要|可能|好像|好象|估计|差不多|就|嗯|呃|那个|噢|医生说|的|从|到了|等到|[:：])+/u
const TAIL =
  /(?:左右|前后|上下|那几天|那阵|那天|当天|当日|(?<![年月周拜期])这天|那一天|(?<=[天日号午上晚早夜晨]|夜来)(?:刚刚?|才)|出生的?|下生的?|生的?|生下来的?|[下落]的?地|生嘞|生滴|生哒|生了|添的|得的|办的|去的|来的|的|吧|啊|呀|呢|嘛|哦|了|嘞|咧|哒|born|左近)+$/u
const WEEKDAY_BEHIND = /(?<=[日号\d一二三四五六七八九十])(?:周|星期|礼拜)[一二三四五六日天]$/u
const DAYPART =
  '(?:大?清早起?|(?<![周期拜])一大?早|早起|早上|早晨|上午|中午|正午|下午|傍晚|晚上|晚间|夜里|夜晚|[前后上下]?半夜|凌晨|深夜|晌午|早|晚|夜|前晌|后晌|[上下晏]昼|朝早|擦黑|傍黑|挨黑|麻麻黑|黑里|黑哒|黑了)'
const CLOCK = new RegExp(
  `(?:\\d{1,2}:\\d{2}|(?:\\d{1,2}|${NUMERAL}{1,3})[点时](?:钟|多钟?|半|整|过|[一三]刻|零?(?:\\d{1,2}|${NUMERAL}{1,3})分?)?(?:左右|多|的时候)?)$`,
  'u',
)
const PART_BEHIND = new RegExp(`(?:的)?${DAYPART}$`, 'u')

/** 二十几号 is some day of a month and no more. */
const SOME_DAY = /(?:二?十|廿|初)几[日号天]?/gu
/** 二0二六年 and 九o年, as keyboards and voices write them. */
const MIXED_YEAR =
  /[零〇○o\d一二三四五六七八九壹贰叁肆伍陆柒捌玖]{4}(?=年)|(?:[零〇一二三四五六七八九][o○\d]|[o○\d][零〇一二三四五六七八九])(?=年)/gu
/** l, I and | for 1, O for 0, as scans give them beside figures. */
const SCANNED_ONE = /(?<=\d)[li|](?=[\d年月日号./-])|(?<![a-z|])[li|](?=\d)/gu
const SCANNED_ZERO = /(?<=\d)o(?=[\d年月日号./-]|$)|(?<![a-z])o(?=\d)/gu
/** The hour behind a date in figures. */
const TIME_BEHIND = /(?<=\d)(?: +|t)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:z|\+08:?00)?$/u
/** 1 1月 1 0号: the figures of one number, spaced by a voice. */
const SPACED_PAIR = /(?<!\d|\d )([1-3]) (\d)(?= ?[月日号])/gu
/** 一九九零 三 五: a voice that hears no 年 and no 月. */
const SPOKEN_PARTS = new RegExp(
  `([零〇一二三四五六七八九]{4})[ 、.,](${NUMERAL}{1,3})[ 、.,](${NUMERAL}{1,3})(?=[日号]?$)`,
  'u',
)
const UNSURE = /[,，]?(?:我)?(?:也|都)?(?:记不清|记不得|不记得|不晓得|不知道|不确定|说不准|搞不清)楚?了?$/u
const CALENDAR = '农历|阴历|旧历|老历|古历|夏历|公历|阳历|新历'
const CALENDAR_BEHIND = new RegExp(`^(.*[月\\d].*?)[,，(（]?(${CALENDAR})(?:的|日期|上的|生日|日子|生的?)*[)）]?$`, 'u')
const ANY_CALENDAR = new RegExp(CALENDAR, 'u')
const YEAR_OR_MONTH = new RegExp(
  `(?:\\d{2,4}|${NUMERAL}{2,4}|[今去明前后])年|闰?(?:[正冬腊]|\\d{1,2}|${NUMERAL}{1,3})月`,
  'u',
)
const CALENDAR_WORDS = new RegExp(`(${CALENDAR})(?:(?:的|上|日期|[:：])是?|是)`, 'gu')
/** 农历3.5, 阴历2027-3-5 */
const LUNAR_FIGURES = /(农历|阴历|旧历|老历|古历|夏历)(?:(\d{4}|\d{2})[-/.年])?(\d{1,2})[-/.](\d{1,2})(?!\d)/gu
/** 下周的周四, 下周周四 */
const WEEK_OF_WEEKDAY = /(上上|下下|上|下|这|本)个?(?:周|星期|礼拜)[的,，]?(?:周|星期|礼拜)/gu
/** 拜三, as the south shortens 礼拜三; 拜天地 and 拜年 are none. */
const SHORT_WEEKDAY = /(?<!礼)拜(?=[一二三四五六日天](?:$|[早上下中晚,，去来办再我你到就送过生的吧了]))/gu
/** 正月里十五, 冬月间初六 */
const IN_LUNAR_MONTH = /(?<=[正冬腊一二三四五六七八九十]月)(?:里头?|间)的?(?=[初十廿卅二三])/gu
/** 二千零一十五年, 一千九百九十年: a year counted out; 两千零二五年 counts its thousands only. */
const COUNTED_YEAR = /(一千九百|[二两]千[零〇]?)([零〇一二三四五六七八九十]{0,5})(?=年)/gu
function yearCounted(said: string, thousands: string, rest: string): string {
  const year = figure(said)
  if (year !== null) return String(year)
  return /^[一二三四五六七八九]{2}$/u.test(rest) ? `${thousands.startsWith('一') ? 19 : 20}${plainDigits(rest)}` : said
}
/** 月头一号，下个月: the month said last. */
const MONTH_BEHIND = new RegExp(
  `^(?:月[头初])?((?:\\d{1,2}|${NUMERAL}{1,3})[日号])([^,，\\d]{0,4}[,，、])?(?:就是?|是)?((?:上|下|这|本)个?月)的?(?=$|[吧啊呀,，])`,
  'u',
)
/** 礼拜四下午三点，这个礼拜的: the week said last. */
const WEEK_BEHIND =
  /^(.*?)(?<![上下这本]|[上下这本]个)(周|星期|礼拜)([一二三四五六日天][^,，]*)[,，、]?((?:上上|下下|[上下这本])个?)(?:周|星期|礼拜)的?$/u
const WEEK_FIRST = '$1$4$2$3'
/** The week goes before its weekday. */
export function weekFirst(words: string): string {
  return words.replace(WEEK_BEHIND, WEEK_FIRST)
}
/** Years of the Republic in old household books: the first is 1912. */
const REPUBLICAN = new RegExp(`民国(\\d{1,2}|${NUMERAL}{1,3})年`, 'gu')

/** 旧年 and 出年 as the south says 去年 and 明年, 去年子 as Sichuan does; 十来年 is a span. */
const LAST_YEAR =
  /(?<!\p{Script=Han})旧年|(?<=[,，的是在系喺囡仔女])旧年|(?<!\p{Script=Han}|[\d])头年(?=的?[闰正冬腊\d一二三四五六七八九十])|(?<=[是在的])头年(?=的?[闰正冬腊\d一二三四五六七八九十])|^上年(?=[正冬腊闰一二三四五六七八九十\d])/gu
const NEXT_YEAR = /(?<![零〇一二三四五六七八九十几\d])[来出]年(?!纪|龄|[前后以])/gu
const YEAR_SUFFIX = /(?<=[今去明前后]年)子(?!女)/gu
/** 念三 is how many write 廿三. */
const TWENTIES = /(?<=^|[月历里])念(?=[一二三四五六七八九])/gu
/** 2026。3。8 and 2026·3·8, as keyboards of phones have them. */
const STOPS = /(?<=\d)[。·•．](?=\d)/gu

/** One spelling of a date: simplified, half-width, without spaces, commas and brackets. */
export function dateWords(text: string): string {
  return calendarFirst(joined(plainDays(simplified(text).replace(STOPS, '.'))).replace(UNSURE, ''))
    .replace(LAST_YEAR, '去年')
    .replace(NEXT_YEAR, '明年')
    .replace(YEAR_SUFFIX, '')
    .replace(TWENTIES, '廿')
    .replace(/([前后])头(?=第)/gu, '$1')
    .replace(/(?<=(?:[上下这本前]个?|当)月)月(?=[底初末头中])/gu, '')
    .replace(/呢(?=个|周|星期|礼拜)/gu, '这')
    .replace(/春节(?=大年|正月|除夕)/gu, '')
    .replace(/(?:春节|过年|新年|新春)的?(?=初[一二三四五六七八九十])/gu, '正月')
    .replace(/大年(?=十[一二三四五六七八九])/gu, '正月')
    .replace(/(?:过完年|过了年|年后)[,，]?(?=正月|[一二三]月)/gu, '')
    .replace(IN_LUNAR_MONTH, '')
    .replace(/等到?(?:这个?)?周末[,，、]?(?=(?:周|星期|礼拜)[六日天])/gu, '这')
    .replace(/周末(?:的|那个?)?(?=[,，、]?(?:周|星期|礼拜)[六日天])/gu, '')
    .replace(MONTH_BEHIND, '$3$1$2')
    .replace(/出月(?=$|[初底\d一二三四五六七八九十])/gu, '下个月')
    .replace(/千禧年/gu, '2000年')
    .replace(/(?:观音(?:菩萨)?|佛祖|土地)(?:生日|诞辰?)/gu, '')
    .replace(SHORT_WEEKDAY, '礼拜')
    .replace(WEEK_OF_WEEKDAY, '$1周')
    .replace(/开春(?=[一二三四1-4]月)/gu, '')
    .replace(/再下个?月/gu, '下下个月')
    .replace(/(?<![\d一二两三四五六七八九十])前个月/gu, '上上个月')
    .replace(/再等(?=[半\d一二两三四五六七八九十])/gu, '再过')
    .replace(
      /年前(?:的)?(?=[冬腊]月)|(?<=年)年(?:底|末|尾)的?(?=(?:十[一二]|1[12]|[冬腊])月)|(?<=年)年初的?(?=(?:[一二1-2]|正)月)/gu,
      '',
    )
    .replace(WEEK_BEHIND, WEEK_FIRST)
    .replace(COUNTED_YEAR, yearCounted)
    .replace(CALENDAR_WORDS, '$1')
    .replace(LUNAR_FIGURES, (_, calendar: string, year: string | undefined, month: string, day: string) =>
      year === undefined ? `${calendar}${month}月${day}` : `${calendar}${year}年${month}月${day}`,
    )
    .replace(/润(?=[正一二三四五六七八九十冬腊\d]{1,2}月)/gu, '闰')
    .replace(/[([【（](?!周|星期|礼拜)/gu, ',')
    .replace(/[\s"“”'()（）[\]【】]/gu, '')
    .replace(SOME_DAY, '')
    .replace(/(?<=[年月])[,，、]/gu, '')
    .replace(/元月/gu, '1月')
    .replace(MIXED_YEAR, year => Array.from(year, c => digitOf(c === 'o' || c === '○' ? '零' : c) ?? c).join(''))
    .replace(REPUBLICAN, (_, year: string) => `${1911 + (figure(year) ?? 0)}年`)
    .replace(/(农历|阴历|旧历|老历|古历|公历|阳历)的?(?:生日|出生)(?:是|在)?/gu, '生日$1')
    .replace(/(?:大年|年)初(?=[二三四五六七八九十])/gu, '正月初')
    .replace(/[.。!！]+$/u, '')
}

/** 2 0 2 6年 and 20 26年 are a slip of the voice; 2026 3 5 and 2026、3、5 stand for hyphens. */
function joined(plain: string): string {
  return plain
    .replace(TIME_BEHIND, '')
    .replace(SPACED_PAIR, '$1$2')
    .replace(SCANNED_ONE, '1')
    .replace(SCANNED_ZERO, '0')
    .replace(SPOKEN_PARTS, '$1年$2月$3')
    .replace(/(?<!\d)(\d{4}),\s?(\d{1,2}),\s?(\d{1,2})(?!\d)/gu, '$1-$2-$3')
    .replace(/(?<!\d)(?:\d ){3}\d(?!\d)/gu, digits => digits.replaceAll(' ', ''))
    .replace(/(?<!\d)(\d{2}) (\d{2})(?= ?年)/gu, '$1$2')
    .replace(/(?<=\d)\s*[、 ]\s*(?=\d)/gu, '-')
}

/** 三月初八，农历的: the calendar said last goes first, unless the day has its own. */
function calendarFirst(plain: string): string {
  const [, day = '', calendar = ''] = CALENDAR_BEHIND.exec(plain) ?? []
  return calendar === '' || ANY_CALENDAR.test(day) ? plain : day.replace(YEAR_OR_MONTH, `${calendar}$&`)
}

const UNSURE_CALENDAR = new RegExp(
  `[,，、。;；(（\\s]*(?:我|俺)?(?:也|都|就)?(?:记不清|记不得|不记得|不晓得|不知道|不确定|说不准|搞不清|分不清|弄不清|忘了|没记|没写)?楚?了?(?:到底)?(?:是|按|算)?(?:${CALENDAR})(?:的|呢)?(?:还是|或者?|和|跟|、|[,，])?(?:是)?(?:${CALENDAR})(?:的|呢)?(?:[,，]?(?:我|俺)?(?:也|都|就)?(?:记不清|记不得|不记得|不晓得|不知道|不确定|说不准|搞不清|分不清|弄不清|忘|没记住|没写)楚?了?)?[)）]?[了吧啊呢。.]*`,
  'u',
)

/** Nobody doubts the calendar in a longer sentence. */
const LONGEST_DOUBT = 60

/** 8月15，记不清是阳历还是农历了: the day in the one calendar and in the other; null where no doubt is told. */
export function inEitherCalendar(text: string): [string, string] | null {
  const [doubt] = text.length > LONGEST_DOUBT ? [] : (UNSURE_CALENDAR.exec(text) ?? [])
  const day = doubt === undefined ? '' : text.replace(doubt, '')
  return /\d|[一二三四五六七八九十]/u.test(day) ? [`${day}，公历`, `${day}，农历`] : null
}

const EITHER = new RegExp(
  `^(.*月)((?:初|廿)?(?:\\d{1,2}|${NUMERAL}{0,3}))[日号]?(?:或者|或|还是|要么)((?:初|廿)?(?:\\d{1,2}|${NUMERAL}{1,3})[日号]?)$`,
  'u',
)

/** 3月5或者6号 as 3月5号 and 3月6号; null when only one day is named. */
export function twoDaysOfMonth(words: string): [string, string] | null {
  const [, month = '', first = '', second = ''] = EITHER.exec(words) ?? []
  if (first === '' || second === '') return null
  const ending = /[日号]$/u.exec(second)?.[0] ?? ''
  return [`${month}${first}${ending}`, `${month}${second}`]
}

/** The date words of an answer, from the whole of it down to less: without weekday, hour, part of the day. */
export function dateCores(words: string): string[] {
  const flat = words.replace(/[,，;；]/gu, '')
  const core = yearFirst(flat.replace(LEAD, '').replace(TAIL, '')).replace(TAIL, '')
  const day = core.replace(WEEKDAY_BEHIND, '')
  const withoutClock = core.replace(CLOCK, '')
  // 昨晚上十点 loses the hour and keeps 晚上, which names the day; 初八晚上十点 loses both.
  const bare = withoutClock.replace(PART_BEHIND, '')
  return [...new Set([core, day, withoutClock, bare, bare.replace(TAIL, '').replace(WEEKDAY_BEHIND, '')])].filter(
    part => part !== '',
  )
}

/** 闰六月廿九2025年, 12号下个月: the year or month said last goes first. */
function yearFirst(core: string): string {
  const month = /^(\d{1,2}|[一二三四五六七八九十]{1,3})[日号]([上下这本]个?月)$/u.exec(core)
  if (month) return `${month[2]}${month[1]}号`
  const parts = /^(.+?)((?:\d{4}|[零〇一二三四五六七八九]{4}|今|去|明|前)年)$/u.exec(core)
  return parts && !/年/u.test(parts[1] ?? '') ? `${parts[2]}${parts[1]}` : core
}

const DATE_CHARACTER =
  '[\\d零〇一二三四五六七八九十百两廿卅旦双壹贰叁肆伍陆柒捌玖拾年月日号初正冬腊闰农阴旧老古公阳新夏历大前昨今明后去上下这本个周星期礼拜天早晚夜底末中旬份半之以再过还有儿的春节除夕元宵端阳清七重国庆劳动妇女童教师圣诞立雨水惊蛰分谷小满芒种至暑处秋白露寒霜降雪破五龙抬头听寻琴朝昼点午中情母亲父/.:-]'
/** 第三天, 最后一个月: one step of a period, and feasts with characters that no other day is named by. */
const DATE_WORD =
  '(?<=[节庆夕旦午秋年月后假的日号一二三四五六七八九十])第[\\d一二三四五六七八九十]{1,2}(?:天|日|个(?:月|周|星期|礼拜))|最[后末]一(?:天|个(?:月|周|星期|礼拜))|倒数第[\\d一二三四五六七八九十]{1,2}天|头一(?:天|个月)|外后[天日]|往后|[俩仨](?=个?(?:周|星期|礼拜))|期间|建军|建党|植树|愚人|护士|情人|青年|平安夜|光棍|鬼节|[入进数交起开出初头中二末三大]伏|(?<!\\p{Script=Han})伏天|[数入进交起出]九(?=[那这当第前后头天寒里]|$|[,，的生添])|九尽|(?<=[节庆夕旦午秋明宵天号日])[次翌]日|(?<=[今昨明夜]儿?)黑[儿里了夜]?|灯节|仲秋|乞巧|当月'
const DATE_RUN = new RegExp(`(?:${DATE_WORD}|${DATE_CHARACTER}){2,}|(?:${DATE_WORD})`, 'gu')
/** Cutting inside these would make another date of it. */
const HARD = /[\d零〇一二三四五六七八九十百两廿卅年月日号天初闰历周上下]/u

/** 上班, 一下, 赶上: words with a character that dates are written with, and no part of one. */
const NO_PART =
  /[上下](?=班|学|课|工|生|雨|雪|乡|单|次|户|门|来|去|报|手|面|头)|(?<=[一赶碰遇撞加算晚看问查带给送搞弄])[上下](?!午|个|周|月|星|礼|半|[上下])|(?<=[写填登记报标盖约排印])上(?!午|个?[周月星礼半]|上)|(?<=[诞生产])下|(?<=[日号天节秋夕夜至庆旦一二三四五六七八九十]|端午|清明)[上下](?=的?(?:环|葬|岗|户|学|班))|(?<=[计查看问说填报])下(?=\d|[今去明前]年|[一二三四五六七八九十]{1,2}月)|(?<=月[份里前]?)[上下](?=[的了]?(?:环|葬|岗|户|学|班|报|网|保|的\p{Script=Han}))|天(?=气|津|门)|(?<=[今昨明前后])年(?=轻|龄|纪)/gu
/** 过年都在医院过 tells when it is, and is another day only when no day is named beside it. */
const AT_NEW_YEAR = /(?<=(?:[月日号节]|除夕)[^,，。;；]*[,，。;；])过年(?=[都也还要就])/gu
/** 20260715生的, 二零二六零七一五 in a sentence */
const COMPACT_DAY = /(?<![\da-z])((?:19|20)\d{2})(0[1-9]|1[0-2])([0-3]\d)(?!\d)/gu
/** 2026-05的报表 */
const SPOKEN_COMPACT_DAY =
  /(?<![零〇一二三四五六七八九])(?:一九|二零)[零〇一二三四五六七八九]{6}(?![零〇一二三四五六七八九十月日号])/gu
const COMPACT_MONTH = /(?<![\da-z./-])((?:19|20)\d{2})[-/.](0?[1-9]|1[0-2])(?![\d./-])/gu

/** A number in a sentence is no day: 我有2个孩子. */
const PLAIN_NUMBER = /^(?!(?:\d{4}|\d{2})([-/.])\d{1,2}\1\d{1,2}$)[\d零〇一二三四五六七八九十百两.:的个-]+$/u

/** 二儿今年三月生的 */
const CHILD_BEFORE = /[大二三四五六小]儿(?=\d|[今去明前]年|[一二三四五六七八九十零〇]{1,4}年)/gu

/** 五一去办; 十一 counts too much else. */
const FEAST_IN_FIGURES = /^(?:[五六七八]一|五四|三八)$/u

/** The pieces of a sentence that may be a date, each from long to short, losing only words that carry none. */
export function dateRuns(words: string): string[][] {
  return (
    (
      words
        .replace(/生日|日期|日子|老[大二三四五六七八九](?![月日号])|[大二三四五六小]?(?:女儿|儿子|孙女)/gu, ',')
        .replace(CHILD_BEFORE, ',')
        .replace(NO_PART, ',')
        .replace(AT_NEW_YEAR, ',')
        .replace(SPOKEN_COMPACT_DAY, plainDigits)
        .replace(COMPACT_DAY, '$1-$2-$3')
        .replace(COMPACT_MONTH, '$1年$2月')
        .match(DATE_RUN) ?? []
    )
      // 奥运会那年八月八号: the year stands elsewhere in the sentence.
      .map(run => run.replace(/^年(?![底初中末三廿前后])/u, ''))
      .filter(run => run.length <= 30)
      .map(run => shortened(run))
  )
}

function shortened(run: string): string[] {
  const pieces: string[] = []
  for (let lead = 0; lead <= 6; lead++)
    for (let tail = 0; tail <= 6 && run.length - lead - tail >= 2; tail++)
      if (!HARD.test(run.slice(0, lead) + run.slice(run.length - tail))) pieces.push(run.slice(lead, run.length - tail))
  const dated = pieces.filter(piece => !PLAIN_NUMBER.test(piece) || (piece === run && FEAST_IN_FIGURES.test(piece)))
  return dated.toSorted((a, b) => b.length - a.length)
}
