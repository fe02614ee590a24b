/** 催一下 and 没办好 at the front desk: what is offered, and what came of it. */
import { dayOrNull, recordsOf } from './deskLists.ts'
import type { Turn } from './machine.ts'
import { plainValue } from './plainText.ts'
import type { Choice, CommandResult, Json } from './types.ts'
import { named, offer, say, text } from './walk.ts'

type Item = Record<string, Json>

/** More buttons do not fit the eye. */
const MOST_OFFERED = 4

/** Says what came of a command about urging and reopening. False: it is none of these. */
export function tellRequests(turn: Turn, name: string, { outcome, values }: CommandResult): boolean {
  if (name === 'urgeable' && outcome === 'listed') offerList(turn, values, 'urge')
  else if (name === 'reopenable' && outcome === 'listed') offerList(turn, values, 'reopen')
  else if (name === 'urgeable' || name === 'urgeOwn' || name === 'reopenable') tellPlainly(turn, name, outcome, values)
  else return false
  return true
}

function tellPlainly(turn: Turn, name: string, outcome: string, values: Record<string, Json>): void {
  const key = `desk.outcome.${name}.${outcome}`
  const said = { ...values, from: dayOrNull(turn, values['from']) }
  say(turn, turn.library.texts.has('zh-CN', key) ? key : 'common.flowError', named(said))
}

function offerList(turn: Turn, values: Record<string, Json>, what: 'urge' | 'reopen'): void {
  const items = recordsOf(values['items']).slice(0, MOST_OFFERED)
  const choices = items.map(item => (what === 'urge' ? urgeChoice(turn, item) : reopenChoice(turn, item)))
  choices.push({ key: 'desk/menu', label: text(turn, `desk.${what}None`) })
  offer(turn, text(turn, `desk.${what}Which`, named({ count: items.length })), choices)
}

/** Under what 进度 told: buttons for what may be urged or taken up again. Nothing while a question is open. */
export function offerWords(turn: Turn, items: readonly Item[]): void {
  if (turn.conversation.current !== null) return
  const urging = items.filter(item => item['mayUrge'] === true).map(item => urgeChoice(turn, item))
  const again = items.filter(item => item['mayReopen'] === true).map(item => reopenChoice(turn, item))
  const choices = [...urging, ...again].slice(0, MOST_OFFERED)
  if (choices.length === 0) return
  choices.push({ key: 'desk/menu', label: text(turn, 'desk.mainMenu') })
  const kind = again.length === 0 ? 'urge' : urging.length === 0 ? 'reopen' : 'both'
  offer(turn, text(turn, 'desk.wordsOffer', named({ kind })), choices)
}

const urgeChoice = (turn: Turn, item: Item): Choice => ({
  key: `desk/urge:${plainValue(item['id'])}`,
  label: text(turn, 'desk.urgeChoice', named({ title: titleOf(turn, item) })),
})

/** Of a complaint it is asked whether the answer helped, with the words it was asked with before. */
function reopenChoice(turn: Turn, item: Item): Choice {
  const { id, number, complaintPhone } = item
  const isComplaint = item['matter'] === 'complaint'
  const parts = [id, number, complaintPhone ?? item['officePhone']].map(part => (part ? plainValue(part) : ''))
  const key = isComplaint ? `desk/notHelped:${parts.join(',')}` : `desk/notDone:${plainValue(id)}`
  return { key, label: text(turn, 'desk.reopenChoice', named({ title: titleOf(turn, item) })) }
}

/** What it is, with its number, or else with the day on which it was asked for. */
export function titleOf(turn: Turn, item: Item): string {
  const matter = text(turn, `desk.matter.${plainValue(item['matter'])}`)
  // The year and the day of the week would fill the button.
  const [, month = null, day = null] = plainValue(item['received'] ?? null)
    .split('-')
    .map(Number)
  return text(turn, 'desk.requestTitle', named({ matter, number: item['number'] ?? null, month, day }))
}
