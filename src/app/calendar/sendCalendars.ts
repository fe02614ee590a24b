import { languages } from '../../conversation/types.ts'
import { planCalendar, stillAhead, type PlannedItem } from '../../domain/policy/serviceCalendar.ts'
import { shanghaiDate } from '../../domain/world.ts'
import { openRegistrations } from '../calendarView.ts'
import { groundValues } from '../commands/policyQuestion.ts'
import { circlesOf } from '../messages/circles.ts'
import { sendMessage } from '../messages/sendMessage.ts'
import type { AppParts } from '../parts.ts'
import type { RunningCalendar, Tx } from '../ports.ts'

/** Prefix of the dedupe keys of these messages, before the id of the calendar. */
const CALENDAR_KEY = 'calendar:'

/**
 * Sends what is due by the calendars that people agreed to: all that is due of one calendar in one message, each item once, with
 * its source. What was told when the calendar was opened is not sent again; what could not be sent is tried the next day as long
 * as it is not over. Each calendar is looked at once a day, whoever of the workers comes first. Answers how many were.
 */
export function sendCalendars(parts: AppParts, limit: number): Promise<number> {
  return parts.store.transaction({ kind: 'system' }, async tx => {
    const today = shanghaiDate(parts.world.now())
    const calendars = await tx.serviceCalendars.toSend(today, limit)
    // All at once and in one order: held one after another, a batch of a campaign and this one could wait for each other.
    await tx.messages.hold(await circlesOf(tx, calendars))
    for (const calendar of calendars) {
      const due = await dueItems(parts, tx, calendar)
      const isSent = due.length > 0 && (await send(parts, tx, calendar, due))
      const items = isSent ? due.map(({ item }) => item.id) : []
      await tx.serviceCalendars.sent(calendar.id, { today, items, at: parts.world.now() })
    }
    return calendars.length
  })
}

/** Due by today, not over, not told at the opening and not sent before. */
async function dueItems(parts: AppParts, tx: Tx, calendar: RunningCalendar): Promise<PlannedItem[]> {
  const registrations = await openRegistrations(tx, calendar.residentId)
  const registration = registrations.find(({ id }) => id === calendar.applicationId)
  if (!registration) return []
  const { stage, birthDate: birth } = registration.content
  const basis = { stage, birth, registered: shanghaiDate(registration.receivedAt) }
  const today = shanghaiDate(parts.world.now())
  const opened = shanghaiDate(calendar.consentAt)
  return stillAhead(planCalendar(basis, parts.policies.calendar), today).filter(
    ({ item, from }) => from > opened && from <= today && !calendar.sent.includes(item.id),
  )
}

async function send(
  parts: AppParts,
  tx: Tx,
  { id, residentId }: RunningCalendar,
  due: readonly PlannedItem[],
): Promise<boolean> {
  const items = due.map(({ item }) => item)
  const [itemsZh = '', itemsEn = ''] = languages.map(language =>
    items.map(({ text }) => `· ${text[language]}`).join('\n'),
  )
  const outcome = await sendMessage(parts, tx, {
    to: { residentId },
    purpose: 'calendar',
    key: 'policy.calendarDue',
    values: { itemsZh, itemsEn, ...groundValues(parts, items) },
    dedupeKey: `${CALENDAR_KEY}${id}:${items.map(item => item.id).join(',')}`,
  })
  return outcome.kind === 'queued'
}

/** The calendar from which a message in the outbox comes; null for messages of another kind. */
export function calendarOf(dedupeKey: string): string | null {
  const [before = '', after] = dedupeKey.split(CALENDAR_KEY)
  return after !== undefined && (before === '' || before.endsWith(':')) ? (after.split(':')[0] ?? null) : null
}
