/** What an officer is asked about his own order: 为什么挂起？ 怎么办的？ 转给谁？ His next sentence is the answer. */
import { heardCommand } from '../heardCommand.ts'
import type { Turn } from '../machine.ts'
import { heardNotice } from '../noticeAside.ts'
import { plainValue } from '../plainText.ts'
import { pickOffered } from '../pickOffered.ts'
import { currentWalk } from '../sessions.ts'
import type { Choice, Json, OpenOrder } from '../types.ts'
import { named, offer, say, text } from '../walk.ts'
import { brief } from './brief.ts'
import { ask, askSeveral, orderCommands, whoIs, type Obeyed } from './askOrder.ts'
import type { Order } from './heardOrder.ts'

/** The commonest reasons to wait, one tap each. What was done is never offered: that would be a tick and no evidence. */
const reasons = ['papers', 'nobody', 'bureau'] as const

const DROP = 'desk/drop'
const BECAUSE = 'desk/because:'

/**
 * Puts the question, and remembers about what. False where a question of a matter of his own is open: nobody is asked two things
 * at once, and what he says next is about that one. The question to whom is put by the list of colleagues.
 */
export function askMissing(turn: Turn, open: OpenOrder, summary: Json): boolean {
  if (isAskedElsewhere(turn)) return false
  turn.conversation.openOrder = open
  if (open.name !== 'transfer') putQuestion(turn, open, summary)
  return true
}

const isAskedElsewhere = (turn: Turn): boolean => currentWalk(turn)?.session.status === 'waiting'

function putQuestion(turn: Turn, { name, taskIds }: OpenOrder, summary: Json): void {
  const key = `officers.open.${name}${taskIds.length > 1 ? 'Several' : ''}`
  const because = reasons.map((reason): Choice => ({ key: BECAUSE + reason, label: reasonOf(turn, reason) }))
  const drop = { key: DROP, label: text(turn, `officers.open.drop.${name}`) }
  const said = text(turn, key, named({ summary: brief(plainValue(summary)), count: taskIds.length }))
  offer(turn, said, name === 'pause' ? [...because, drop] : [drop])
}

const reasonOf = (turn: Turn, reason: string): string => text(turn, `officers.reason.${reason}`)

/** A press: of one of the question's own buttons, or of anything else, which leaves the question. False: none of its own. */
export function pressOpenOrder(turn: Turn, key: string): boolean {
  const open = takeOpen(turn)
  return open !== null && pressOwn(turn, open, key)
}

function pressOwn(turn: Turn, open: OpenOrder, key: string): boolean {
  const reason = reasons.find(one => key === BECAUSE + one)
  if (key !== DROP && (!reason || open.name !== 'pause')) return false
  if (key === DROP) say(turn, 'officers.open.dropped', named({ name: open.name }))
  else askAgain(turn, open, reasonOf(turn, reason ?? ''))
  return true
}

/** Another order replaces the question. 办结 alone is no other one: what was sent as photos is the answer. */
export function replaceOpenOrder(turn: Turn, order: Order): Obeyed {
  const open = takeOpen(turn)
  if (!open) return null
  if (order.name !== open.name || order.number !== null) return isSame(turn, order, open) ? null : leave(turn, open)
  if (open.name === 'transfer') return null
  return order.said === '' && open.name === 'pause' ? putAgain(turn, open) : askAgain(turn, open, order.said)
}

/** The same order about the same task, whole this time. */
function isSame({ conversation }: Turn, { name, number }: Order, open: OpenOrder): boolean {
  const meant = typeof number === 'number' ? conversation.shownTasks?.[number - 1] : conversation.namedTask?.taskId
  return name === open.name && meant !== undefined && open.taskIds.includes(meant)
}

/** A sentence that is no order. Null: no answer either, and he is told what was left undone. */
export function answerOpenOrder(turn: Turn, typed: string): Obeyed {
  const { offered = [] } = turn.conversation
  const open = takeOpen(turn)
  if (!open) return null
  const plain = turn.library.plain(typed)
  if (turn.library.isWord('orders.drop', plain)) return pressOwn(turn, open, DROP) ? 'said' : null
  if (isSomethingElse(turn, typed)) return leave(turn, open)
  if (turn.context.now > open.until) {
    say(turn, 'officers.open.late', named({ name: open.name }))
    return null
  }
  const picked = pickOffered(turn, typed, offered)
  if (picked) return pressOwn(turn, open, picked) ? obeyed(turn) : null
  if (saysNothing(turn, plain)) return putAgain(turn, open)
  const answer = open.name === 'transfer' ? (turn.library.hearOrder(typed, 'toWhom')?.who ?? '') : typed.trim()
  return answer === '' ? leave(turn, open) : askAgain(turn, open, answer)
}

const obeyed = (turn: Turn): Obeyed => (turn.command ? 'asked' : 'said')

/** No longer remembered; null when nothing was, or when something else has been asked since. */
function takeOpen(turn: Turn): OpenOrder | null {
  const { openOrder = null } = turn.conversation
  delete turn.conversation.openOrder
  return openOrder !== null && isAskedElsewhere(turn) ? null : openOrder
}

function askAgain(turn: Turn, { name, taskIds }: OpenOrder, said: string): Obeyed {
  const [taskId = null, ...others] = taskIds
  if (name === 'transfer') return ask(turn, orderCommands.transfer, { taskId, said: '', ...whoIs(turn, said) })
  if (others.length > 0) return askSeveral(turn, name, { taskIds, said, all: false })
  return ask(turn, orderCommands[name], { taskId, said })
}

function leave(turn: Turn, { name }: OpenOrder): Obeyed {
  say(turn, 'officers.open.leftBehind', named({ name }))
  return null
}

function putAgain(turn: Turn, open: OpenOrder): Obeyed {
  turn.conversation.openOrder = open
  say(turn, 'officers.open.again', named({ name: open.name }))
  return 'said'
}

/** A word that works everywhere, a matter, a notice, a question: he has gone on. */
function isSomethingElse(turn: Turn, typed: string): boolean {
  const { library } = turn
  if (heardCommand(library, typed) || library.flowByKeyword(library.plain(typed)) || heardNotice(turn, typed))
    return true
  return /[?？]\s*$/u.test(typed)
}

const empty = ['words.nods', 'words.thanks', 'words.greeting', 'words.yes', 'words.no'] as const

/** 好的, 嗯, a bare number: nobody can read later from it what was done. */
function saysNothing({ library }: Turn, plain: string): boolean {
  return !/\p{L}/u.test(plain) || empty.some(words => library.isWord(words, plain))
}
