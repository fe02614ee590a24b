/** How long the engine waits for people. A flow may set its own under `silence`, a step its own reminders. */
export interface Settings {
  /** Null: never reminded. */
  remindAfterHours: number | null
  remindAtMost: number
  /** From the last reminder on, or from the last word where nobody is reminded. */
  expireAfterDays: number
  /** From the end of the session on; 0: what was filled in is not kept. */
  keepDraftDays: number
}

/**
 * Reminder after a day of silence, inside the 48 hours in which WeChat lets an account answer freely; the session ends a
 * week later; what was filled in is gone after 30 days in all (retention of drafts, 个人信息保护法 19).
 */
export const defaultSettings: Settings = {
  remindAfterHours: 24,
  remindAtMost: 1,
  expireAfterDays: 7,
  keepDraftDays: 22,
}

/** No pushes from 21:00 to 08:00 Shanghai: rule of this service for older residents, not of a platform. */
export const QUIET_FROM_HOUR = 21
export const QUIET_TO_HOUR = 8

/** Bad answers after which the example is shown; the step's own `tries` says when a person is asked in. */
export const EXAMPLE_AFTER_TRIES = 2

/** Steps passed in one turn before the engine believes that a flow runs in a circle. */
export const MAX_STEPS_PER_TURN = 60

/** Open sessions one person may hold; the next one is refused with a sentence. */
export const MAX_OPEN_SESSIONS = 5

/** Drafts kept for one person; the oldest makes room. */
export const MAX_DRAFTS = 3

/** Invitations remembered, to recognise repeats. */
export const MAX_INVITED = 20

/** WeChat passive replies carry 2048 bytes (measured by third parties); 600 Chinese characters are safe. */
export const MAX_TEXT_CHARACTERS = 600

/** What an older reader takes in at a glance (accessibility requirement of the project). */
export const COMFORTABLE_CHARACTERS = 40
