import type { Answer, Turn, Walk } from './machine.ts'
import { answerAll } from './answerAll.ts'
import { answerCourtesy, takesAnyWords, tellOfVoice } from './courtesy.ts'
import { askApp } from './askApp.ts'
import { answer, follow, repeatQuestion } from './engine.ts'
import {
  answerAtDesk,
  askHuman,
  explain,
  FOR_ANOTHER,
  greet,
  leaveForMenu,
  namedMatters,
  oldButton,
  openWaiting,
  pressDesk,
  queueFlow,
  resumeSomething,
  showMenu,
  switchLanguage,
  withoutElsewhere,
} from './frontDesk.ts'
import { noteLoss, sayCondolence, sayWhatIsLeft, tellsOfDeath } from './grief.ts'
import { heedDistress, holdForHuman } from './distress.ts'
import { guessLanguage } from './guessLanguage.ts'
import { heardCommand, type HeardCommand } from './heardCommand.ts'
import { answerHowLongAside } from './howLong.ts'
import { keepForLater, namesLater } from './later.ts'
import { namesOption } from './namesOption.ts'
import { askNoticeAside, heardNotice, NOTICE_INTENT } from './noticeAside.ts'
import { tellNotDone } from './notDone.ts'
import { alsoMeant, flowForAnother } from './opening.ts'
import { obeyOrder, takeEvidence, taskOf } from './officer/obeyOrder.ts'
import { pressOpenOrder } from './officer/openOrder.ts'
import { currentStep, rootOf } from './places.ts'
import { answerPolicyAside } from './policy/policyAside.ts'
import { findPolicy, isQuestion, tellPolicy, tellRefusal } from './policy/policyAnswers.ts'
import { currentWalk, inSession, setAside, takeUp, walkOf } from './sessions.ts'
import { takeBack } from './takenBack.ts'
import type { Session, TurnInput } from './types.ts'
import { SURE } from './understanding/decide.ts'
import type { HeardIntent } from './understanding/types.ts'
import { goOn, obeyInSession, runInSession } from './universal.ts'
import { regionOf, say } from './walk.ts'

type Word = Extract<TurnInput, { kind: 'hello' | 'text' | 'choice' | 'media' }>

/** What a person did: said, pressed, sent, or only opened the chat. Always answers. */
export function hear(turn: Turn, input: Word): void {
  const said = input.kind === 'text' ? input.text : null
  if ((said !== null && heedDistress(turn, said)) || holdForHuman(turn, input)) {
    // 孩子没保住，我不想活了: what ends with a death ends now, and not when a human has been there.
    if (said !== null) noteLoss(turn, said)
    return
  }
  const walk = currentWalk(turn)
  if (tryCommandAgain(turn, walk)) return
  if (said !== null) guessLanguage(turn, said)
  const first = !turn.conversation.greeted
  if (turn.conversation.current === null) greet(turn)
  if (input.kind === 'hello') return hello(turn)
  if (input.kind === 'choice') return press(turn, input.key)
  if (servesOfficer(turn, input)) return
  const command = said === null ? null : heardCommand(turn.library, said)
  if (command && obey(turn, command)) return
  if (said !== null && obeyNotice(turn, said)) return
  if (said !== null && first && turn.library.isWord('words.greeting', turn.library.plain(said))) return hello(turn)
  if (said !== null && refuseTopic(turn, walk, said)) return
  if (walk)
    return hearInSession(
      walk,
      input.kind === 'text' ? input : { kind: 'media', mediaId: input.mediaId, mediaType: input.mediaType },
    )
  if (said !== null) return answerAtDesk(turn, said)
  say(turn, 'desk.media')
  showMenu(turn)
}

function hello(turn: Turn): void {
  const walk = currentWalk(turn)
  if (walk?.session.status === 'handedOff') return say(turn, 'common.stillHandedOff')
  if (walk) return goOn(walk)
  openWaiting(turn)
  if (turn.conversation.current === null) showMenu(turn)
}

/** A command was asked for and its answer never came: ask again, with the same key, so that nothing happens twice. */
function tryCommandAgain(turn: Turn, walk: Walk | null): boolean {
  const open = turn.conversation.awaiting ?? walk?.session.awaiting
  if (!open) return false
  turn.command = open
  say(turn, 'common.working')
  return true
}

