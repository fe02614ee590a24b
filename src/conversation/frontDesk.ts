import type { CompiledFlow, Turn } from './machine.ts'
import { sayKindWord } from './courtesy.ts'
import { askApp } from './askApp.ts'
import { flowOfNewestDraft } from './drafts.ts'
import { answerPolicyAtDesk, mentionPolicy } from './policy/policyDesk.ts'
import { isQuestion, POLICY_INTENT, tellChosenPolicy } from './policy/policyAnswers.ts'
import { offerInstead, tellNotDone } from './notDone.ts'
import { alsoMeant, flowForAnother, flowToldBy, toldAtOpening } from './opening.ts'
import { bearWithMourning, offerComfort, offerTalk, sayCondolence, spareMourning, tellsOfDeath } from './grief.ts'
import {
  inSession,
  nextWaiting,
  offerDraft,
  openNext,
  sessionTitle,
  setAside,
  startFlow,
  takeUp,
  walkOf,
} from './sessions.ts'
import { follow } from './engine.ts'
import { rootOf } from './places.ts'
import { answerHowLongAtDesk } from './howLong.ts'
import { pickOffered } from './pickOffered.ts'
import { hearRequestWord, pressRequest } from './requestWords.ts'
import { stepText } from './stepText.ts'
import type { Choice, Language, Session } from './types.ts'
import { decide, type Decision } from './understanding/decide.ts'
import { goOn } from './universal.ts'
import { named, offer, say, text } from './walk.ts'

/** Label under which people say that it is for somebody else. */
export const FOR_ANOTHER = 'proxy'

/** Greets once per person. */
export function greet(turn: Turn): void {
  if (turn.conversation.greeted) return
  turn.conversation.greeted = true
  say(turn, 'desk.greeting')
}

/** The menu of matters, made of the flows themselves, with what is always there. Keys are `desk/…` and never grow old. */
export function showMenu(turn: Turn): void {
  if (turn.conversation.mourning) delete turn.conversation.mourning
  const always = ['progress', ...(turn.context.officer ? ['tasks'] : []), 'human', 'more']
  offer(turn, text(turn, 'desk.menu'), [...mattersOf(turn, false), ...always.map(name => deskChoice(turn, name, name))])
}

/** What does not fit the eye at first: rarer matters, one's own data, the other language. */
function showMore(turn: Turn): void {
  const other: Language = turn.conversation.language === 'en' ? 'zh-CN' : 'en'
  offer(turn, text(turn, 'desk.menu'), [
    ...mattersOf(turn, true),
    deskChoice(turn, `language:${other}`, 'otherLanguage'),
    deskChoice(turn, 'menu', 'mainMenu'),
  ])
}

function mattersOf(turn: Turn, more: boolean): Choice[] {
  const shown = turn.library.flows.filter(flow => flow.menu !== null && flow.more === more)
  return shown.map(({ name }) => ({ key: `desk/start:${name}`, label: text(turn, `${name}.title`) }))
}

const deskChoice = (turn: Turn, action: string, label: string): Choice => ({
  key: `desk/${action}`,
  label: text(turn, `desk.${label}`),
})

/** 您有两个进行中的事项：… */
function showSessions(turn: Turn): void {
  // Numbers now pick from this list, not from a question.
  setAside(turn)
  const { sessions } = turn.conversation
  const titles = sessions.map(session => sessionTitle(turn, session))
  const choices = sessions.map((session, n) => {
    const title = titles[n] ?? ''
    const alone = titles.filter(other => other === title).length === 1
    return { key: `desk/resume:${session.id}`, label: alone ? title : titleWithPlace(turn, session, title) }
  })
  offer(turn, text(turn, 'desk.severalOpen', named({ count: sessions.length })), choices)
}

/** Two cases of the same matter before any name was said are told apart by how far they are. */
function titleWithPlace(turn: Turn, session: Session, title: string): string {
  const label = stepText(session.flow, session.step, 'label')
  if (!turn.library.texts.has('zh-CN', label)) return title
  return text(turn, 'common.titleAt', named({ title, label: text(turn, label) }))
}

/** After 进度 at the front desk: what is not handed in yet. */
export function mentionOpen(turn: Turn): void {
  const { sessions, current, offered } = turn.conversation
  // Numbers pick from the list that was put last: that of what may be urged stays it.
  if (current === null && sessions.length > 1 && !offered) showSessions(turn)
  else if (sessions[0])
    say(turn, 'common.stillOpen', named({ count: sessions.length, title: sessionTitle(turn, sessions[0]) }))
}

