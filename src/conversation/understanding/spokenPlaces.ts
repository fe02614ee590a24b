import { namesAt, placeNamed, type FoundRegion, type RegionIndex } from '../../domain/region.ts'
import { isOtherWord } from './bareCounties.ts'

/** Between the names of one place: 徐州那个鼓楼区, 鼓楼区，归徐州管, 陕县，现在叫陕州区. */
const LINKS = wordsOf(
  `的 嘅 嘞 滴 人 一个县 一个区 一个市 一个县城 这个县 这个区 这个市 那 这 边 里 儿 块 头 个 一个 有 有一个 有个 下 下面 下边 底下 里面 里头 当中 下辖 管辖 辖 管 属下 所属 市里 省里 上 上面 街上 镇上 集上 叫 叫做 叫作
  就是 就 是 系 在 位于 位於 属于 属於 属 归 说的是 我说的是 我是说 我讲的是 不是别的 以前 过去 从前 原来 原先 早先 早年 老早 当年 那时候 那会儿 现在 如今 今天
  后来 改成 改成了 改叫 改叫了 改为 改名 改名叫 改名为 变成 变成了 也就是 曾经 老名字 原名 旧称 曾用名 旧名`,
)
/** Before the first name: whose home it is, which paper says so, since when. */
const LEADS = wordsOf(
  `我 俺 咱 阿拉 侬 他 她 它 佢 我哋 我们 俺们 咱们 他们 她们 我屋 家 家里 屋 屋里 屋头 老家 娘家 婆家 本家 老公 老婆 男人 男的 女的 女人 媳妇 媳妇儿 爱人 对象 爸
  妈 爹 娘 爸爸 妈妈 父亲 母亲 父母 孩子 娃 娃儿 娃娃 伢 小孩 宝宝 儿子 女儿 闺女 儿媳 公公 婆婆 爷爷 奶奶 外公 外婆 姥姥 姥爷 哥 姐 弟 妹 户口 户口本 户籍 户籍地 户籍所在地 户口所在地 身份证
  籍贯 原籍 祖籍 老籍 地址 住址 住处 住地 现住址 居住地 居住地址 所在地 出生地 出生 家庭住址 上 上面 写 写的 写着 登记的 落 落在 落户 落户在 迁 迁到 迁去 转到 转 迁在 还 还在 仍
  都 也 一直 本来 目前 眼下 暂时 刚 刚从 才 从 打 自 来自 住 住在 居住 居住在 现居 现住 暂住 常住 租房 租房在 租住 人 喺 在 到 去 回 嫁 嫁到 嫁去 嫁在 搬 搬到 搬去 搬来 调到 到了 去了 回了
  应该 好像 大概 可能 估计 我记得 记得 准备 老 旧 原 老的 旧的 听 对 对头 是的 要得 行 好 好的 喂 嗯 哦 我说 麻烦 麻烦了 不好意思 抱歉 您好 你好 请问 查 帮我查 帮忙查 填 写个 就填`,
)
/** Behind the last name: who comes from there, what is done there, and the sounds that end a sentence. */
const TAILS = wordsOf(
  `人 本地 当地 地方 一带 一块 一片 城 城里 县城 市区 城区 乡下 农村 下面一个村 村里 乡里 老家 我老家 户口 户籍 来 去 过来 出来 搬来 搬过来 迁来 迁过来 嫁来 嫁过来 嫁出来 去了 住 居住 生 出生 长大
  土生土长 打工 做衣裳 做衣服 卖菜 开店 开车 摆摊 进厂 带孩子 带孙子 带娃 养老 当兵 学手艺 修车 教书 跑车 送外卖 跑运输 收废品 当保姆 搞装修 看孩子 帮工 上班 做工 做事 做生意 干活 工作 生活 读书 上学 种地 待着 待 租房 租房子 买房 了 嘛 吧 啊 呢 哦 噢 喔 哈 咯 啰 啦 哟 哇 呀 诶 欸 噻 撒 哩 咧 咩 唛 啵 呗 耶 哒 嘢 么 呐 没错 对 对的
  是的 这样 谢谢 多谢 旮旯 旮沓 娃 媳妇 姑娘 女婿 老名字 老地名 旧名 旧地名 撤了 叫法 改名 改了名 改了 早改了 改名了 早改名了 早就没了 早就改了 没了 那时候 时候`,
)
const PAUSE = /[\s,，、。.．；;：:…~～!！·>＞/\\()（）"“”‘’《》〈〉【】[\]—–-]+/uy
/** What may be said of a place behind its name without a pause: 陕县现在叫啥我不晓得. */
const ASIDE = /^(?:现在|如今|后来|早|听说|我|你|晓得|知道|不晓得|不知道|咋|怎么|改)/u
/** A clause with one of these may go on with the address, or take back what was said. */
const MORE =
  /不是|没|错|[镇乡村街路巷组队楼栋庄屯寨区县市省苑坪垸塆冲]|[一二三四五六七八九十百\d]号|\d|或者?|还是|要么|跟|和|附近|旁边|隔壁|边上/u
/** 他叫杨浦 tells a name. */
const PERSON_CALLED = /[我俺咱他她佢人爸妈爹娘公婆娃儿子女哥姐弟妹伢]叫[做作]?$/u
/** In these words a place is told, whatever else its name may mean. */
const PLACE_TOLD = /户口|户籍|籍贯|[原祖]籍|[住地]址|老家|[娘婆]家|所在地|出生地/u
/** 我在广东打工，老家能登记不 asks something else. */
const ASKS = /能|可以|怎么|哪|登|上户|签|寄|办|证|吗|回/u
const LONGEST_ASIDE = 14
/** 现在改区了 */
const CHANGED = /(?:[撤改设变升][成为做]?了?[县市区])+/gu
const STARTS_PARTED = new RegExp(`^${PAUSE.source}`, 'u')
const ENDING = /(?:省|市|区|县|旗|州|盟|镇|乡|街道|办事处|街办|村|社区|居委会)$/u
const LONGEST_NAME = 20
/** Province, city, county, town and village, and one of them said twice. */
const MOST_NAMES = 6

/** Words from the longest to the shortest, to be tried in this order. */
function wordsOf(words: string): RegExp {
  const longestFirst = words.split(/\s+/u).toSorted((a, b) => b.length - a.length)
  return new RegExp(longestFirst.join('|'), 'uy')
}

interface Named {
  codes: readonly string[]
  /** The names as they were said. */
  names: readonly string[]
}

/** One attempt to read a text; `failed` keeps a repeated name from being tried over and over. */
interface Attempt {
  index: RegionIndex
  text: string
  failed: Set<string>
}

/**
 * A place by its names in any order, with nothing but the words of such a sentence before, between and behind them, and
 * an aside after a pause: 鼓楼区，徐州的那个; 我是徐州下面鼓楼区的; 陕县，现在叫啥我不晓得.
 */
export function spokenPlace(index: RegionIndex, text: string): FoundRegion {
  const attempt = { index, text, failed: new Set<string>() }
  const told = starts(text)
    .map(start => (PERSON_CALLED.test(text.slice(0, start)) ? null : readFrom(attempt, start, null)))
    .filter((named): named is Named => named !== null && isPlace(named, text))
  // 从江城区搬来 is told of 江城区, not of the town of 从江.
  const named = told.find(isClear) ?? told[0]
  return named ? placeNamed(index, named.codes) : { kind: 'none' }
}

/** Where the first name may begin: behind each of the words that lead to it. */
function starts(text: string): number[] {
  return [0, ...wordEnds(text, 0, [LEADS, LINKS])]
}

/** The ends of the words that follow one another from a place in the text on. */
function* wordEnds(text: string, from: number, kinds: readonly RegExp[]): Generator<number> {
  for (let at = from; ;) {
    const end = wordEnd(text, at, [PAUSE, ...kinds])
    if (end === at) return
    at = end
    yield at
  }
}

function wordEnd(text: string, at: number, kinds: readonly RegExp[]): number {
  const ends = kinds.map(kind => {
    kind.lastIndex = at
    return kind.test(text) ? kind.lastIndex : at
  })
  return Math.max(at, ...ends)
}

function readFrom(attempt: Attempt, at: number, before: Named | null): Named | null {
  const { index, text, failed } = attempt
  const key = `${at}:${before?.codes.join() ?? ''}`
  if (failed.has(key)) return null
  if ((before?.names.length ?? 0) < MOST_NAMES) {
    const begins = before === null ? [at] : [at, ...wordEnds(text, at, [LINKS])]
    for (const begin of begins) {
      const named = nameFrom(attempt, begin, before)
      if (named !== null) return named
    }
  }
  if (before !== null && isOver(index, text, at, before)) return before
  failed.add(key)
  return null
}

function nameFrom(attempt: Attempt, at: number, before: Named | null): Named | null {
  const { index, text } = attempt
  for (let end = Math.min(text.length, at + LONGEST_NAME); end >= at + 2; end--) {
    const name = text.slice(at, end)
    for (const codes of namesAt(index, name, before?.codes ?? null)) {
      const named = readFrom(attempt, end, { codes, names: [...(before?.names ?? []), name] })
      if (named !== null) return named
    }
  }
  return null
}

/** Nothing stands behind but words that end such a sentence, or an aside. */
function isOver(index: RegionIndex, text: string, at: number, named: Named): boolean {
  const ends = [at, ...wordEnds(text, at, [LINKS, TAILS])]
  if (ends.includes(text.length)) return true
  return ends.some(end => isAside(index, text.slice(end), named))
}

/** 陕县，现在叫啥我不晓得: nothing in it goes on with the place or names another. */
function isAside(index: RegionIndex, aside: string, named: Named): boolean {
  if (!STARTS_PARTED.test(aside) && !(isClear(named) && ASIDE.test(aside))) return false
  if (aside.length > LONGEST_ASIDE || ASKS.test(aside)) return false
  return !MORE.test(aside.replace(CHANGED, '')) && !holdsPlace(index, aside)
}

/** A name with its ending, or several names. */
function isClear({ names }: Named): boolean {
  return names.length > 1 || names.some(name => ENDING.test(name))
}

function holdsPlace(index: RegionIndex, text: string): boolean {
  return Array.from(text, (_, at) => at).some(at =>
    [2, 3, 4, 5].some(length => {
      const name = text.slice(at, at + length)
      return name.length === length && namesAt(index, name, null).flat().some(isWide)
    }),
  )
}

function isWide(code: string): boolean {
  return code.length <= 6
}

/** 在车站 and 孩子平安 name no place: a village is called one or said with its town, and so is what is another word too. */
function isPlace(named: Named, text: string): boolean {
  if (isClear(named)) return true
  const [name = ''] = named.names
  return named.codes.some(isWide) && (!isOtherWord(name) || PLACE_TOLD.test(text))
}
