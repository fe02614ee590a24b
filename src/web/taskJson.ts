import type { AbsenceView } from '../app/tasks/absences.ts'
import type { ChainLine } from '../app/app.ts'
import type { Colleague } from '../app/tasks/colleagues.ts'
import type { TaskBoard } from '../app/tasks/board.ts'
import type { FamilyMoved } from '../app/tasks/moveFamily.ts'
import type { OwnRequest } from '../app/tasks/ownRequests.ts'
import { shanghaiTime } from '../domain/world.ts'

/** Fields are named one by one: what is added inside never leaves by accident. */

type NameOf = (code: string) => string | null

export function colleagueJson({ officer, matters, absent, substitute, desk }: Colleague, nameOf: NameOf) {
  const { id, username, name, role, regionCode } = officer
  const { leased, paused, dueToday, overdue, offered } = desk
  return {
    ...{ id, username, name, role, regionCode, place: nameOf(regionCode) ?? '' },
    ...{ matters, absent, substitute: substitute?.name ?? null },
    ...{ leased, paused, dueToday, overdue, offered },
  }
}

export function boardJson({ places, officers }: TaskBoard, nameOf: NameOf) {
  return {
    places: places.map(({ regionCode, open, leased, paused, dueToday, overdue, raised, unstaffed }) => ({
      ...{ regionCode, place: nameOf(regionCode) ?? '' },
      ...{ open, leased, paused, dueToday, overdue, raised, unstaffed },
    })),
    officers: officers.map(one => colleagueJson(one, nameOf)),
  }
}

export function absenceJson({ id, officerId, officerName, from, to, substituteId, substituteName }: AbsenceView) {
  return { id, officerId, officer: officerName, from, to, substituteId, substitute: substituteName }
}

export function requestJson({ createdAt, closedAt, ...request }: OwnRequest) {
  const { id, source, number, status, promiseDue, dueProvisional, office, officePhone, handler } = request
  const { mayUrge, urgeFrom, mayReopen, reopenUntil } = request
  return {
    ...{ id, source, number, status, promiseDue, dueProvisional, office, officePhone },
    handler: handler && { name: handler.name, place: handler.place },
    ...{ mayUrge, urgeFrom, mayReopen, reopenUntil },
    createdAt: shanghaiTime(createdAt),
    closedAt: closedAt === null ? null : shanghaiTime(closedAt),
  }
}

export function familyMovedJson({ moved, place, items, stays, receivers }: FamilyMoved) {
  return {
    ...{ moved, place },
    items: items.map(({ id, kind, summary }) => ({ id, kind, summary })),
    stays: stays.map(({ id, summary, why }) => ({ id, summary, why })),
    receivers: receivers.map(one => ({ name: one.name, place: one.place })),
  }
}

/** With name, role and office as they were then. */
export function chainJson({ action, name, to }: ChainLine, nameOf: NameOf) {
  const { seq, at, actor, fence, event } = action
  const isOfficer = actor.kind === 'officer'
  return {
    ...{ seq, at: shanghaiTime(at), by: actor.kind, name, fence, type: event.type, to },
    role: isOfficer ? actor.role : null,
    office: isOfficer ? nameOf(actor.regionCode) : null,
    reason: reasonOf(event),
  }
}

function reasonOf(event: ChainLine['action']['event']): string | null {
  if ('reason' in event) return event.reason
  if (event.type === 'urged') return event.note
  return event.type === 'done' ? event.evidence : null
}