function obey(turn: Turn, { name, number, digits }: HeardCommand): boolean {
  const walk = currentWalk(turn)
  if (walk && obeyInSession(walk, name, number)) return true
  switch (name) {
    case 'resume':
      if (walk?.session.confirming) inSession(walk, () => leaveOpenQuestion(walk))
      else resumeSomething(turn)
      return true
    case 'progress':
      askApp(turn, 'progress', {})
      return true
    case 'human':
      askHuman(turn)
      return true
    case 'withdraw':
      askApp(turn, 'withdrawable', {})
      return true
    case 'assist':
      askApp(turn, 'assistCode', {})
      return true
    case 'help':
      if (turn.context.officer) say(turn, 'officers.guide')
      explain(turn)
      return true
    case 'menu':
      leaveForMenu(turn)
      return true
    case 'english':
    case 'chinese':
      switchLanguage(turn, name === 'english' ? 'en' : 'zh-CN')
      repeatIfOpen(turn)
      return true
    case 'bind':
      return bind(turn, digits)
    case 'tasks':
    case 'lease':
    case 'close':
      // An officer was heard before: this is somebody else.
      say(turn, 'desk.officersOnly')
      repeatIfOpen(turn)
      return true
    default:
      // 上一步, 改第2项, 取消 where nothing is open are said of what was handed in already.
      say(turn, 'desk.nothingToChange')
      showMenu(turn)
      return true
  }
}

/** Six figures bind an officer to his account, eight a resident to the household at whose door he was given them. */
function bind(turn: Turn, digits: string | null): boolean {
  if (digits?.length !== 6 && digits?.length !== 8) return false
  askApp(turn, digits.length === 6 ? 'bindOfficer' : 'bindHousehold', { code: digits })
  return true
}

// 接着填 at "really cancel?" means no.
function leaveOpenQuestion(walk: Walk): void {
  delete walk.session.confirming
  walk.session.visit += 1
  repeatQuestion(walk)
}

/** What an officer says to do, and what he sends to prove it, without losing the place where he is a resident himself. */
function servesOfficer(turn: Turn, input: Exclude<Word, { kind: 'hello' | 'choice' }>): boolean {
  const located = input.kind === 'media' || input.place !== undefined
  const obeyed = located ? takeEvidence(turn, input) : obeyOrder(turn, input.text)
  if (obeyed === 'said') repeatIfOpen(turn)
  return obeyed !== null
}

/** 告知 3 缺身份证: for officers only; to anybody else these words are words. */
function obeyNotice(turn: Turn, typed: string): boolean {
  const heard = turn.context.officer ? heardNotice(turn, typed) : null
  if (!heard) return false
  const taskId = taskOf(turn, heard.number)
  if (taskId) askApp(turn, 'officerNotice', { taskId, said: heard.said })
  else {
    say(turn, 'desk.noSuchTask')
    repeatIfOpen(turn)
  }
  return true
}

function repeatIfOpen(turn: Turn): void {
  const walk = currentWalk(turn)
  if (walk?.session.status === 'waiting') inSession(walk, () => repeatQuestion(walk))
}

/** `session/visit/value` of a session that still stands there; anything else is explained. */
function press(turn: Turn, key: string): void {
  if (pressOpenOrder(turn, key)) return
  if (pressDesk(turn, key)) return repeatIfMoved(turn)
  const [sessionId, visit, value] = key.split('/')
  const session = turn.conversation.sessions.find(({ id }) => id === sessionId)
  const walk = session && String(session.visit) === visit ? walkOf(turn, session) : null
  if (!walk || value === undefined) {
    oldButton(turn)
    return repeatIfOpen(turn)
  }
  takeUp(walk)
  walk.session.status = 'waiting'
  inSession(walk, () => answer(walk, { kind: 'pressed', value }, () => false))
}

// A menu button that only told something leaves the open question where it was.
function repeatIfMoved(turn: Turn): void {
  const moved = turn.trace.some(({ event }) => event !== 'told')
  if (turn.command === null && !moved && turn.effects.length === 0) repeatIfOpen(turn)
}

