import type { Instant, LocalDate } from '../../domain/world.ts'
import type { ChannelName } from '../ports.ts'

/** Which tasks are shown as cards. */
export interface CardPlan {
  at: Instant
  /** Tasks older than this have been seen in the list. */
  since: Instant
  /** Cards of one officer since `capSince`; what is more waits in his list. */
  cap: number
  capSince: Instant
  /** At rest hours only what is due by then; null = everything. */
  dueBy: LocalDate | null
}

/** A card claimed for sending. `attempts` fences: what a slow sender reports later is ignored. */
export interface TakenCard {
  id: string
  taskId: string
  fence: number
  attempts: number
  sender: string
  regionCode: string
  /** Masked, one line. */
  summary: string
  due: LocalDate | null
}

export interface CardPress {
  /** Hash of the platform's one-time code. */
  codeHash: Uint8Array
  cardId: string
  act: string
  at: Instant
}

/** Cards of tasks in the officers' chat, and the presses of their buttons. */
export interface CardStore {
  /** Makes a card of each open task that came after its officer was bound on this channel, and has none; how many. */
  plan(channel: ChannelName, plan: CardPlan): Promise<number>
  /** Claims what may go now; drops what was taken or closed meanwhile. A claim without an end is given again after a minute. */
  take(channel: ChannelName, at: Instant, limit: number): Promise<TakenCard[]>
  sent(card: TakenCard, at: Instant): Promise<void>
  failed(card: TakenCard, failure: string, at: Instant): Promise<void>
  retry(card: TakenCard, failure: string, notBefore: Instant): Promise<void>
  /** The same task once more, later; does nothing when such a card waits already. */
  again(cardId: string, notBefore: Instant, at: Instant): Promise<void>
  /** Writes the press down. The outcome it had before, when it was known; null for a new one, `unknownCard` for no card of ours. */
  press(press: CardPress): Promise<{ card: { taskId: string; fence: number }; outcome: string | null } | 'unknownCard'>
  concluded(codeHash: Uint8Array, outcome: string): Promise<void>
  /** Uses up the code; true for one caller only. */
  mayChange(codeHash: Uint8Array, at: Instant): Promise<boolean>
}
