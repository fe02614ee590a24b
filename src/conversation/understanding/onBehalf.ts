/** Whoever is helped with papers: elders, brothers and sisters, in-laws, neighbours. Not the spouse, and no small child. */
const RELATIVES =
  '(?:爸妈|妈|爸|爹|娘|父母|父亲|母亲|老人|爷|奶|公公|婆婆|阿婆|阿公|外公|外婆|姥|岳|丈人|丈母|姐|妹|哥|弟|嫂|姑|姨|舅|叔|伯|婶|侄|儿媳|女婿|邻居|隔壁|朋友|同事|亲戚|老乡)'
/** 儿子 and 女儿 may be grown up or two years old: only 替 and 代 tell. */
const GROWN = '(?:女儿|儿子)'
const MY = '(?:我|咱)?(?:们|家|屋里|的|个){0,2}'
const ACTS = '(?:代?办|补|申请|申领|弄|登|领|查|换|问|搞|整|投诉|填)'
const ON_BEHALF = new RegExp(
  `我?(?:(?:代替|代表|替|代)${MY}(?:老|大|小|亲|阿)?(?:${RELATIVES}|${GROWN})|帮${MY}(?:老|大|小|亲|阿)?${RELATIVES}|给${MY}(?:老|大|小|亲|阿)?${RELATIVES}(?=[\\p{Script=Han}]{0,3}?${ACTS}))[妈爸爷奶姐妹哥弟嫂子姥父母人家爹娘]{0,3}(?:来|去)?`,
  'gu',
)
/** 帮儿媳登记 is answered by asking for whom; 替女儿登记生育 names what is wanted as well. */
const NAMES_BIRTH = /生育|怀|孕|胎|[出快刚要]生|生了/u

/** 我想…办理: no matter in it. */
const NOTHING_NAMED = /^(?:[我来想要能可以吗办理申请弄搞问下的了呢啊这那个事行不帮给就,，。]|一下)*$/u

/** What is said besides "for my mother"; null when nobody is named for whom it is done, or nothing else. */
export function saidOnBehalf(said: string): string | null {
  const rest = said.replace(ON_BEHALF, '')
  return rest === said || NOTHING_NAMED.test(rest) ? null : rest
}

/** Whether the words name this matter beside the person: 替我妈办 names none. */
export function namesMatter(intent: string, said: string): boolean {
  return intent === 'birth_registration' ? NAMES_BIRTH.test(said) : CAN_BE_ASKED.has(intent)
}
const CAN_BE_ASKED = new Set([
  'certificate_new',
  'certificate_reissue',
  'childcare_subsidy',
  'reward_support',
  'warm_heart_help',
  'progress_query',
  'complaint',
])
