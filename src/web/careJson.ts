import type { ActivityView, OwnActivity } from '../app/care/activities.ts'
import type { CoverageReport } from '../app/care/careDesk.ts'
import type { CareBrief, CareView } from '../app/care/careViews.ts'
import type { CareCoverage } from '../domain/care/careCoverage.ts'
import type { CarePromise } from '../domain/care/careState.ts'
import type { Officer } from '../domain/officer.ts'
import { shanghaiTime } from '../domain/world.ts'
import type { Edge } from './edge.ts'

const timeOrNull = (at: number | null) => (at === null ? null : shanghaiTime(at))

export function careBriefJson(brief: CareBrief) {
  const { id, name, placeName, regionCode, status, contacts, gaps, lastVisit, due, overdue } = brief
  return { id, name, place: placeName, regionCode, status, contacts, gaps, lastVisit, due, overdue }
}

export function careFamilyJson(view: CareView, officer: Officer) {
  const { state, card, plan, tasks, everyMonths, quiet, keepDays } = view
  const { consent, visits, helpers, errands, occasion, people, phone, address, doctor, hospital, dates } = state
  return {
    ...careBriefJson(view),
    ...{ occasion, people, phone, address, doctor, hospital, dates, helpers, tasks, everyMonths },
    consent: consent && { ...consent, at: shanghaiTime(consent.at) },
    linked: view.residentLinked,
    quiet: quiet && { since: shanghaiTime(quiet.since), reason: quiet.reason },
    keepDays,
    card: card && { ...card, lastLookAt: timeOrNull(card.lastLookAt) },
    errands: errands.map(({ helperId, ...errand }) => ({ ...errand, helper: helperId })),
    plan: plan.map(({ reason, festival, opens, due }) => ({ reason, festival, opens, due })),
    visits: visits.toReversed().map(visit => visitJson(view, visit)),
    mayDecide: officer.role === 'town',
  }
}

function visitJson({ state, names }: CareView, visit: CareView['state']['visits'][number]) {
  const { id, on, way, mood, words, needs, officerId } = visit
  const promise = state.promises.find(({ visitId }) => visitId === id)
  return {
    ...{ id, on, way, mood, words, needs },
    promise: promise ? promiseJson(promise) : null,
    by: officerId === null ? null : (names[officerId] ?? null),
  }
}

const promiseJson = ({ words, by, kept, taskId }: CarePromise) => ({
  ...{ words, by },
  kept: kept?.words ?? null,
  task: taskId,
})

export function coverageJson({ places, sum, target, source }: CoverageReport, edge: Pick<Edge, 'regions'>) {
  const named = ({ regionCode, families, done }: CareCoverage) => ({
    place: edge.regions.name(regionCode) ?? regionCode,
    ...{ regionCode, families, done },
  })
  return { places: places.map(named), sum: sum && named(sum), target, source: source?.document ?? null }
}

export function activityJson({ activity, placeName, taken, families }: ActivityView) {
  const { id, title, place, startsAt, capacity, note, cancelledAt } = activity
  return {
    ...{ id, title, place, capacity, note, taken, families },
    region: placeName,
    startsAt: shanghaiTime(startsAt),
    cancelled: cancelledAt !== null,
  }
}

export function ownActivityJson({ activity, hasRoom, people }: OwnActivity) {
  const { id, title, place, startsAt, note } = activity
  return { id, title, place, note, hasRoom, people, startsAt: shanghaiTime(startsAt) }
}
