import { dayOrNull, recordsOf } from '../deskLists.ts'
import { officerNoticeValues } from '../deskNotice.ts'
import type { Turn } from '../machine.ts'
import { plainValue } from '../plainText.ts'
import type { Choice, CommandResult, Conversation, Json, OpenOrder } from '../types.ts'
import { named, offer, reply, say, text } from '../walk.ts'
import { brief } from './brief.ts'
import { askMissing } from './openOrder.ts'

/** Says what came of an officer's order. False: the command was none of his. Unknown outcomes get a sentence, never silence. */
export function tellOrder(turn: Turn, name: string, { outcome, values }: CommandResult): boolean {
  if (!name.startsWith('officer')) return false
  if (name === 'officerTasks' && outcome === 'listed') tellTasks(turn, values)
  else if (name === 'officerTasks' && outcome === 'none') tellNoTasks(turn, values)
  else if (name === 'officerStandIn' && outcome === 'listed') tellStandIn(turn, values)
  else if (name === 'officerTask' && outcome === 'found') tellTask(turn, values)
  else if (name === 'officerTransfer' && outcome === 'which') offerOfficers(turn, values)
  else if (name === 'officerNotice' && outcome === 'noPaper') offerPapers(turn, values)
  else if (name === 'officerGround' && outcome === 'found') tellLines(turn, 'officers.groundHead', values)
  else if (name === 'officerAttach' && outcome !== 'attached' && outcome !== 'gone')
    tellNotAttached(turn, outcome, values)
  else if (name === 'officerAttach' && outcome === 'attached') tellAttached(turn, values)
  else if (name === 'officerDetach' && outcome === 'detached') tellDetached(turn, values)
  else if (name === 'officerReport' && outcome === 'told') tellReport(turn, values)
  else if (name === 'officerSeveral' && outcome === 'told') tellSeveral(turn, values)
  else if (isAsked(turn, name, { outcome, values })) return true
  else sayOutcome(turn, name, outcome, values)
  return true
}

const lacking: Partial<Record<string, OpenOrder['name']>> = {
  'officerPause needReason': 'pause',
  'officerClose needEvidence': 'close',
}

/** One sentence is missing: it is asked for. False: nothing is, or something else is being asked. */
function isAsked(turn: Turn, name: string, { outcome, values }: CommandResult): boolean {
  const order = lacking[`${name} ${outcome}`]
  return order !== undefined && asks(turn, order, values)
}

/** Until when an answer is waited for the service says; where it does not, nothing is asked. */
function asks(turn: Turn, name: OpenOrder['name'], values: Record<string, Json>): boolean {
  const { missing, taskId, until, summary = null } = values
  if (typeof until !== 'number') return false
  const taskIds = Array.isArray(missing) ? missing.map(plainValue) : [plainValue(taskId)]
  return askMissing(turn, { name, taskIds, until }, summary)
}

/** An outcome that many orders share is told in one sentence for all. */
function sayOutcome(turn: Turn, name: string, outcome: string, values: Record<string, Json>): void {
  reply(turn, { kind: 'text', text: outcomeText(turn, name, { outcome, values }) })
}

function outcomeText(turn: Turn, name: string, { outcome, values }: CommandResult): string {
  const own = `officers.outcome.${name}.${outcome}`
  const shared = `officers.refused.${outcome}`
  const { texts } = turn.library
  const key = [own, shared].find(one => texts.has('zh-CN', one)) ?? 'common.flowError'
  const told = name === 'officerNotice' ? officerNoticeValues(values) : inBrief(values)
  const said = text(turn, key, named({ ...told, due: dayOrNull(turn, told['due']) }))
  const { standsInFor } = values
  return typeof standsInFor === 'string'
    ? text(turn, 'officers.onBehalf', named({ name: standsInFor, told: said }))
    : said
}

/** What was done is named shortly: he has just named it himself. */
function inBrief(values: Record<string, Json>): Record<string, Json> {
  const { summary, summaries } = values
  return {
    ...values,
    ...(typeof summary === 'string' ? { summary: brief(summary) } : {}),
    ...(Array.isArray(summaries) ? { summaries: summaries.map(one => brief(plainValue(one))).join('；') } : {}),
  }
}

const commandOf: Record<string, string> = { close: 'officerClose', pause: 'officerPause', urge: 'officerUrge' }

