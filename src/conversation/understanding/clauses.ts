/** A part of a message that may be a request of its own. */
export interface Clause {
  text: string
  /** It begins with 还有, 顺便, 另外 …: the person says himself that something else follows. */
  announced: boolean
}

/** More requests than this are not written in one message. */
const MOST = 8
/** Between these nothing is announced; they part sentences. */
const STOPS = '[,，。.!！?？;；\\n、:：~～+＋]|(?<=\\p{Script=Han}{2})\\s+(?=\\p{Script=Han}{3})'
/** Words that announce another request wherever they stand. */
const ALWAYS =
  '还有(?!没|多|几|吗|用|效|啥|什么|政策|$)|另外|顺便|顺带|再就是|以及|连同|另(?=查|问|帮|申请|看|给)|并且|而且|同时|其次|此外|外加|加上|对了|再问|再帮|再查|再给(?!一[本张个份])|再把|再说一下|接着(?!填|办)|然后(?=办|帮|给|再|申请|问|查|领|补|投诉|叫|让|转|找|删|登|换|告诉)|(?<=先[^,，]{1,8})再(?=领|办|补|登|查|申请|弄|换|问|投诉|转)|并(?=删|补|撤|取消|登|转|把|帮|给|请|将|查|咨询)|再一[个件](?!月|星期|礼拜|孩|娃|小|证|本)|(?<=.{3})(?<![后且外我])我?还(?:要|想|得)(?=问|投诉|告|查|申请|反映)|(?<=.{5})(?<![能可以不要想])再(?=转人|转接|申请|投诉)|(?<=[;；,，。\\s])[二三](?=[、,，.．:：])|(?<=一[^二]{2,8})二(?=[补查投删登申问转退])|(?<=一[个是].{2,12})一个?是?(?=.{2,8}(?:$|[,，]))|hai ?you(?= )|haiyou|ling ?wai|shun ?bian|and also|also| and then | and '
/** Words that do so only at the beginning of a sentence or after one. */
const OPENING =
  '(?:能|可以|行|好|有|没有|不用|不罚|要是能|不好|不行)(?:[生登办领报]|的话|我|你|那){0,3}(?:就|的话)|还想|还要|还得|还需|我还|我也|也想|也要|也帮|也给|再(?!生|婚|见|说$|来$)|然后|之后|完了|接下来|后头再|后面再|回头再|最后|第二|二是|二来|一是|一个是|一来|那'
/** Spoken without a pause: a wish of its own begins where nothing else could be meant. */
const UNPAUSED = [
  '(?<=\\p{Script=Han}{4})(?<![我也再同就要想得给帮还不让能可以])(?=(?:我|也|同|就|说完了?|别跟我扯|给我|帮我){0,3}(?:要|想)?(?:投诉(?![电的过了到进结哪])|转(?:人工|真人)))',
  '(?<=.{4})(?=把我的?[^,，]{1,6}(?:删|注销))',
  '(?<=我(?:要|想|想要|打算)(?:办|申请|登记|补|领)[^,，]{2,8})(?=都?(?:得|要|需要)?(?:带|拿|准备|交)(?:点|些)?(?:什么|哪些))',
].join('|')
const BREAK = new RegExp(`(${STOPS}|${UNPAUSED})|(${ALWAYS})`, 'gu')
const OPENS = new RegExp(`^\\s*(?:${OPENING})`, 'u')
/** 不是补证，是登记: what is named first is not wanted. */
const DENIED =
  /^(?:您?好|那个|[你您](?=[别莫甭勿])|我|俺|我们|这|那|也|又|并|可|都)*(?:不是|并非|没说|没想|不是说|不是问|不是来|不要|不想要|不用|不需要|不找|不问|[别莫甭勿](?:再|给我|帮我|跟我)*(?:转|叫|找)(?:人工|真人|客服|热线|电话)|不(?:投诉|举报|补证?|登记|办证|申请|查进度|查|领|告谁|填问卷|填表|评价|打分|转人工)$)(?!.*(?:吗|么)$)/u
