import type { FoundRegion, RegionIndex } from '../../domain/region.ts'

/** How somebody says where he lives or comes from, right before the name. 现在 and 正在 are told of a time. */
const LIVES = /(?:喺|(?<![现正实自存好潜内外])在|住|来自|(?<!自)从|[嫁搬迁调]到|[嫁搬迁][去来])$/u
/** What is done there, right behind it. */
const DONE_THERE =
  /^(?:人|城里|县城|市里)?(?:居?住|返工|做嘢|打工|上班|上学|读书|做[事工生]|做?买卖|干活|工作|生活|过日子|种地|长大|出生|生的|租|买[了的]?房|落户|安家|待|嫁|过?来|的?媳妇|[的嘅嘞了呢着]*$)/u
/** Streets, sides and waters that every place has: 东河, 港口, 老城. */
const OF_ANY_PLACE = /^[东西南北中上下前后老新大小古高长城区关岸市港口山河江湖海门桥街路铁矿郊沙石塘田林水洲站乡村]+$/u
/** Counties that are called as everyday things, wishes or people are. */
const ALSO_WORDS = new Set(
  `和平 平安 平定 平和 平顺 平房 平台 安定 安宁 安康 安居 安心 富裕 富民 民乐 民权 民和 爱民 回民 工农 团结 友好 友谊 前进
  前锋 建设 振兴 振安 新民 新华 新生 复兴 兴业 兴隆 兴国 胜利 解放 光明 明光 宏伟 幸福 大方 大观 大名 大英 大厂 合作 共和 互助 同心
  同德 同仁 和顺 和静 康乐 长寿 永远 高明 东方 清新 清流 清水 白水 黑水 明水 响水 合水 甘泉 温泉 正定 正安 正阳 万全 万安 万年 无为
  无极 比如 通道 公安 会同 方正 四会 中站 站前 中方 中原 双清 点军 红旗 红桥 东风 龙凤 凤凰 芙蓉 牡丹 海棠 莲花 白玉 天涯 天心 天河
  天桥 天台 天等 灯塔 宝塔 白塔 双塔 钟楼 元宝 道里 道外 龙门 闻喜 仁和 乐业 乐安 延长 船营 马村 南部 信都 花都 长子 子长 卧龙 石鼓
  资源 朝天 凌云 云霄 威信 静安 集贤 尚志 尚义 孝义 武功 牧野 太湖 平湖 桃源 花园 花山 花溪 独山 天全 两当 改则 加查 当雄 二七 二道
  三水 三江 三河 三门 三元 三台 三原 六合 七星 九龙 五河 五常 五原 城厢 管城 马山 马尾 虎林 龙井 新区 开发 建平 建华 建德 建安 建国
  文成 文安 武安 志丹 左权 靖宇 卫东 永康 永安 永福 永兴 永顺 永平 永胜 永春 永清 永年 永和 永丰 德清 德兴 德安 德庆 德江 德保 兴平 瑞安
  瑞丽 瑞金 玉环 玉田 玉山 玉屏 凤翔 凤庆 金凤 立山 泰来 广平 广德 保康 保德 光泽 光山 丹凤 秀英 秀山 秀峰 海伦 海林 嘉禾 嘉祥 文峰
  桂东 桂平 华安 华容 华龙 新兴 福海 福安 福清 福泉 宝丰 宝清 宝兴 国安`.split(/\s+/u),
)
/** In longer sentences a name of two characters may be anything. */
const LONGEST_SENTENCE = 24
const LENGTHS = [4, 3, 2] as const

/**
 * A county by its bare name where the sentence says that somebody lives there or comes from there: 我哋喺番禺住. Only a name
 * that one county of the country has, and that is no other word.
 */
export function bareCounty(index: RegionIndex, plain: string): FoundRegion | null {
  const flat = plain.replace(/[\s,，。、]/gu, '')
  if (flat.length > LONGEST_SENTENCE) return null
  const codes = new Set(Array.from(flat, (_, start) => start).flatMap(start => countyAt(index, flat, start) ?? []))
  const [code, another] = codes
  return code === undefined || another !== undefined ? null : { kind: 'exact', code }
}

function countyAt(index: RegionIndex, flat: string, start: number): string | null {
  if (!LIVES.test(flat.slice(0, start))) return null
  for (const length of LENGTHS) {
    const name = flat.slice(start, start + length)
    const code = name.length === length ? onlyCounty(index, name) : null
    if (code !== null && DONE_THERE.test(flat.slice(start + length))) return code
  }
  return null
}

/** Towns and villages are listed of pilots alone, and nobody far away means them. */
function onlyCounty(index: RegionIndex, name: string): string | null {
  if (isOtherWord(name)) return null
  const named = [index.full, index.short, index.old, index.oldShort].flatMap(map => map.get(name) ?? [])
  const [code, another] = new Set(named.filter(each => each.length <= 6))
  return code?.length === 6 && another === undefined ? code : null
}

/** 和平, 东河: names that are everyday words, or that every place has. */
export function isOtherWord(name: string): boolean {
  return OF_ANY_PLACE.test(name) || ALSO_WORDS.has(name)
}
