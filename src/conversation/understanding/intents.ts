import { hearAlarm } from './alarms.ts'
import { clausesOf, onlyDenies, type Clause } from './clauses.ts'
import stored from './data/intentModel.json' with { type: 'json' }
import { SURE } from './decide.ts'
import { weigh, type IntentModel } from './intentModel.ts'
import { unpackModel } from './modelFile.ts'
import { namesMatter, saidOnBehalf } from './onBehalf.ts'
import { intentSigns } from './signs.ts'
import { ownExamples, trainNewcomers } from './training.ts'
import type { HeardIntent, ReadIntents } from './types.ts'
import { standardWording } from './wording.ts'

/** A part that is announced (另外 …) counts as a request from here on. */
const ANNOUNCED_SURE = 0.45
/** Without announcement both parts must be this clear: most sentences with a comma ask for one thing. */
const APART_SURE = 0.9
/** What is wished without a word of asking (先停了这个，我要补证; 怎么申请，材料列一下) must be all but certain. */
const WISHED_SURE = 0.98
/** A matter of another office is a request beside one of ours only as a question, and when nothing of ours is like it. */
const ELSEWHERE_SURE = 0.999
/** 要是不登记，上学受影响吗 asks one thing. */
const IF = /^(?:要是|如果|假如|万一)(?!.*就)|的话$/u
/** 昨天提交的那个登记, 补材料我传上去了: tells what one did before; nothing is asked yet. */
const TELLS =
  /(?<!不|(?:查|看|问|催).{0,10})(?:提交|申请|交|办完|办理|传|递|报(?=过))(?:上去|过去)?(?:了|过|的)(?!.*(?:吗|没|不|怎|哪|几|多|查|看|催|什么|能|想|要|投诉|撤|取消))/u
/** 一直让我补材料: what somebody complains of is not what he asks for. */
const SUFFERS = /(?:又|一直|老是?|总是?|反复|就是|非|硬)(?:要|让|叫|不给|不肯)|隔壁村?就/u
/** 补证，奖扶: names of matters set side by side, without another word. */
const LISTED =
  /^(?:问|查|看|领|办)?(?:[二三头]胎|怀孕|生育)?(?:登记|补证|换证|奖扶金?|特扶金?|补贴|育儿补贴|再生育证?|独生子女证|产假(?:政策)?|政策|进度|投诉|材料|人工|转人工)$/u
const LISTED_SURE = 0.7
const NEVER = Number.POSITIVE_INFINITY
/** Meanings below this are noise and not returned. */
const NOISE = 0.03
/** A sentence of so many characters that resembles nothing known is more often a wish in new words than small talk. */
const SENTENCE = 8
/** What is left of the chance that it is small talk; chosen on 1,632 messages of another hand. */
const SMALL_TALK = 0.3
const CHINESE = /\p{Script=Han}/gu
/** Said around a request, or nothing at all. */
const NO_REQUEST = new Set(['other', 'greeting'])
const MATTERS = new Set([
  'birth_registration',
  'certificate_new',
  'certificate_reissue',
  'childcare_subsidy',
  'reward_support',
  'warm_heart_help',
])
/** Only what asks or wishes is a request; 家里进水了 before 证泡坏了 tells why. */
const ASKS =
  /怎么|多久|有无|停掉|注销|咨询|申办|打听|怎样|哪|多少|什么|为什么|吗|[不没]$|没有$|几|谁|想|要(?!求)|帮|给我|办(?![的过])|查|领|申请|投诉|举报|反映|转|叫|找|换人|取消|算了|删|撤|退订|问|登记|看|评|填|补|换|可以|能不|批|喊|让|接|五星|好评|打分|[丢掉烂坏]了?$|没[发到给收]|(?:材料|手续|证件)呢?$|少[发给打]|([\p{Script=Han}])[不没]\1|发(?:我|给|一?下|一份)|改(?:手机|电话|号码|一?下|成|改)|别(?:再|给)?发|盼着|没(?:结果|消息|回音|动静|下文)|打我|打给|回电|给[一二三四五六七八九十几满\d]{1,2}分|\b(?:yao|xiang|bang|gei|zhuan|cha|ling|wen|ji tian|le ma|le mei|shen ?qing|tou ?su|deng ?ji|zen ?me|shen ?me|duo ?shao)\b|ma$/u
