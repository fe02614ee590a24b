import type { PlatformPerson, SharedAccount } from '../../app/sharedAccount.ts'
import { windowLeft, type WindowRule } from '../../domain/message/serviceWindow.ts'
import type { Instant } from '../../domain/world.ts'

/** Customer-service messages that an act of the person allows (客服消息, 下发条数限制; before 2021 it was 20 after a message). */
const windowRules = {
  message: { messages: 5, ms: 48 * 3600_000 },
  /** Followed, scanned, or tapped a menu item. */
  act: { messages: 3, ms: 60_000 },
} as const satisfies Record<string, WindowRule>

/** Keys of events begin with their time and name; a message has a number of its own. */
const actKey = /^\d{1,13}:(?:subscribe|scan|click|scancode_\w+):/i

/** How many messages the platform would still take for this person, as far as we know. */
export async function leftInWindow(
  windows: SharedAccount['windows'],
  person: PlatformPerson,
  now: Instant,
): Promise<number> {
  const { heard, sent } = await windows.lately(person, now - windowRules.message.ms)
  const openings = heard.map(({ at, key }) => ({ at, rule: actKey.test(key) ? windowRules.act : windowRules.message }))
  const moments = sent.flatMap(({ at, messages }) => Array.from({ length: messages }, () => at))
  return windowLeft(openings, moments, now)
}

/** The platform says that the window is closed: whatever we counted, nothing is left until the person does something. */
export async function closeWindow(
  windows: SharedAccount['windows'],
  person: PlatformPerson,
  now: Instant,
): Promise<void> {
  await windows.noteSent(person, now, windowRules.message.messages)
}