/** 菜单 in the middle of a matter: what is filled in stays, and it is said how to come back to it. */
export function leaveForMenu(turn: Turn): void {
  const { sessions, current } = turn.conversation
  const left = sessions.find(({ id, status }) => id === current && status === 'waiting')
  setAside(turn)
  if (left) say(turn, 'common.stillOpen', named({ count: sessions.length, title: sessionTitle(turn, left) }))
  showMenu(turn)
}

/** 继续: the one open session, or the choice among several; without any the menu. */
export function resumeSomething(turn: Turn): void {
  const { sessions, current } = turn.conversation
  const [only] = sessions
  if (!only) return resumeDraft(turn)
  const chosen =
    sessions.length === 1 ? only : sessions.find(({ id, status }) => id === current && status === 'handedOff')
  if (!chosen) return showSessions(turn)
  resumeSession(turn, chosen.id)
}

function resumeSession(turn: Turn, id: string): void {
  const session = turn.conversation.sessions.find(candidate => candidate.id === id)
  const walk = session ? walkOf(turn, session) : null
  if (!walk) return oldButton(turn)
  takeUp(walk)
  goOn(walk)
}

function resumeDraft(turn: Turn): void {
  const flow = flowOfNewestDraft(turn)
  if (flow && offerDraft(turn, flow)) return
  nothingOpen(turn)
}

function nothingOpen(turn: Turn): void {
  say(turn, 'desk.nothingOpen')
  showMenu(turn)
}

export function oldButton(turn: Turn): void {
  say(turn, 'common.oldButton')
  if (turn.conversation.current === null) showMenu(turn)
}

/** A front desk button. False when the key is none. */
export function pressDesk(turn: Turn, key: string): boolean {
  if (!key.startsWith('desk/')) return false
  const [action = '', argument = ''] = key.slice('desk/'.length).split(':')
  if (pressRequest(turn, action, argument)) return true
  if (action === 'resume') resumeSession(turn, argument)
  else if (action === 'start') startByName(turn, argument)
  else if (action === 'wish') followWish(turn, argument)
  else if (action === 'progress') askApp(turn, 'progress', {})
  else if (action === 'tasks' && turn.context.officer) askApp(turn, 'officerTasks', { cursor: null })
  else if (action === 'give' && turn.context.officer) giveTask(turn, argument)
  else if (action === 'noticeAll' && turn.context.officer)
    askApp(turn, 'officerNotice', { taskId: argument, said: '', all: true })
  else if (action === 'tasks') say(turn, 'desk.officersOnly')
  else if (action === 'withdraw') askApp(turn, 'withdrawApplication', { applicationId: argument })
  else if (action === 'human') askHuman(turn)
  else if (action === 'more') showMore(turn)
  else if (action === 'policy') pressPolicy(turn, argument)
  else if (action === 'language') switchLanguage(turn, argument === 'en' ? 'en' : 'zh-CN')
  else showMenu(turn)
  return true
}

function giveTask(turn: Turn, argument: string): void {
  const [taskId = '', to = ''] = argument.split(',')
  askApp(turn, 'officerTransfer', { taskId, to, said: '' })
}

function followWish(turn: Turn, intent: string): void {
  if (!followAll(turn, [intent])) showMenu(turn)
}

function startByName(turn: Turn, name: string): void {
  const flow = turn.library.flow(name, null)
  if (flow?.menu) startOrAsk(turn, flow, {})
  else showMenu(turn)
}

/** The same matter lies half filled in: 另办一件 or 接着填? Buttons of the menu stay in sight and are pressed to go on. */
function startOrAsk(turn: Turn, flow: CompiledFlow, given: Session['slots']): void {
  const isSame = (session: Session) => rootOf(session).flow === flow.name && session.status !== 'handedOff'
  const open = turn.conversation.sessions.findLast(isSame)
  const walk = open ? walkOf(turn, open) : null
  if (!walk) return startFlow(turn, flow, given)
  takeUp(walk)
  walk.session.status = 'waiting'
  inSession(walk, () => follow(walk, { move: 'confirm', confirming: { kind: 'another', flow: flow.name } }))
}

function pressPolicy(turn: Turn, key: string): void {
  if (key === 'none') showMenu(turn)
  else tellChosenPolicy(turn, key, null)
}

export function switchLanguage(turn: Turn, language: Language): void {
  turn.conversation.language = language
  say(turn, 'common.languageSet')
  if (turn.conversation.current === null) showMenu(turn)
}