/** Words that are a request wherever they stand, however much is said beside them. */
const PLAIN_REQUEST = /人工|真人|投诉|举报|取消|不(?:办|弄|搞|填|要|登记|补|申请|做)了|退订/u
const PAIR =
  /^(.{2,}?)(?:和|跟|与|以及| he | gen )(.{2,}?)(?:我?都?(?:一起|一块儿?|一并)(?:申请|办理?|弄|处理|登记|说|问|领|查)?|我?[俩两]?个?都(?:[要想]?[办领问弄登]|要))?(?:了|吧)?$/u
const PAIR_SURE = 0.95
const BOTH_LOST = /[都全][丢掉烂坏毁泡没找弄]/u
/** What is named side by side by its name alone. */
const PAIRED = new Set([...MATTERS, 'policy_question', 'progress_query', 'complaint', 'survey'])
/** What is wished by naming it. The others are also told as what one is or met with: 孩子不在了, 电话没人接. */
const NAMED_WISHES = new Set([
  'birth_registration',
  'certificate_new',
  'certificate_reissue',
  'childcare_subsidy',
  'reward_support',
  'materials_notice',
  'survey',
  'cancel',
])
/** 明天下雨不, 驾照在哪换. */
const QUESTION =
  /(?:[吗不没]|没有|怎么|几了?)$|(?:哪里?|多少|几点|什么时候)\p{Script=Han}{0,4}$|([\p{Script=Han}])[不没]\1/u
/** A name alone (再生育证，新办) is what the rest is about. */
const DEED = /[办报领补换登停弄申做打评填列约签给要来交]|[a-z]{2}/u
/** Saying no to going on is a wish of its own. */
const STANDING = new Set(['cancel', 'talk_to_human', 'privacy_request', 'complaint', 'other'])

/**
 * Learns from the service's own examples and those of the flows; deterministic, offline, a fraction of a millisecond a text.
 * The answer: requests in the order in which they were made (score 0.6 and more), then the remaining meanings by score.
 */
export function makeReadIntents(more: readonly { intent: string; text: string }[]): ReadIntents {
  const known = new Set(ownExamples.map(({ intent, text }) => `${intent}\t${text}`))
  const unknown = more.filter(({ intent, text }) => !known.has(`${intent}\t${text}`))
  const own = unpackModel(stored, intentSigns)
  const model = unknown.length > 0 ? trainNewcomers(own, unknown) : own
  return text => {
    const alarm = hearAlarm(text)
    if (alarm) return [{ intent: alarm, score: 1 }]
    return readRequests(model, text)
  }
}

function readRequests(model: IntentModel, text: string): HeardIntent[] {
  const said = standardWording(text)
  if (onlyDenies(said)) return meanings(model, text).filter(({ intent }) => STANDING.has(intent))
  const clauses = clausesOf(said)
  const whole = lessSmallTalk(meanings(model, clauses.length > 1 ? joined(clauses) : (clauses[0]?.text ?? text)), text)
  const asked = distinct(groupsOf(clauses).flatMap((group, _, all) => requestsOf(model, group, all.length > 1)))
  if (asked.length < 2) return forAnother(model, said, whole)
  return [...asked, ...whole.filter(({ intent }) => !asked.some(heard => heard.intent === intent)).map(doubtful)]
}

/** 帮我妈补证 says that it is for somebody else, and what is wanted. */
function forAnother(model: IntentModel, said: string, whole: HeardIntent[]): HeardIntent[] {
  const rest = saidOnBehalf(said)
  if (rest === null) return whole
  const [matter] = meanings(model, rest).filter(({ intent }) => !NO_REQUEST.has(intent) && intent !== 'proxy')
  if (!matter || matter.score < SURE || !namesMatter(matter.intent, said)) return whole
  const others = whole.filter(({ intent }) => intent !== 'proxy' && intent !== matter.intent)
  return [{ intent: 'proxy', score: matter.score }, matter, ...others.map(doubtful)]
}

