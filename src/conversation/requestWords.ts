/** 催一下 and 没办好, said or pressed at the front desk. The reason is asked by a flow of its own. */
import { askApp } from './askApp.ts'
import type { Turn } from './machine.ts'
import { startFlow } from './sessions.ts'
import type { Json } from './types.ts'

/** Flow that asks what was not done, and the one that asks whether an answer to a complaint helped. */
const REOPENING = 'request-reopen'
const COMPLAINT_ANSWER = 'complaint-answer'

/** A button of these. False: it is none. */
export function pressRequest(turn: Turn, action: string, argument: string): boolean {
  if (action === 'urge') askApp(turn, 'urgeOwn', { id: argument })
  else if (action === 'notDone') start(turn, REOPENING, { requestId: argument })
  else if (action === 'notHelped') {
    const [complaintId = '', complaintNumber = '', phone = ''] = argument.split(',')
    start(turn, COMPLAINT_ANSWER, { complaintId, complaintNumber, complaintPhone: phone === '' ? null : phone })
  } else return false
  return true
}

function start(turn: Turn, name: string, slots: Record<string, Json>): void {
  const flow = turn.library.flow(name, null)
  if (flow) startFlow(turn, flow, slots)
}

/** 催一下, 没办好: said at the front desk alone, where they are no answer to anything. False: neither. */
export function hearRequestWord(turn: Turn, said: string): boolean {
  const plain = turn.library.plain(said)
  if (turn.library.isWord('words.urge', plain)) askApp(turn, 'urgeable', {})
  else if (turn.library.isWord('words.notDone', plain)) askApp(turn, 'reopenable', {})
  else return false
  return true
}