/** 人工 while no flow is open. */
export function askHuman(turn: Turn): void {
  turn.effects.push({ type: 'handoff', sessionId: '', flow: 'front-desk', reason: 'asked', regionCode: null })
  say(turn, 'desk.handedOff')
}

/** What can be done here, and the menu; who mourns gets what is for him. */
export function explain(turn: Turn): void {
  if (bearWithMourning(turn)) return
  say(turn, 'desk.help')
  showMenu(turn)
}

/** A free text while no flow is open: a number from the last list, a matter, a known subject, else the menu. */
export function answerAtDesk(turn: Turn, said: string): void {
  const { library, conversation } = turn
  if (sayKindWord(turn, said)) return
  const offered = conversation.offered ?? []
  delete conversation.offered
  const picked = pickOffered(turn, said, offered)
  if (picked && pressDesk(turn, picked)) return
  if (hearRequestWord(turn, said)) return
  const flow = library.flowByKeyword(library.plain(said))
  if (flow) return startOrAsk(turn, flow, toldAtOpening(turn, flow, said))
  if (library.isWord('words.greeting', library.plain(said))) return showMenu(turn)
  if (library.isWord('words.more', library.plain(said))) return showMore(turn)
  if (library.isWord('words.puzzled', library.plain(said))) return explain(turn)
  if (spareMourning(turn, said) || followIntents(turn, said) || bearWithMourning(turn)) return
  say(turn, 'desk.unknown')
  showMenu(turn)
}

/** Does what was asked for; asks 您是想…还是…？ when it may be one of two. False when nothing was understood. */
function followIntents(turn: Turn, said: string): boolean {
  const decision = decide(turn.library.readIntents(said))
  if (tellsOfDeath(turn, said)) {
    sayCondolence(turn, said)
    if (offerComfort(turn, said, decision)) return true
  }
  if (offerTalk(turn, said, decision)) return true
  if (answerHowLongAtDesk(turn, said)) return true
  if (answerPolicyAtDesk(turn, said, decision)) return true
  if (beginUnnamed(turn, said, decision)) return true
  switch (decision.kind) {
    case 'nothing':
      return false
    case 'unsure':
      return askWhich(turn, decision.between)
    case 'asked':
      return followAll(turn, decision.intents, said)
  }
}

/** 帮我儿媳妇办生育登记 says for whom, 身份证丢了 no matter of ours; what is wanted stands in the words themselves. */
function beginUnnamed(turn: Turn, said: string, decision: Decision): boolean {
  const flow = heardForAnother(decision) && !isQuestion(said) ? flowForAnother(turn, said) : null
  const begun = flow ?? (heardNothing(decision) ? flowToldBy(turn, said) : null)
  if (begun) startOrAsk(turn, begun, toldAtOpening(turn, begun, said))
  return begun !== null
}

const heardForAnother = (decision: Decision): boolean =>
  (decision.kind === 'asked' && decision.intents.join() === FOR_ANOTHER) ||
  (decision.kind === 'unsure' && decision.between.includes(FOR_ANOTHER))

const heardNothing = (decision: Decision): boolean =>
  decision.kind === 'nothing' ||
  (decision.kind === 'asked' ? decision.intents.join() === 'other' : decision.between.includes('other'))

/** All that was asked for: what needs a word is answered at once, matters follow one after another in the order asked. */
function followAll(turn: Turn, wished: string[], said: string | null = null): boolean {
  const named = said === null ? wished : namedMatters(withoutElsewhere(turn, wished), said)
  const intents = named.length > 1 && said !== null ? answeredApart(turn, named, said) : named
  const wanted = intents.map(intent => turn.library.flowByIntent(intent)).filter(flow => flow !== null)
  const over = said === null ? [] : wanted.filter(flow => tellNotDone(turn, flow, said))
  const flows = wanted.filter(flow => !over.includes(flow))
  const [first, ...others] = flows
  const wish = intents.find(intent => !over.some(flow => flow.intent === intent))
  if (wish === undefined) return offerAfter(turn, over)
  if (!first) return followIntent(turn, wish)
  const waiting = (some: CompiledFlow[]) =>
    turn.conversation.queue.push(...some.map(({ name }) => ({ flow: name, slots: {} })))
  if (wish === 'progress_query') {
    // The answer comes in the second half of the turn; the matter begins after it.
    waiting(flows)
    return followIntent(turn, wish)
  }
  for (const intent of intents) if (intent !== FOR_ANOTHER || canBeForAnother(first)) mention(turn, intent)
  if (said !== null && askAlike(turn, flows, said)) return true
  waiting(others)
  // Of two wishes in one message it is not said which a word belongs to.
  startOrAsk(turn, first, said !== null && named.length === 1 ? toldAtOpening(turn, first, said) : {})
  return true
}

