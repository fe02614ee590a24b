import { showDay } from '../../conversation/showValue.ts'
import { languages, type Json, type Language } from '../../conversation/types.ts'
import type { Application, BirthRegistrationCase } from '../../domain/application.ts'
import { calendarConsent, type PlannedItem } from '../../domain/policy/serviceCalendar.ts'
import { aheadOf, openRegistrations } from '../calendarView.ts'
import { outcome, type CommandContext, type CommandHandler } from './command.ts'
import { groundValues } from './policyQuestion.ts'

/** Items told in one message; the rest is counted, to stay within it. */
const MOST_ITEMS = 6

/**
 * Opens the calendar of the newest registration, after the resident agreed to it; the consent is kept with purpose version
 * and moment. Outcomes: `started` with the list, `already`, `none` without a registration.
 */
export const startServiceCalendar: CommandHandler = async (_args, context) => {
  const { tx, parts, at } = context
  const [registration] = await openRegistrations(tx, context.residentId)
  if (!registration) return outcome('none')
  const { id: applicationId, regionCode } = registration
  const started = await tx.serviceCalendars.start({
    id: parts.world.newId(),
    applicationId,
    regionCode,
    consentVersion: calendarConsent.version,
    consentAt: at,
  })
  if (!started) return outcome('already', listValues(context, registration))
  await note(context, registration, 'serviceCalendar.start')
  return outcome('started', listValues(context, registration))
}

/** Stops every calendar of the resident. Outcomes: `stopped`, `none`. */
export const stopServiceCalendar: CommandHandler = async (_args, context) => {
  const { tx, at, residentId } = context
  const stopped = new Set(await tx.serviceCalendars.stop(residentId, at))
  const applications = await tx.applications.ofResident(residentId)
  for (const application of applications.filter(({ id }) => stopped.has(id))) {
    await note(context, application, 'serviceCalendar.stop')
  }
  return outcome(stopped.size > 0 ? 'stopped' : 'none')
}

/**
 * What lies ahead of the newest child with a calendar. Outcomes: `listed`; `offer` where there is a registration and no
 * calendar; `none` without a registration.
 */
export const listServiceCalendar: CommandHandler = async (_args, context) => {
  const running = new Set(await context.tx.serviceCalendars.running(context.residentId))
  const registrations = await openRegistrations(context.tx, context.residentId)
  const [newest] = registrations
  if (!newest) return outcome('none')
  const listed = registrations.filter(({ id }) => running.has(id))
  const [first] = listed
  if (!first) return outcome('offer')
  const more = listed.length - 1
  return outcome('listed', { ...listValues(context, first), more: String(more) })
}

function listValues(context: CommandContext, registration: BirthRegistrationCase): Record<string, Json> {
  const { parts, at } = context
  const ahead = aheadOf(parts, registration, at)
  const expecting = String(registration.content.stage === 'expecting')
  const shown = ahead.slice(0, MOST_ITEMS)
  const [itemsZh = '', itemsEn = ''] = languages.map(language => shown.map(linesOf(context, language)).join('\n'))
  const grounds = groundValues(
    parts,
    shown.map(({ item }) => item),
  )
  const rest = ahead.length - shown.length
  return { itemsZh, itemsEn, ...grounds, rest: String(rest), expecting }
}

function linesOf({ parts }: CommandContext, language: Language) {
  return ({ item, from, until }: PlannedItem, n: number): string => {
    const end = until === from ? 'same' : until && showDay(language, until)
    const values = { number: n + 1, from: showDay(language, from), until: end, item: item.text[language] }
    return parts.text(language, 'policy.calendarLine', values)
  }
}

async function note({ tx, residentId, at }: CommandContext, { id, regionCode }: Application, action: string) {
  await tx.audit.add({
    actor: { kind: 'resident', id: residentId },
    action,
    objectKind: 'application',
    objectId: id,
    regionCode,
    detail: { purpose: calendarConsent.purpose, version: calendarConsent.version },
    at,
  })
}