/** A line for each task in the order in which they were said; what lacks a sentence is asked about at the end, all at once. */
function tellSeveral(turn: Turn, values: Record<string, Json>): void {
  const order = plainValue(values['order'])
  const command = commandOf[order] ?? ''
  const lines = recordsOf(values['lines']).map(line => severalLine(turn, command, line))
  if (lines.length > 0) reply(turn, { kind: 'text', text: lines.join('\n') })
  const { missing } = values
  if ((order !== 'close' && order !== 'pause') || !Array.isArray(missing) || missing.length === 0) return
  if (!asks(turn, order, values)) sayOutcome(turn, command, order === 'pause' ? 'needReason' : 'needEvidence', {})
}

function severalLine(turn: Turn, command: string, line: Record<string, Json>): string {
  const number = numberOf(turn, plainValue(line['taskId']))
  const outcome = plainValue(line['outcome'])
  const values = { ...valuesOf(line['values']), summary: line['summary'] ?? null, number }
  const own = outcome === 'needEvidence' ? 'needWords' : outcome === 'oneByOne' ? outcome : null
  const told = own
    ? text(turn, `officers.several.${own}`, named(inBrief(values)))
    : outcomeText(turn, command, { outcome, values })
  return text(turn, 'officers.several.line', named({ number, told }))
}

function valuesOf(value: Json | undefined): Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}
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
  mentionStandIn(turn, values)
}

function mentionStandIn(turn: Turn, { standIn, continued }: Record<string, Json>): void {
  if (typeof standIn === 'string' && continued !== true) say(turn, 'officers.standInAlso', named({ names: standIn }))
}

/** A new list, over all colleagues: from now on the numbers mean it. */
function tellStandIn(turn: Turn, values: Record<string, Json>): void {
  const { conversation } = turn
  conversation.shownTasks = []
  delete conversation.taskCursor
  const lines = recordsOf(values['places']).flatMap(place => {
    const items = recordsOf(place['items'])
    const head = text(turn, 'officers.standInPlace', named({ ...place, none: String(items.length === 0) }))
    return [head, ...items.map(item => taskLine(turn, item, shownAs(conversation, plainValue(item['taskId']))))]
  })
  reply(turn, { kind: 'text', text: [text(turn, 'officers.standInHead'), ...lines].join('\n') })
}

function shownAs(conversation: Conversation, taskId: string): number {
  conversation.shownTasks = [...(conversation.shownTasks ?? []), taskId]
  return conversation.shownTasks.length
}

/** Nothing more, or nothing at all: then old numbers mean nothing any more. */
function tellNoTasks(turn: Turn, values: Record<string, Json>): void {
  const { continued } = values
  const { conversation } = turn
  delete conversation.taskCursor
  if (continued === true) return say(turn, 'officers.noMore')
  delete conversation.shownTasks
  say(turn, 'officers.outcome.officerTasks.none')
  mentionStandIn(turn, values)
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
  const asked = asks(turn, 'transfer', values)
  choices.push({ key: asked ? 'desk/drop' : 'desk/menu', label: text(turn, 'officers.giveToNobody') })
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

/** While he is asked what was done, photos are an answer as well. */
function tellAttached(turn: Turn, values: Record<string, Json>): void {
  const { attached } = turn.conversation
  const taskId = plainValue(values['taskId'])
  const added = Array.isArray(values['added']) ? values['added'].map(plainValue) : []
  const before = attached?.taskId === taskId ? attached.pieces : []
  turn.conversation.attached = { taskId, pieces: [...before, ...added].slice(-MOST_TAKEN_BACK) }
  sayOutcome(turn, 'officerAttach', 'attached', values)
  if (turn.conversation.openOrder?.name === 'close') say(turn, 'officers.open.closePhotos')
}

/** Photos and places that come back at once. Ours; as many as are held without a task. */
const MOST_TAKEN_BACK = 9

/** They are held again, and the task is not the one that a next photo would mean. */
function tellDetached(turn: Turn, values: Record<string, Json>): void {
  const { conversation } = turn
  delete conversation.attached
  delete conversation.namedTask
  conversation.heldEvidence = recordsOf(values['pieces'])
  sayOutcome(turn, 'officerDetach', 'detached', values)
  say(turn, 'officers.evidenceWhere')
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
