import { plainValue } from './plainText.ts'
import { officerNoticeValues, tellNoticeAside } from './deskNotice.ts'
import type { Turn } from './machine.ts'
import { showDate } from './showValue.ts'
import type { CommandResult, Json } from './types.ts'
import { named, reply, say, text } from './walk.ts'

/** Most lines of one list in chat: more do not fit the eye. */
const LIST_LINES = 10
/** Cases told in full in one answer to 进度; the rest is counted, to stay within a message. */
const PROGRESS_ITEMS = 3

/** Stops the turn at a command that stands outside any flow. */
export function askApp(turn: Turn, name: string, args: Record<string, Json>): void {
  const command = { name, key: `desk:${turn.context.turnId}:${name}`, args }
  turn.conversation.awaiting = command
  turn.command = command
}

/** Says what came of a front desk command. Unknown outcomes get a sentence, never silence. */
export function tellOutcome(turn: Turn, name: string, { outcome, values }: CommandResult): void {
  if (name === 'progress' && outcome === 'found') return tellProgress(turn, values)
  if (name === 'officerTasks' && outcome === 'listed') return tellTasks(turn, values)
  if (name === 'issueNotice' && outcome !== 'failed') return tellNoticeAside(turn, outcome, values)
  const key = `desk.outcome.${name}.${outcome}`
  const told = name === 'officerNotice' ? officerNoticeValues(values) : values
  say(turn, turn.library.texts.has('zh-CN', key) ? key : 'common.flowError', named(told))
}

function tellProgress(turn: Turn, values: Record<string, Json>): void {
  const items = recordsOf(values['items'])
  if (items.length === 0) return say(turn, 'desk.outcome.progress.none')
  const lines = items
    .slice(0, PROGRESS_ITEMS)
    .map(item => text(turn, 'desk.progressItem', named(progressValues(turn, item))))
  const rest = items.length - lines.length
  if (rest > 0) lines.push(text(turn, 'desk.progressRest', named({ rest })))
  reply(turn, { kind: 'text', text: lines.join('\n\n') })
}

function progressValues(turn: Turn, item: Record<string, Json>): Record<string, Json> {
  const { texts } = turn.library
  const status = `desk.status.${plainValue(item['status'])}`
  return {
    ...item,
    matter: text(turn, `desk.matter.${plainValue(item['matter'])}`),
    status: texts.has('zh-CN', status) ? text(turn, status) : plainValue(item['status']),
    next: texts.has('zh-CN', `${status}Next`) ? text(turn, `${status}Next`) : '',
    promiseDue: dayOrNull(turn, item['promiseDue']),
    legalDue: dayOrNull(turn, item['legalDue']),
  }
}

function tellTasks(turn: Turn, values: Record<string, Json>): void {
  const items = recordsOf(values['items']).slice(0, LIST_LINES)
  if (items.length === 0) return say(turn, 'desk.outcome.officerTasks.none')
  turn.conversation.shownTasks = items.map(item => plainValue(item['taskId']))
  const lines = items.map((item, n) =>
    text(
      turn,
      'desk.taskLine',
      named({
        ...item,
        number: n + 1,
        due: dayOrNull(turn, item['due']),
        status: text(turn, `desk.taskStatus.${plainValue(item['status'])}`),
        overdue: String(item['overdue'] === true),
      }),
    ),
  )
  const head = text(turn, 'desk.tasksHead', named({ total: values['total'] ?? items.length }))
  reply(turn, { kind: 'text', text: [head, ...lines, text(turn, 'desk.tasksHow')].join('\n') })
}

function dayOrNull(turn: Turn, day: Json | undefined): string | null {
  return typeof day === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(day) ? showDate(turn.conversation.language, day) : null
}

function recordsOf(value: Json | undefined): Record<string, Json>[] {
  if (!Array.isArray(value)) return []
  return value.filter(
    (item): item is Record<string, Json> => typeof item === 'object' && item !== null && !Array.isArray(item),
  )
}