/** All that was wished is done no more. False when nothing was wished. */
function offerAfter(turn: Turn, [first]: readonly CompiledFlow[]): boolean {
  if (first) offerInstead(turn, first)
  return first !== undefined
}

/** 明天落雨不，对了把补贴报了: what is not for us is said so, and the rest is done. */
export function withoutElsewhere(turn: Turn, wished: string[]): string[] {
  if (wished.length < 2 || !wished.includes('other')) return wished
  say(turn, 'desk.notOurs')
  return wished.filter(intent => intent !== 'other')
}

/** 帮我妈补证 is one wish: for whom it is, the matter itself asks. 能替我妈办吗 wants an answer. */
export function namedMatters(wished: string[], said: string): string[] {
  const named = wished.filter(intent => intent !== FOR_ANOTHER)
  return named.length > 0 && !isQuestion(said) ? named : wished
}

const canBeForAnother = ({ opensOn }: CompiledFlow): boolean => opensOn.forAnother.length > 0

/** 准生证 may be either of two matters: asked first, and what else was wished waits. Both wished: nothing is unclear. */
function askAlike(turn: Turn, flows: readonly CompiledFlow[], said: string): boolean {
  for (const flow of flows) {
    const other = alsoMeant(turn, flow, said)
    if (!flow.intent || !other?.intent || flows.includes(other)) continue
    turn.conversation.queue.push(...flows.filter(one => one !== flow).map(({ name }) => ({ flow: name, slots: {} })))
    const why = `desk.alike.${flow.intent}`
    if (turn.library.texts.has('zh-CN', why)) say(turn, why)
    return askWhich(turn, [other.intent, flow.intent])
  }
  return false
}

/** A question of policy beside other wishes is answered at once, and what is left is followed. */
function answeredApart(turn: Turn, wished: string[], said: string): string[] {
  if (!wished.includes(POLICY_INTENT) || !mentionPolicy(turn, said)) return wished
  return wished.filter(intent => intent !== POLICY_INTENT)
}

function mention(turn: Turn, intent: string): void {
  if (turn.library.flowByIntent(intent)) return
  const key = `desk.about.${intent}`
  if (intent === 'talk_to_human') askHuman(turn)
  else if (turn.library.texts.has('zh-CN', key)) say(turn, key)
}

/** Only wishes that have a name can be offered; 其他 is none. */
function askWhich(turn: Turn, between: string[]): boolean {
  const wishes = between.filter(intent => turn.library.texts.has('zh-CN', `desk.wish.${intent}`))
  const [first, second] = wishes
  if (first === undefined || second === undefined) return first !== undefined && followAll(turn, [first])
  const choices = wishes.map(intent => ({ key: `desk/wish:${intent}`, label: text(turn, `desk.wish.${intent}`) }))
  choices.push({ key: 'desk/menu', label: text(turn, 'common.noneOfThese') })
  const both = named({ first: text(turn, `desk.wish.${first}`), second: text(turn, `desk.wish.${second}`) })
  offer(turn, text(turn, 'desk.whichWish', both), choices)
  return true
}

function followIntent(turn: Turn, intent: string): boolean {
  if (intent === 'progress_query') askApp(turn, 'progress', {})
  else if (intent === 'talk_to_human') askHuman(turn)
  else if (intent === 'greeting') showMenu(turn)
  else if (intent === 'cancel') nothingOpen(turn)
  else if (turn.library.texts.has('zh-CN', `desk.about.${intent}`)) {
    say(turn, `desk.about.${intent}`)
    showMenu(turn)
  } else return false
  return true
}

/** Another matter named while one is open: the same kind is asked about, another kind waits its turn. */
export function queueFlow(turn: Turn, flow: CompiledFlow, said: string): void {
  const { queue } = turn.conversation
  if (!queue.some(waiting => waiting.flow === flow.name))
    queue.push({ flow: flow.name, slots: toldAtOpening(turn, flow, said) })
  say(turn, 'common.queued', named({ title: text(turn, `${flow.name}.title`) }))
}

/** What waited while nobody spoke. */
export function openWaiting(turn: Turn): void {
  if (nextWaiting(turn)) openNext(turn)
}
