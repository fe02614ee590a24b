import { plainValue } from './plainText.ts'
import type { Turn } from './machine.ts'
import { showDate } from './showValue.ts'
import type { Choice, CommandResult, Json } from './types.ts'
import { named, offer, reply, say, text } from './walk.ts'

/** Cases told in full in one answer to 进度; the rest is counted, to stay within a message. */
const PROGRESS_ITEMS = 3
/** Cases offered for 撤回: more buttons do not fit the eye, and nobody has more under way. */
const WITHDRAWABLE = 5

/** Says what came of a command about one's own cases. False: it is none of these. */
export function tellCases(turn: Turn, name: string, { outcome, values }: CommandResult): boolean {
  if (name === 'progress' && outcome === 'found') tellProgress(turn, values)
  else if (name === 'withdrawable' && outcome === 'listed') offerWithdrawal(turn, values)
  else return false
  return true
}

/** Where each case is, who has it, what comes next, both days. Several are numbered. */
function tellProgress(turn: Turn, values: Record<string, Json>): void {
  const items = recordsOf(values['items'])
  if (items.length === 0) return say(turn, 'desk.outcome.progress.none')
  const shown = items.slice(0, PROGRESS_ITEMS)
  const lines = shown.map((item, n) => {
    const line = item['matter'] === 'complaint' ? complaintLine(turn, item) : caseLine(turn, item)
    return shown.length > 1 ? `${n + 1}. ${line}` : line
  })
  const rest = items.length - lines.length
  if (rest > 0) lines.push(text(turn, 'desk.progressRest', named({ rest })))
  reply(turn, { kind: 'text', text: lines.join('\n\n') })
}

const caseLine = (turn: Turn, item: Record<string, Json>): string =>
  [text(turn, 'desk.progressItem', named(progressValues(turn, item))), ...notes(turn, item)].join('\n')

/** One complaint, in the shape of a case: number, where it is, who has it, what comes next, until when. */
function complaintLine(turn: Turn, item: Record<string, Json>): string {
  const status = item['outside'] === true ? 'outside' : plainValue(item['status'])
  const values = {
    ...item,
    matter: text(turn, 'complaint.title'),
    status: text(turn, `desk.complaintStatus.${status}`),
    next: text(turn, `desk.complaintStatus.${status}Next`, named(item)),
    answerBy: dayOrNull(turn, item['answerBy']),
  }
  const flags = ['reopened', 'lapsed', 'dueProvisional'].filter(name => item[name] === true && values.answerBy !== null)
  const said = flags.map(name => text(turn, `desk.progressNote.${name}`))
  return [text(turn, 'desk.progressComplaint', named(values)), ...said].join('\n')
}

function progressValues(turn: Turn, item: Record<string, Json>): Record<string, Json> {
  const { texts } = turn.library
  const status = `desk.status.${plainValue(item['status'])}`
  return {
    ...item,
    matter: matterOf(turn, item),
    status: texts.has('zh-CN', status) ? text(turn, status) : plainValue(item['status']),
    next: texts.has('zh-CN', `${status}Next`) ? text(turn, `${status}Next`) : '',
    promiseDue: dayOrNull(turn, item['promiseDue']),
    legalDue: dayOrNull(turn, item['legalDue']),
  }
}

/** What has to be said besides, a line each: each is rare, and together they would not fit one sentence. */
function notes(turn: Turn, item: Record<string, Json>): string[] {
  const flags = ['acceptedBySilence', 'clockStopped', 'dueProvisional'].filter(name => item[name] === true)
  const end = plainValue(item['certificateStatus'])
  const names = [
    ...(typeof item['firstReceiver'] === 'string' ? ['firstReceiver'] : []),
    ...flags,
    ...(end === 'revoked' || end === 'superseded' ? [end] : []),
  ]
  return names.map(name => text(turn, `desk.progressNote.${name}`, named(item)))
}

/** The list is the question: pressing one takes it back. */
function offerWithdrawal(turn: Turn, values: Record<string, Json>): void {
  const choices: Choice[] = recordsOf(values['items'])
    .slice(0, WITHDRAWABLE)
    .map(item => ({
      key: `desk/withdraw:${plainValue(item['id'])}`,
      label: text(turn, 'desk.withdrawChoice', named({ ...item, matter: matterOf(turn, item) })),
    }))
  choices.push({ key: 'desk/menu', label: text(turn, 'desk.withdrawNone') })
  offer(turn, text(turn, 'desk.withdrawWhich'), choices)
}

const matterOf = (turn: Turn, item: Record<string, Json>): string =>
  text(turn, `desk.matter.${plainValue(item['matter'])}`)

/** A day in words, for `YYYY-MM-DD`; null for anything else. */
export function dayOrNull(turn: Turn, day: Json | undefined): string | null {
  return typeof day === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(day) ? showDate(turn.conversation.language, day) : null
}

/** The records of a list of values; what is none is left out. */
export function recordsOf(value: Json | undefined): Record<string, Json>[] {
  if (!Array.isArray(value)) return []
  return value.filter(
    (item): item is Record<string, Json> => typeof item === 'object' && item !== null && !Array.isArray(item),
  )
}
