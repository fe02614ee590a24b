import type { CardStore, TakenCard } from '../../app/officerCards/cardPort.ts'
import { shanghaiDate, shanghaiTime, startOfDay, type Instant } from '../../domain/world.ts'
import type { ChannelLog } from '../wechat-official/account.ts'
import { taskCard } from './card.ts'
import { sendToMember, type SendDeps } from './sendMessage.ts'

export interface CardDeps extends SendDeps {
  cards: CardStore
  /** Name of a place by its code. */
  place(regionCode: string): string
  rules: CardRules
  log: ChannelLog
}

/** When and how many. All are our own choices: no rule of the platform names them. */
export interface CardRules {
  /** Cards go between these hours of Shanghai; at others only what is due today or before. */
  hours: { from: number; to: number }
  /** Of one officer and day; what is more waits in 待办. */
  perDay: number
}

/** Tasks older than this have been seen in the list: a service that was away does not ring for a week of them. */
const FRESH_MS = 24 * 3_600_000
const BATCH = 20
const FIRST_PAUSE_MS = 20_000
const LONGEST_PAUSE_MS = 30 * 60_000
const MOST_ATTEMPTS = 8

/** Sends what waits, one batch. Driven by the tables, so any number of workers may do it at once. */
export async function sendCards(deps: CardDeps): Promise<void> {
  const { cards, rules, world } = deps
  const at = world.now()
  const today = shanghaiDate(at)
  const hour = Number(shanghaiTime(at).slice(11, 13))
  const working = hour >= rules.hours.from && hour < rules.hours.to
  const capSince = startOfDay(today)
  await cards.plan('wecom', { at, since: at - FRESH_MS, cap: rules.perDay, capSince, dueBy: working ? null : today })
  for (const card of await cards.take('wecom', at, BATCH)) await sendCard(deps, card)
}

async function sendCard(deps: CardDeps, card: TakenCard): Promise<void> {
  const { cards, world, log } = deps
  const message = taskCard(card, deps.place(card.regionCode), deps.text)
  const outcome = await sendToMember(deps, card.sender, message)
  if (outcome.status === 'sent') return cards.sent(card, world.now())
  const { failure, detail } = outcome
  const notBefore = nextTry(failure.retry, card.attempts, world.now())
  if (failure.alert) log.error({ failure: failure.name, detail, tell: failure.tell }, 'wecom: card not sent')
  if (notBefore === null) await cards.failed(card, failure.name, world.now())
  else await cards.retry(card, failure.name, notBefore)
}

/** Null: this way is closed. The task stays in the officer's list, where every card comes from. */
function nextTry(retry: 'no' | 'soon' | 'tomorrow' | 'otherWay', attempts: number, at: Instant): Instant | null {
  if (retry === 'tomorrow') return startOfDay(shanghaiDate(at + 24 * 3_600_000)) + 8 * 3_600_000
  if (retry !== 'soon' || attempts >= MOST_ATTEMPTS) return null
  return at + Math.min(FIRST_PAUSE_MS * 2 ** (attempts - 1), LONGEST_PAUSE_MS)
}
