import { plainValue } from './plainText.ts'
import { officerNoticeValues, tellNoticeAside } from './deskNotice.ts'
import { dayOrNull, recordsOf, tellCases } from './deskCases.ts'
import type { Turn } from './machine.ts'
import type { CommandResult, Json } from './types.ts'
import { named, reply, say, text } from './walk.ts'

/** Most lines of one list in chat: more do not fit the eye. */
const LIST_LINES = 10

/** Stops the turn at a command that stands outside any flow. */
export function askApp(turn: Turn, name: string, args: Record<string, Json>): void {
  const command = { name, key: `desk:${turn.context.turnId}:${name}`, args }
  turn.conversation.awaiting = command
  turn.command = command
}

/** Says what came of a front desk command. Unknown outcomes get a sentence, never silence. */
export function tellOutcome(turn: Turn, name: string, { outcome, values }: CommandResult): void {
  if (tellCases(turn, name, { outcome, values })) return
  if (name === 'officerTasks' && outcome === 'listed') return tellTasks(turn, values)
  if (name === 'issueNotice' && outcome !== 'failed') return tellNoticeAside(turn, outcome, values)
  const key = `desk.outcome.${name}.${outcome}`
  const told = name === 'officerNotice' ? officerNoticeValues(values) : values
  say(turn, turn.library.texts.has('zh-CN', key) ? key : 'common.flowError', named(told))
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
