import type { Language } from '../../conversation/types.ts'
import type { NotSentReason } from '../../domain/message/decideMessage.ts'
import type { MessagePurpose } from '../../domain/message/purpose.ts'
import type { Instant } from '../../domain/world.ts'
import type { ChannelName, OutboxMessage, OutboxStatus } from '../outboxMessage.ts'

/** To whom: one resident, or whoever speaks for a household. */
export type Receiver = { residentId: string } | { householdId: string }

/**
 * How we know that a resident speaks for a household. A phone that somebody typed is none of these: `phone` was confirmed by the
 * platform, `officer` bound them, `surveyLink` opened the household's own signed link.
 */
export const householdProofs = ['phone', 'officer', 'surveyLink'] as const
export type HouseholdProof = (typeof householdProofs)[number]

export interface HouseholdSpeaker {
  residentId: string
  proof: HouseholdProof
  /** Channels on which they can be written to; the one last used first. */
  channels: ChannelName[]
}

/** Everybody whom a message concerns: its caps are counted over all of them. */
export interface Circle {
  householdIds: string[]
  /** Who is written to first, first. */
  residentIds: string[]
}

/** Why a household or resident gets nothing of itself any more. */
export const muteReasons = ['bereavement', 'distress', 'wish', 'other'] as const
export type MuteReason = (typeof muteReasons)[number]

export interface Mute {
  id: string
  to: Receiver
  reason: MuteReason
  /** An officer's id, or `service`. */
  by: string
  since: Instant
}

/** What stands about one circle. */
export interface CircleStanding {
  muted: boolean
  /** 退订, each for himself: one who refuses keeps nobody else of his household from being written to. */
  optedOut: { residentId: string; purpose: MessagePurpose }[]
  planned: { purpose: MessagePurpose; at: Instant }[]
}

export interface MessageAddress {
  channel: ChannelName
  sender: string
  language: Language
}

/** One message as it was decided. */
export interface DecidedMessage {
  id: string
  householdId: string | null
  residentId: string | null
  purpose: MessagePurpose
  /** Key of its sentence in `locales/`. */
  key: string
  dedupeKey: string
  /** Null: queued. */
  reason: NotSentReason | null
  plannedAt: Instant
  at: Instant
}

/** A message that waited and will not go. */
export interface DroppedMessage {
  id: string
  /** As it was asked for. */
  dedupeKey: string
  /** To whom it was said. */
  residentId: string
  purpose: MessagePurpose
  /** What it would have said; null where it cannot be read any more. */
  words: string | null
}

/** One line of the answer to "why did they not get it?". Never the words. */
export interface MessageLine extends Omit<DecidedMessage, 'dedupeKey'> {
  /** How the sending went; null when it was not queued, or is forgotten after its time. */
  status: OutboxStatus | null
  channel: ChannelName | null
  /** Sentence for the officer when the platform would not take it, or it did not arrive. */
  failure: string | null
  /** What the platform said afterwards: it arrived, or why not. Null where it says nothing. */
  receipt: string | null
}

/** Messages of the service's own accord. Needs the eyes of the service. */
export interface MessagePort {
  /** Who speaks for a household, last heard first, with their channels. Only proved links count. */
  speakersOf(householdIds: string[]): Promise<Map<string, HouseholdSpeaker[]>>
  householdsOf(residentIds: string[]): Promise<Map<string, string[]>>
  /** False when they already do. */
  link(link: {
    householdId: string
    residentId: string
    proof: HouseholdProof
    by: string
    at: Instant
  }): Promise<boolean>
  /** The platform vouched that this is the resident's own phone. Said before, it counts from now on. */
  confirmPhone(residentId: string, phone: string, at: Instant): Promise<void>
  /** As the county's list has it; null when there is none. Names are not masked. */
  household(householdId: string): Promise<{ number: string; headName: string; regionCode: string } | null>
  /** Region code of the household; null when there is none. Sees what the eyes of the moment see. */
  placeOf(householdId: string): Promise<string | null>
  /** Households below a place that the county's list has under this phone. */
  householdsOfPhone(phone: string, place: string): Promise<string[]>
  /** Takes turns with all who decide about one of these circles, until the end of the transaction. */
  hold(circles: Circle[]): Promise<void>
  /** In the order of the circles. `since`: older plans matter to no cap. */
  standing(circles: Circle[], since: Instant): Promise<CircleStanding[]>
  /** Where each of them lives: its household, otherwise the newest case of its residents; null where neither is known. */
  places(circles: Circle[]): Promise<(string | null)[]>
  /**
   * Whether he wrote since then. False also while older word about a case waits for the morning: what comes later must not
   * overtake it.
   */
  isTalking(residentId: string, spoken: { since: Instant; morning: Instant }): Promise<boolean>
  addressesOf(residentIds: string[]): Promise<Map<string, MessageAddress>>
  /** Those of the keys that were queued before, with their ids. */
  queued(dedupeKeys: string[]): Promise<Map<string, string>>
  /** Writes down what was decided; a message that was not sent before may have been decided anew. */
  record(messages: DecidedMessage[]): Promise<void>
  /** Into the outbox. Ids of those whose key was not there yet. */
  enqueue(messages: Omit<OutboxMessage, 'status' | 'attempts'>[]): Promise<string[]>
  /** Newest first. */
  history(circle: Circle, limit: number): Promise<MessageLine[]>
  /** False when it is muted already for the same reason. */
  mute(mute: Mute): Promise<boolean>
  /** Ends all mutes of this one; how many there were. */
  liftMute(to: Receiver, lifted: { by: string; at: Instant }): Promise<number>
  /** Those that hold, newest first. */
  mutesOf(circle: Circle): Promise<Mute[]>
  /** Ends what waits in the outbox for these residents: the messages that will not go, oldest first. */
  dropWaiting(
    residentIds: string[],
    drop: { purposes: MessagePurpose[]; reason: NotSentReason; at: Instant },
  ): Promise<DroppedMessage[]>
  /** 退订. False when it was so before. */
  setOptOut(
    residentId: string,
    choice: { purpose: MessagePurpose; isOut: boolean; by: string; at: Instant },
  ): Promise<boolean>
  optedOut(residentId: string): Promise<MessagePurpose[]>
}
