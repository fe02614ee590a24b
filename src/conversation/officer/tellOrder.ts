import { dayOrNull, recordsOf } from '../deskCases.ts'
import { officerNoticeValues } from '../deskNotice.ts'
import type { Turn } from '../machine.ts'
import { plainValue } from '../plainText.ts'
import type { Choice, CommandResult, Json } from '../types.ts'
import { named, offer, reply, say, text } from '../walk.ts'

/** Says what came of an officer's order. False: the command was none of his. Unknown outcomes get a sentence, never silence. */
export function tellOrder(turn: Turn, name: string, { outcome, values }: CommandResult): boolean {
  if (!name.startsWith('officer')) return false
  if (name === 'officerTasks' && outcome === 'listed') tellTasks(turn, values)
  else if (name === 'officerTasks' && outcome === 'none') tellNoTasks(turn, values)
  else if (name === 'officerTask' && outcome === 'found') tellTask(turn, values)
  else if (name === 'officerTransfer' && outcome === 'which') offerOfficers(turn, values)
  else if (name === 'officerNotice' && outcome === 'noPaper') offerPapers(turn, values)
  else if (name === 'officerGround' && outcome === 'found') tellLines(turn, 'officers.groundHead', values)
  else if (name === 'officerAttach' && outcome !== 'attached' && outcome !== 'gone')
    tellNotAttached(turn, outcome, values)
  else if (name === 'officerReport' && outcome === 'told') tellReport(turn, values)
  else sayOutcome(turn, name, outcome, values)
  return true
}

/** An outcome that many orders share is told in one sentence for all. */
function sayOutcome(turn: Turn, name: string, outcome: string, values: Record<string, Json>): void {
  const own = `officers.outcome.${name}.${outcome}`
  const shared = `officers.refused.${outcome}`
  const { texts } = turn.library
  const key = [own, shared].find(one => texts.has('zh-CN', one)) ?? 'common.flowError'
  const told = name === 'officerNotice' ? officerNoticeValues(values) : values
  say(turn, key, named({ ...told, due: dayOrNull(turn, told['due']) }))
}

function tellTasks(turn: Turn, values: Record<string, Json>): void {
  const { conversation } = turn
  const items = recordsOf(values['items'])
  const known = values['continued'] === true ? (conversation.shownTasks ?? []) : []
  conversation.shownTasks = [...known, ...items.map(item => plainValue(item['taskId']))]
  const { cursor } = values
  if (typeof cursor === 'string') conversation.taskCursor = cursor
  else delete conversation.taskCursor
  const lines = items.map((item, n) => taskLine(turn, item, known.length + n + 1))
  const head = text(
    turn,
    'officers.tasksHead',
    named({ total: items.length, more: String(typeof cursor === 'string') }),
  )
  reply(turn, { kind: 'text', text: [head, ...lines, text(turn, 'officers.tasksHow')].join('\n') })
}

/** Nothing more, or nothing at all: then old numbers mean nothing any more. */
function tellNoTasks(turn: Turn, { continued }: Record<string, Json>): void {
  const { conversation } = turn
  delete conversation.taskCursor
  if (continued === true) return say(turn, 'officers.noMore')
  delete conversation.shownTasks
  say(turn, 'officers.outcome.officerTasks.none')
}

function taskLine(turn: Turn, item: Record<string, Json>, number: number): string {
  return text(turn, 'officers.taskLine', named({ ...taskValues(turn, item), number }))
}

function taskValues(turn: Turn, item: Record<string, Json>): Record<string, Json> {
  return {
    ...item,
    due: dayOrNull(turn, item['due']),
    status: text(turn, `officers.status.${plainValue(item['status'])}`),
    overdue: String(item['overdue'] === true),
    mine: String(item['mine'] === true),
    waits: String(item['status'] === 'paused'),
    over: String(item['status'] === 'done' || item['status'] === 'cancelled'),
  }
}

function tellTask(turn: Turn, values: Record<string, Json>): void {
  const allowed = Array.isArray(values['allowed']) ? values['allowed'].map(plainValue) : []
  const words = allowed.map(action => `officers.canDo.${action}`).filter(key => turn.library.texts.has('zh-CN', key))
  const number = numberOf(turn, plainValue(values['taskId']))
  const can = words.map(key => text(turn, key, named({ number }))).join('、')
  say(turn, 'officers.task', named({ ...taskValues(turn, values), can: can === '' ? null : can }))
}

/** More names do not fit the eye; who is not among them is named in full. */
const OFFICERS_OFFERED = 8

/** The list is the question: pressing one gives the task to him. */
function offerOfficers(turn: Turn, values: Record<string, Json>): void {
  const taskId = plainValue(values['taskId'])
  const choices: Choice[] = recordsOf(values['officers'])
    .slice(0, OFFICERS_OFFERED)
    .map(officer => ({
      key: `desk/give:${taskId},${plainValue(officer['id'])}`,
      label: text(turn, 'officers.giveTo', named(officer)),
    }))
  choices.push({ key: 'desk/menu', label: text(turn, 'officers.giveToNobody') })
  offer(turn, text(turn, 'officers.giveWhom', named({ who: values['who'] ?? null })), choices)
}

/** Nothing was named: all papers of the list in one tap, or their names in one message. A second notice is not possible. */
function offerPapers(turn: Turn, values: Record<string, Json>): void {
  const { papers } = officerNoticeValues(values)
  if (!papers) return say(turn, 'officers.outcome.officerNotice.noPaper')
  const taskId = plainValue(values['taskId'])
  offer(turn, text(turn, 'officers.whichPapers', named({ papers, number: numberOf(turn, taskId) })), [
    { key: `desk/noticeAll:${taskId}`, label: text(turn, 'officers.allPapers') },
    { key: 'desk/menu', label: text(turn, 'officers.noNotice') },
  ])
}

/** Its number in the list last shown; null when it stands in none. */
function numberOf(turn: Turn, taskId: string): number | null {
  const at = (turn.conversation.shownTasks ?? []).indexOf(taskId)
  return at < 0 ? null : at + 1
}

/** The pieces are held on, for the task that he names now. */
function tellNotAttached(turn: Turn, outcome: string, values: Record<string, Json>): void {
  const { conversation } = turn
  delete conversation.namedTask
  const pieces = recordsOf(values['pieces'])
  if (pieces.length > 0) conversation.heldEvidence = pieces
  sayOutcome(turn, 'officerAttach', outcome, values)
  say(turn, 'officers.evidenceWhere')
}

function tellLines(turn: Turn, head: string, values: Record<string, Json>): void {
  const lines = recordsOf(values['lines']).map(({ text: line }) => plainValue(line))
  reply(turn, { kind: 'text', text: [text(turn, head, named(values)), ...lines].join('\n') })
}

function tellReport(turn: Turn, values: Record<string, Json>): void {
  const late = recordsOf(values['late']).map(item => text(turn, 'officers.reportLate', named(taskValues(turn, item))))
  reply(turn, { kind: 'text', text: [text(turn, 'officers.report', named(values)), ...late].join('\n') })
}
