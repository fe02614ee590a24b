/** The hundred family names that most people bear, and some of two characters. */
const SURNAMES =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤柯'
const DOUBLE = '欧阳|司马|诸葛|上官|司徒|东方|夏侯|皇甫|尉迟|公孙|慕容|令狐'
const TITLES =
  '主任|副主任|书记|村长|支书|会计|专干|干部|医生|大夫|护士|老师|校长|院长|所长|站长|科长|局长|镇长|乡长|组长|队长|经理|同志|师傅|先生|女士|小姐|阿姨|大姐|大哥|大妈|大爷|叔叔|婶子|嫂子|伯伯|奶奶|爷爷'
/** What people say of somebody right behind the name. */
const SAID_OF =
  '态度|服务|办事|说话|骂|吼|凶|收|要|让|叫|给|把|被|不理|没理|不在|没来|推|拖|乱|真|很|太|挺|最|是|的|她|他|对|跟|和|也|都|总|老|常|帮|来|去|在|办|说|答应|告诉|认真|负责|热情|辛苦'

const HIDDEN = '某'

const titled = new RegExp(`(?:${DOUBLE}|[${SURNAMES}])[\\p{Script=Han}]{0,2}?(${TITLES})`, 'gu')
const called = new RegExp(
  `(叫|名叫|姓|找|是|问|请)((?:${DOUBLE}|[${SURNAMES}])[\\p{Script=Han}]{0,2})(?=${SAID_OF}|[，。！？、；,.!?;\\s]|$)`,
  'gu',
)
// 主任 ends in what is a family name as well.
const named = new RegExp(`(?<!主)(?:${DOUBLE}|[${SURNAMES}])[\\p{Script=Han}]{1,2}(?=${SAID_OF})`, 'gu')
const familiar = new RegExp(`[老小阿大](?:[${SURNAMES}])(?![\\p{Script=Han}]*[年时家事校])`, 'gu')

/** Words that begin like a name and are none. */
const COMMON =
  /^(?:高兴|高效|高度|方便|方式|方法|白天|白跑|江湖|金额|金钱|石头|于是|何时|何必|任何|任务|向上|向我|万一|万分|毛病|严格|严重|严肃|夏天|江边|雷同|龙头|石板|马上|马路|黄昏|周末|周一|周二|周三|周四|周五|周六|周日|周边|周围|田里|田间|林子|许多|许可|程序|陆续|段时|武汉|汤药|孔子|谢谢|顾客|顾问|余下|余额|江夏|付款|付钱|于我|时候|戴口|莫名|曾经|常常|温和|水平|路上|安排|张贴|张嘴|陈述|陈旧|杨树|连续|单子|曹县|史上|沈阳|郑重|韩国|秦岭|覃思|汪洋|范围|梁子|葛店|尹始|何况|程度|金秋|郭外|孙子|孙女)/u

/**
 * Free words without who is named in them: numbers from five digits on, addresses of mail, names that are known (`people`:
 * officers of the place), and what looks like a name by its family name and what stands around it. It hides rather too much
 * than too little, and is no proof that nothing was left: texts go to town and county only, in groups of five and more.
 */
export function maskWords(text: string, people: readonly string[] = []): string {
  const known = people
    .filter(name => name.length >= 2)
    .toSorted((a, b) => b.length - a.length)
    .reduce((said, name) => said.replaceAll(name, HIDDEN.repeat(2)), text.normalize('NFKC'))
  const keep = (found: string) => (COMMON.test(found) ? found : HIDDEN.repeat(2))
  return known
    .replace(/[\w.+-]+@[\w.-]+/gu, '＊＊＊')
    .replace(/\d(?:[\s-]?[\dXx]){4,}/gu, '＊＊＊')
    .replace(/[零〇一二三四五六七八九幺两]{5,}/gu, '＊＊＊')
    .replace(titled, (found: string, title: string) => (COMMON.test(found) ? found : HIDDEN + title))
    .replace(called, (whole: string, verb: string, name: string) =>
      COMMON.test(name) ? whole : verb + HIDDEN.repeat(2),
    )
    .replace(named, keep)
    .replace(familiar, HIDDEN.repeat(2))
}