function lessSmallTalk(heard: HeardIntent[], text: string): HeardIntent[] {
  if ((text.match(CHINESE)?.length ?? 0) < SENTENCE) return heard
  const weighed = heard.map(one => (one.intent === 'other' ? { ...one, score: one.score * SMALL_TALK } : one))
  const total = 1 - sumOf(heard) + sumOf(weighed)
  return weighed.map(one => ({ ...one, score: one.score / total })).toSorted((a, b) => b.score - a.score)
}

function sumOf(heard: readonly HeardIntent[]): number {
  return heard.reduce((sum, { score }) => sum + score, 0)
}

/** What stands between two announcements belongs together. */
function groupsOf(clauses: Clause[]): Clause[][] {
  const groups: Clause[][] = []
  for (const clause of clauses) {
    const open = groups.at(-1)
    if (open && !clause.announced) open.push(clause)
    else groups.push([clause])
  }
  return groups
}

function requestsOf(model: IntentModel, group: Clause[], announced: boolean): HeardIntent[] {
  const apart = group.length > 1 ? requestsApart(model, group) : requestsOfPair(model, joined(group))
  if (apart.length > 1) return apart
  const asking = group.filter(({ text }) => !TELLS.test(text))
  const heard = meanings(model, joined(asking.length > 0 ? asking : group))
  const [clearest] = heard
  if (clearest?.intent === 'other' && announced && clearest.score >= sureFrom('other', joined(group))) return [clearest]
  const best = heard.find(({ intent }) => !NO_REQUEST.has(intent))
  const sure = best && best.score >= (announced ? ANNOUNCED_SURE : APART_SURE)
  return sure ? [{ intent: best.intent, score: Math.max(best.score, SURE) }] : []
}

function requestsApart(model: IntentModel, group: Clause[]): HeardIntent[] {
  const listed = group.every(({ text }) => LISTED.test(text))
  const sure = group.flatMap(({ text }, i) => {
    if (IF.test(text) && i < group.length - 1) return []
    if (!listed && (TELLS.test(text) || SUFFERS.test(text))) return []
    const pair = requestsOfPair(model, text)
    if (pair.length > 1) return pair
    const [best] = meanings(model, text)
    return best && best.score >= (listed ? LISTED_SURE : sureFrom(best.intent, text)) ? [best] : []
  })
  return distinct(sure)
}

/** How certain a clause must be to count as a request of its own beside others. */
function sureFrom(intent: string, text: string): number {
  if (intent === 'other') return QUESTION.test(text) ? ELSEWHERE_SURE : NEVER
  if (NO_REQUEST.has(intent)) return NEVER
  if (ASKS.test(text) || PLAIN_REQUEST.test(text)) return APART_SURE
  return NAMED_WISHES.has(intent) && DEED.test(text) ? WISHED_SURE : NEVER
}

/**
 * 育儿补贴和奖扶金都怎么领: two matters under one question. 身份证和户口本 are one thing to bring, and 再生育证和光荣证都丢了
 * tells of both what only the second half says.
 */
function requestsOfPair(model: IntentModel, text: string): HeardIntent[] {
  const [, left, right] = PAIR.exec(text) ?? []
  if (left === undefined || right === undefined || BOTH_LOST.test(right)) return []
  const sure = [left, right].flatMap(half => meanings(model, half).filter(({ score }) => score >= PAIR_SURE))
  return distinct(sure).every(({ intent }) => PAIRED.has(intent)) ? distinct(sure) : []
}

function joined(clauses: Clause[]): string {
  return clauses.map(({ text }) => text).join('，')
}

function distinct<T extends HeardIntent>(heard: T[]): T[] {
  return heard.filter((one, i) => heard.findIndex(other => other.intent === one.intent) === i)
}

/** Beside requests that were found, no other meaning may look like one. */
function doubtful({ intent, score }: HeardIntent): HeardIntent {
  return { intent, score: Math.min(score, NOISE) }
}

function meanings(model: IntentModel, text: string): HeardIntent[] {
  const chances = weigh(model, text)
  return model.intents
    .map((intent, i) => ({ intent, score: chances[i] ?? 0 }))
    .filter(({ score }) => score >= NOISE)
    .toSorted((a, b) => b.score - a.score)
}