/** 补证，不是登记 and 补证不是登记. */
const DENIED_AFTER = /(?<=.{2})(?:而|可|并)?不是.{1,8}$/u
/** 也想一起申请, 一块儿办了: goes on with what was named before. */
const GOES_ON =
  /^(?:我|也|都|就|想|要|能|可以|给我|帮我|请|那就|把?这?两个)*(?:一起|一块儿?|一并|一次性?|一道|都|同时)(?:都|全|给我|帮我|给)*(?:申请|办理?|弄|领|处理|解决|登记|问|说)?(?:了|下|一下|吧|掉|完|好)*$/u
/** 办完, 开好了以后: only says when. */
const WHEN_DONE = /^(?:等|先)?(?:开|办|弄|领|补|填|登记|搞|查)(?:完|好)(?:了|以后|之后|后|这个)*$/u
/** 办完给我转人工, 第二件事补证: says when and as how manieth, before the wish itself. */
const LEAD =
  /^(?:(?:等|先)?(?:开|办|弄|领|补|填|登记|搞|查|问|说)完(?:了|以后|之后|后)?[，,]?|第[一二三]件事?(?:是|就是)?[，,]?)(?=.{3})/u
/** 补一下, 还能补吗, 帮我撤了吧: a deed without its object, which was named just before. */
const OBJECTLESS =
  /^(?:我|来|也|都|就|只|想|要|能|可以|得|给我|帮我|请|麻烦|现在|今天|重新|再|还能?|直接|赶紧){0,5}(?:补|登(?!记)|办|申请|弄|换|查|填|撤|退|看|催|打|发)(?:办|上|登|填|发|理|换|掉|回来?)?(?:一?[下个份张本遍])?(?:了|给我|行|可以|要得|中|成|得|吗|不|么|吧|呗|看)*$/u
/** 不办了 and 换证 say all that is wanted. */
const BY_ITSELF = /不[办弄填登补换]|证/u
/** Whoever complains of a loss may want it made good as well. */
const COMPLAINS = /投诉|举报|告[你他]/u
/** 不弄了, 不要了: said of what one was doing, so it is a wish and no denial. */
const STOPPING = /了(?:吧|啊|呀|谢谢)*$/u

/** Cuts a message where one request may end and another begin; denied parts are left out when something else remains. */
export function clausesOf(said: string): Clause[] {
  const all = cut(said).slice(0, MOST)
  const wanted = all.filter(({ text }) => !DENIED.test(text) || STOPPING.test(text))
  return (wanted.length > 0 ? wanted : all).map(clause => ({ ...clause, text: clause.text.replace(DENIED_AFTER, '') }))
}

/** Whether all that is said is that something is not wanted. */
export function onlyDenies(said: string): boolean {
  return cut(said).every(({ text }) => DENIED.test(text) && !STOPPING.test(text))
}

function cut(said: string): Clause[] {
  const clauses: Clause[] = []
  let from = 0
  let announced = false
  const add = (to: number): void => {
    const text = said.slice(from, to).trim()
    const before = clauses.at(-1)
    if (before && (GOES_ON.test(text) || WHEN_DONE.test(text))) return
    if (before && !announced && !BY_ITSELF.test(text) && !COMPLAINS.test(before.text) && OBJECTLESS.test(text)) {
      before.text = `${before.text}，${text}`
      return
    }
    if (text === '') return
    if (before) clauses.push({ text: text.replace(LEAD, ''), announced: announced || OPENS.test(text) })
    else clauses.push({ text, announced })
    announced = false
  }
  for (const match of said.matchAll(BREAK)) {
    add(match.index)
    from = match.index + match[0].length
    announced ||= match[2] !== undefined
  }
  add(said.length)
  return clauses
}
