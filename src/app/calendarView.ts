import type { Application, BirthRegistrationCase } from '../domain/application.ts'
import { planCalendar, stillAhead, type PlannedItem } from '../domain/policy/serviceCalendar.ts'
import { shanghaiDate, type Instant } from '../domain/world.ts'
import type { AppParts } from './parts.ts'
import type { Tx } from './ports.ts'

/** A child's calendar as it lies ahead. `birth`: of the child, or expected. */
export interface CalendarView {
  applicationNumber: string
  expecting: boolean
  birth: string
  items: PlannedItem[]
}

/** Calendars that run, newest child first; `offer` when there is a registration without one. */
export interface CalendarsView {
  running: CalendarView[]
  offer: boolean
}

/** The registrations of one resident that are not withdrawn or refused, newest first. */
export async function openRegistrations(tx: Tx, residentId: string): Promise<BirthRegistrationCase[]> {
  return (await tx.applications.ofResident(residentId)).filter(isRegistration).filter(({ actions }) => {
    const last = actions.at(-1)?.event.type
    return last !== 'withdrawn' && last !== 'refused'
  })
}

function isRegistration(application: Application): application is BirthRegistrationCase {
  return application.matter === 'birthRegistration'
}

/** What is still ahead of the child of one registration. */
export function aheadOf(parts: AppParts, { content, receivedAt }: BirthRegistrationCase, at: Instant): PlannedItem[] {
  const { stage, birthDate: birth } = content
  const plan = planCalendar({ stage, birth, registered: shanghaiDate(receivedAt) }, parts.policies.calendar)
  return stillAhead(plan, shanghaiDate(at))
}

/** 服务日历 for its page. */
export async function calendarsOf(
  parts: AppParts,
  tx: Tx,
  { residentId, at }: { residentId: string; at: Instant },
): Promise<CalendarsView> {
  const running = new Set(await tx.serviceCalendars.running(residentId))
  const registrations = await openRegistrations(tx, residentId)
  return {
    running: registrations
      .filter(({ id }) => running.has(id))
      .map(registration => ({
        applicationNumber: registration.number,
        expecting: registration.content.stage === 'expecting',
        birth: registration.content.birthDate,
        items: aheadOf(parts, registration, at),
      })),
    offer: registrations.some(({ id }) => !running.has(id)),
  }
}
