/** Why something is said to a resident or household. What may hold a message back follows from this alone. */
export const messagePurposes = ['answer', 'case', 'survey', 'calendar', 'care', 'distress'] as const
export type MessagePurpose = (typeof messagePurposes)[number]

interface Manners {
  /** Counts towards the caps of a household, and is held by them. */
  isCapped: boolean
  /** Waits for the end of the quiet hours. */
  keepsQuietHours: boolean
  /** Not sent to who is muted: a person goes instead. */
  endsByMute: boolean
  /** May be refused for good (退订). What the service owes is not among these. */
  mayBeRefused: boolean
  /** Where it does not arrive, a person brings it. A missed survey or reminder is not worth a visit. */
  isBrought: boolean
}

/**
 * One row for each purpose. An answer is asked for by whoever gets it, at whatever hour; word about one's own case is owed by
 * law and only waits for the morning; distress waits for nothing.
 */
export const mannersOf: Record<MessagePurpose, Manners> = {
  answer: { isCapped: false, keepsQuietHours: false, endsByMute: false, mayBeRefused: false, isBrought: false },
  case: { isCapped: false, keepsQuietHours: true, endsByMute: true, mayBeRefused: false, isBrought: true },
  survey: { isCapped: true, keepsQuietHours: true, endsByMute: true, mayBeRefused: true, isBrought: false },
  calendar: { isCapped: true, keepsQuietHours: true, endsByMute: true, mayBeRefused: true, isBrought: false },
  care: { isCapped: true, keepsQuietHours: true, endsByMute: true, mayBeRefused: true, isBrought: true },
  distress: { isCapped: false, keepsQuietHours: false, endsByMute: false, mayBeRefused: false, isBrought: true },
}

/** Purposes that a resident may refuse, in the order in which they are offered. */
export const refusablePurposes = messagePurposes.filter(purpose => mannersOf[purpose].mayBeRefused)
