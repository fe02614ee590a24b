import { heardCommand } from '../heardCommand.ts'
import type { Turn } from '../machine.ts'
import { currentWalk } from '../sessions.ts'
import type { Conversation, Json, TurnInput } from '../types.ts'
import { named, say } from '../walk.ts'
import {
  ask,
  askSeveral,
  MOST_AT_ONCE,
  orderCommands,
  tell,
  whoIs,
  type Obeyed,
  type SeveralOrder,
} from './askOrder.ts'
import type { Order } from './heardOrder.ts'
import { answerOpenOrder, replaceOpenOrder } from './openOrder.ts'

/** Does what an officer says to do with a task; to anybody else these words are words. */
export function obeyOrder(turn: Turn, typed: string): Obeyed {
  if (!turn.context.officer) return null
  const order = turn.library.hearOrder(typed)
  if (!order) return answerOpenOrder(turn, typed)
  return replaceOpenOrder(turn, order) ?? obey(turn, order, typed)
}

function obey(turn: Turn, order: Order, typed: string): Obeyed {
  switch (order.name) {
    case 'tasks':
      return ask(turn, 'officerTasks', { cursor: null })
    case 'more':
      return moreTasks(turn)
    case 'report':
      return ask(turn, 'officerReport', {})
    case 'standIn':
      return ask(turn, 'officerStandIn', {})
    case 'guide':
      return tell(turn, 'officers.guide')
    case 'attach':
      return attach(turn, order)
    case 'detach':
      return detach(turn)
    case 'agree':
    case 'decline':
      // 同意 alone answers the question that is open, if there is one; 第2个不要 strikes out of its list.
      if (currentWalk(turn) && (order.number === null || heardCommand(turn.library, typed)?.name === 'remove'))
        return null
      return withTask(turn, order, orderCommands[order.name], true)
    case 'leaseAll':
      return leaseAll(turn, order)
    case 'closeAll':
      return several(turn, order, 'close')
    case 'pauseAll':
      return several(turn, order, 'pause')
    case 'urgeAll':
      return several(turn, order, 'urge')
    case 'lease':
    case 'release':
    case 'close':
    case 'pause':
    case 'resume':
    case 'urge':
    case 'transfer':
    case 'show':
    case 'ground':
    case 'script':
      return withTask(turn, order, orderCommands[order.name], false)
  }
}

function moreTasks(turn: Turn): Obeyed {
  const { taskCursor, shownTasks: shown = [] } = turn.conversation
  if (taskCursor !== undefined) return ask(turn, 'officerTasks', { cursor: taskCursor, shown })
  // Who was shown no tasks means more of the menu.
  return shown.length > 0 ? tell(turn, 'officers.noMore') : null
}

/** 都接了: all of the list last shown, or the numbers that were said. What others hold the service leaves to them. */
function leaseAll(turn: Turn, { numbers }: Order): Obeyed {
  const { shownTasks: shown = [] } = turn.conversation
  const taskIds = numbers ? numbers.flatMap(number => shown[number - 1] ?? []) : shown
  if (numbers && taskIds.length < numbers.length) return tell(turn, 'desk.noSuchTask')
  return taskIds.length === 0 ? tell(turn, 'officers.whichTask') : ask(turn, 'officerLeaseAll', { taskIds })
}

/** 一号二号都办结了, 都挂起: the numbers that were said, or whatever of the list last shown is his to do so with. */
function several(turn: Turn, { numbers, said }: Order, order: SeveralOrder): Obeyed {
  const { shownTasks: shown = [] } = turn.conversation
  const taskIds = numbers ? numbers.flatMap(number => shown[number - 1] ?? []) : shown
  if (numbers && taskIds.length < numbers.length) return tell(turn, 'desk.noSuchTask')
  if (taskIds.length === 0) return tell(turn, 'officers.whichTask')
  if (numbers && taskIds.length > MOST_AT_ONCE) {
    say(turn, 'officers.tooManyAtOnce', named({ most: MOST_AT_ONCE }))
    return 'said'
  }
  // 这件 and a photo would not say which of them.
  delete turn.conversation.namedTask
  return askSeveral(turn, order, { taskIds, said, all: !numbers })
}

/** `mayLack`: the service finds out by itself which task is meant. */
function withTask(turn: Turn, order: Order, command: string, mayLack: boolean): Obeyed {
  const taskId = taskOf(turn, order.number)
  if (taskId === null && !(mayLack && order.number === null)) return tellWhich(turn, order)
  return ask(turn, command, { taskId, said: order.said, ...(order.name === 'transfer' ? whoIs(turn, order.who) : {}) })
}

/** The task a number means in the list last shown, and remembers that it was named. Null: no such number. */
export function taskOf(turn: Turn, number: Order['number']): string | null {
  const { conversation, context } = turn
  const named = number === 'that' ? lastNamed(conversation, context.now) : null
  const taskId = typeof number === 'number' ? (conversation.shownTasks?.[number - 1] ?? null) : named
  if (taskId !== null) conversation.namedTask = { taskId, at: context.now }
  return taskId
}

/** 这件 and a photo mean the task named within this time; later people mean something else. Our own choice. */
const NAMED_MS = 2 * 3_600_000

function lastNamed({ namedTask }: Conversation, now: number): string | null {
  return namedTask && now - namedTask.at <= NAMED_MS ? namedTask.taskId : null
}

function tellWhich(turn: Turn, { number }: Order): Obeyed {
  if (typeof number === 'number') return tell(turn, 'desk.noSuchTask')
  return tell(turn, 'officers.whichTask')
}

/** Most photos and places held while it is not clear where they belong. */
const HELD = 9

type Sent = Extract<TurnInput, { kind: 'text' | 'media' }>

/** A photo or a place that an officer sends outside any question: evidence for the task he named last. */
export function takeEvidence(turn: Turn, input: Sent): Obeyed {
  if (!turn.context.officer || currentWalk(turn)) return null
  const piece = pieceOf(input)
  if (!piece) return null
  const { conversation } = turn
  conversation.heldEvidence = [...(conversation.heldEvidence ?? []), piece].slice(-HELD)
  const taskId = lastNamed(conversation, turn.context.now)
  if (taskId === null) return tell(turn, 'officers.evidenceWhere')
  return attachHeld(turn, taskId)
}

function pieceOf(input: Sent): Record<string, Json> | null {
  if (input.kind === 'media') return input.mediaType === 'image' ? { kind: 'photo', mediaId: input.mediaId } : null
  return input.place ? { kind: 'place', label: input.text, ...input.place } : null
}

function attach(turn: Turn, order: Order): Obeyed {
  // 15号的 answers the question that is open.
  if (!turn.conversation.heldEvidence) return currentWalk(turn) ? null : tell(turn, 'officers.nothingHeld')
  const taskId = taskOf(turn, order.number)
  return taskId === null ? tellWhich(turn, order) : attachHeld(turn, taskId)
}

/** 附错了: what he attached last comes back, and waits for the task to which it belongs. */
function detach(turn: Turn): Obeyed {
  const { attached } = turn.conversation
  return attached ? ask(turn, 'officerDetach', attached) : tell(turn, 'officers.outcome.officerDetach.gone')
}

function attachHeld(turn: Turn, taskId: string): Obeyed {
  const { conversation } = turn
  const pieces = conversation.heldEvidence ?? []
  delete conversation.heldEvidence
  return ask(turn, 'officerAttach', { taskId, pieces })
}
