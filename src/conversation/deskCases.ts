import { plainValue } from './plainText.ts'
import { dayOrNull, recordsOf } from './deskLists.ts'
import { offerWords, tellRequests, titleOf } from './deskRequests.ts'
import type { Turn } from './machine.ts'
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
  else return tellRequests(turn, name, { outcome, values })
  return true
}

/** Where each case is, who has it, what comes next, both days. Several are numbered. */
function tellProgress(turn: Turn, values: Record<string, Json>): void {
  const items = recordsOf(values['items'])
  if (items.length === 0) return say(turn, 'desk.outcome.progress.none')
  const shown = items.slice(0, PROGRESS_ITEMS)
  const lines = shown.map((item, n) => {
    const line = lineOf(turn, item)
    return shown.length > 1 ? `${n + 1}. ${line}` : line
  })
  const rest = items.length - lines.length
  if (rest > 0) lines.push(text(turn, 'desk.progressRest', named({ rest })))
  reply(turn, { kind: 'text', text: lines.join('\n\n') })
  offerWords(turn, shown)
}

function lineOf(turn: Turn, item: Record<string, Json>): string {
  if (item['matter'] === 'complaint') return complaintLine(turn, item)
  return item['request'] === true ? requestLine(turn, item) : caseLine(turn, item)
}

/** What was asked of officers beside cases: it has no number, but a day. */
function requestLine(turn: Turn, item: Record<string, Json>): string {
  const status = plainValue(item['status'])
  const values = {
    ...item,
    title: titleOf(turn, item),
    status: text(turn, `desk.requestStatus.${status}`),
    next: text(turn, `desk.requestStatus.${status}Next`),
    promiseDue: dayOrNull(turn, item['promiseDue']),
  }
  return [text(turn, 'desk.progressRequest', named(values)), ...wordNotes(turn, item)].join('\n')
}

/** Who has it now, where that is not who received it first; and when it may be urged again. */
function wordNotes(turn: Turn, item: Record<string, Json>): string[] {
  const { handler, firstReceiver = null } = item
  const urgeFrom = dayOrNull(turn, item['urgeFrom'])
  return [
    ...(typeof handler === 'string' && handler !== firstReceiver
      ? [text(turn, 'desk.progressNote.handler', named({ handler }))]
      : []),
    ...(urgeFrom === null ? [] : [text(turn, 'desk.progressNote.urged', named({ urgeFrom }))]),
  ]
}

const caseLine = (turn: Turn, item: Record<string, Json>): string =>
  [
    text(turn, 'desk.progressItem', named(progressValues(turn, item))),
    ...notes(turn, item),
    ...wordNotes(turn, item),
  ].join('\n')

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
  return [text(turn, 'desk.progressComplaint', named(values)), ...said, ...wordNotes(turn, item)].join('\n')
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