/** Explains what the law has no ground for. Nothing of it is stored. */
function refuseTopic(turn: Turn, walk: Walk | null, said: string): boolean {
  const { watch, plain } = turn.library
  const topic = watch.refusedTopic(plain(said))
  if (!topic) return false
  const source = walk ? walk.flow.byId.get(walk.session.step)?.source : undefined
  // A free comment may speak of anything.
  if (source?.kind === 'ask' && source.type === 'text') return false
  tellRefusal(turn, topic, walk ? regionOf(walk) : null)
  if (walk) repeatIfOpen(turn)
  else showMenu(turn)
  return true
}

function hearInSession(walk: Walk, given: Answer): void {
  const { turn, session } = walk
  if (session.status === 'handedOff') return hearWhileHandedOff(walk, given)
  const other = given.kind === 'text' ? matterNamed(walk, given.text) : null
  if (other?.intent === NOTICE_INTENT && askNoticeAside(walk)) return
  const aside = other && doneAtOnce[other.name]
  if (aside) return askApp(turn, aside.command, aside.args)
  if (other && other.name === rootOf(session).flow) {
    // What begins only of itself, such as a supplement, is never wanted twice.
    if (other.menu === null) return inSession(walk, () => repeatQuestion(walk))
    return inSession(walk, () => follow(walk, { move: 'confirm', confirming: { kind: 'another', flow: other.name } }))
  }
  if (other && given.kind === 'text') {
    if (beganItself(walk)) {
      setAside(turn)
      return answerAtDesk(turn, given.text)
    }
    queueFlow(turn, other, given.text)
    return inSession(walk, () => repeatQuestion(walk))
  }
  inSession(walk, () => {
    if (given.kind === 'text' && takesAnyWords(walk) && answerCourtesy(walk, given.text)) return
    if (given.kind === 'text' && takeBack(walk, given.text, text => takeAside(walk, text))) return
    if (given.kind === 'text' && asksForName(walk) && (answerGrief(walk, given.text) || isNoName(walk, given.text)))
      return
    const held = session.confirming
    answerAll(walk, given, text => holding(walk, held, () => takeAside(walk, text)))
  })
}

/** The matter of which a text is a keyword; null where the text is a choice of the open question or of a later one. */
function matterNamed(walk: Walk, said: string) {
  const { library } = walk.turn
  const flow = library.flowByKeyword(library.plain(said))
  return flow && !namesOption(walk, said) && !namesLater(walk, said) ? flow : null
}

/** 退订 does not wait for the end of a matter: all of it is done at once, and the matter stays where it was. */
const doneAtOnce: Record<string, { command: string; args: Record<string, string> } | undefined> = {
  'message-stop': { command: 'refuseMessages', args: { which: 'all' } },
  'message-resume': { command: 'acceptMessages', args: {} },
}

/** A rating, a supplement: what the service asked for never keeps anybody from what he came for. It can be taken up again. */
function beganItself({ turn, session }: Walk): boolean {
  const { flow, revision } = rootOf(session)
  return turn.library.flow(flow, revision)?.menu === null
}

/** A person was called. Another matter and a question that we know need not wait for him. */
function hearWhileHandedOff(walk: Walk, given: Answer): void {
  const { turn, session } = walk
  const said = given.kind === 'text' ? given.text : ''
  if (tellsOfDeath(turn, said)) {
    sayCondolence(turn, said)
    return inSession(walk, () => say(turn, 'common.stillHandedOff'))
  }
  if (tellOfVoice(turn, said)) return say(turn, 'common.stillHandedOff')
  const matter = turn.library.flowByKeyword(turn.library.plain(said)) ?? surelyMeant(walk, said)
  if (matter && matter.name !== rootOf(session).flow) {
    setAside(turn)
    return answerAtDesk(turn, said)
  }
  inSession(walk, () => {
    const finding = isQuestion(said) ? findPolicy(turn, said, regionOf(walk)) : null
    if (finding?.kind === 'found') tellPolicy(turn, finding.found)
    say(turn, 'common.stillHandedOff')
  })
}

function surelyMeant({ turn }: Walk, said: string) {
  const [heard] = sureMeanings(turn.library.readIntents(said))
  return heard ? turn.library.flowByIntent(heard.intent) : null
}

/**
 * 对吗 and 请问是哪一个 stay open while a side question is answered; reading the text as an answer has let them go.
 * Other questions that were held do not: what was said instead is the answer to them.
 */
function holding({ session }: Walk, held: Session['confirming'], aside: () => boolean): boolean {
  if (session.confirming || (held?.kind !== 'value' && held?.kind !== 'options')) return aside()
  session.confirming = held
  const taken = aside()
  if (!taken) delete session.confirming
  return taken
}

function asksForName({ flow, session }: Walk): boolean {
  const { source } = currentStep(flow, session)
  return source.kind === 'ask' && source.type === 'name' && !session.confirming
}

/** Names of more characters have a dot, or are not asked about anything that we know. */
const LONG_NAME = 4

/** Nearly anything may be a name, but 四孩能不能登记 and 办证要什么材料 are questions that we know; then it is answered. */
function isNoName(walk: Walk, said: string): boolean {
  if (answerPolicyAside(walk, said, null)) return true
  const isSentence = isQuestion(said) || (Array.from(said.trim()).length > LONG_NAME && !said.includes('·'))
  return isSentence && takeAside(walk, said)
}

const asideCommands: Record<string, string> = { talk_to_human: 'human', cancel: 'cancel' }

/** Told of a death in the middle of a matter: the question waits, and so does everything else. */
function answerGrief({ turn }: Walk, said: string): boolean {
  if (!tellsOfDeath(turn, said)) return false
  sayCondolence(turn, said)
  sayWhatIsLeft(turn, said)
  say(turn, 'grief.inMatter')
  return true
}

/** A text that is no answer but clearly something else, or two such things: answered without losing the place. */
function takeAside(walk: Walk, said: string): boolean {
  if (answerCourtesy(walk, said) || answerGrief(walk, said) || answerHowLongAside(walk, said)) return true
  if (keepForLater(walk, said)) return true
  // Figures alone ask for nothing, and a slipped number is the commonest bad answer.
  if (!/\p{L}/u.test(said)) return false
  const sure = sureMeanings(walk.turn.library.readIntents(said))
  const wished = sure.map(({ intent }) => intent)
  const named = namedMatters(withoutElsewhere(walk.turn, wished), said)
  const [heard, ...others] = sure.filter(({ intent }) => named.includes(intent))
  if (!heard) return answerPolicyAside(walk, said, null)
  const beside = others.filter(({ intent }) => tellBeside(walk, intent, said))
  if (followAside(walk, said, heard)) return true
  if (beside.length === 0) return false
  repeatQuestion(walk)
  return true
}

/** What is acted upon: 人工 and 取消 first, as they decide what becomes of the session, then 进度, which `app` answers. */
function sureMeanings(heard: readonly HeardIntent[]): HeardIntent[] {
  const rank = ({ intent }: HeardIntent) => (asideCommands[intent] ? 0 : intent === 'progress_query' ? 1 : 2)
  return heard.filter(({ score }) => score >= SURE).toSorted((one, other) => rank(one) - rank(other))
}

/** What is asked for beside the open question: another matter waits its turn, what needs only a word gets it. */
function tellBeside(walk: Walk, intent: string, said: string): boolean {
  const { turn, session } = walk
  const flow = matterBeside(walk, intent, said)
  const key = `desk.about.${intent}`
  if (flow && tellNotDone(turn, flow, said)) return true
  if (flow && flow.name !== rootOf(session).flow) queueFlow(turn, flow, said)
  else if (!flow && turn.library.texts.has('zh-CN', key)) say(turn, key)
  else return false
  return true
}

/** In the middle of a matter nobody is asked which of two alike he means: the open one counts, else the commoner one. */
function matterBeside({ turn, session }: Walk, intent: string, said: string) {
  if (intent === FOR_ANOTHER && !isQuestion(said)) return flowForAnother(turn, said)
  const flow = turn.library.flowByIntent(intent)
  return flow && flow.name !== rootOf(session).flow ? (alsoMeant(turn, flow, said) ?? flow) : flow
}

function followAside(walk: Walk, said: string, heard: HeardIntent): boolean {
  const { turn } = walk
  const sure = heard.intent
  const command = asideCommands[heard.intent]
  if (command) {
    runInSession(walk, command, null)
    return true
  }
  if (heard.intent === 'progress_query') {
    askApp(turn, 'progress', {})
    return true
  }
  if (heard.intent === NOTICE_INTENT && askNoticeAside(walk)) return true
  if (answerPolicyAside(walk, said, sure)) return true
  // About the very matter that is open: an answer that was not understood, and nothing beside it.
  if (!tellBeside(walk, heard.intent, said)) return false
  repeatQuestion(walk)
  return true
}
