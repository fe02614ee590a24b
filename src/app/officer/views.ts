import type { Application, ApplicationAction, ApplicationEvent } from '../../domain/application.ts'
import { foldApplication } from '../../domain/applicationState.ts'
import { likenesses } from '../../domain/duplicates.ts'
import { maskName } from '../../domain/mask.ts'
import { covers, type Officer } from '../../domain/officer.ts'
import { officerActions } from '../../domain/officerActions.ts'
import type { ServiceRating } from '../../domain/rating.ts'
import { ratedOfficers } from '../../domain/ratings/routeBadRating.ts'
import { suppliedInWords, suppliedPhotos } from '../../domain/suppliedPhotos.ts'
import type { Task } from '../../domain/task.ts'
import { allowedTaskActions, isOverdue } from '../../domain/taskState.ts'
import type { ApplicationView, TaskView } from '../app.ts'
import { caseTaskOf } from '../cases/caseTask.ts'
import type { AppParts } from '../parts.ts'
import type { Similar } from '../lifePorts.ts'
import type { Tx } from '../ports.ts'
import { reasonKey } from '../ratings/reasonWords.ts'
import { maskedFields } from './maskedFields.ts'

/** Shows tasks with the names that belong to them and what this officer may do. As many queries for a page as for one. */
export async function taskViewer(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  tasks: Task[],
): Promise<(task: Task) => TaskView> {
  const now = parts.world.now()
  const nameOf = await namesOf(
    tx,
    tasks.flatMap(({ assigneeId, firstReceiverId, offer }) => [
      ...[assigneeId, firstReceiverId],
      ...(offer ? [offer.to, offer.from] : []),
    ]),
  )
  const familyOf = await familiesOf(tx, tasks)
  return task => ({
    ...task,
    family: familyOf(task),
    assigneeName: nameOf(task.assigneeId),
    firstReceiverName: nameOf(task.firstReceiverId),
    overdue: isOverdue(task, now),
    offerNames: task.offer && { to: nameOf(task.offer.to) ?? '', from: nameOf(task.offer.from) ?? '' },
    allowedActions: allowedTaskActions(task, officer, now),
  })
}

/** By the case of a task: the same resident is the same family, whatever he applies for. */
async function familiesOf(tx: Tx, tasks: Task[]): Promise<(task: Task) => TaskView['family']> {
  const ids = [...new Set(tasks.flatMap(({ applicationId }) => applicationId ?? []))]
  const cases = ids.length > 0 ? await tx.applications.byIds(ids) : []
  const families = new Map(
    cases.map(({ id, residentId, content }) => [id, { id: residentId, name: maskName(content.applicantName) }]),
  )
  return ({ applicationId }) => (applicationId === null ? null : (families.get(applicationId) ?? null))
}

type NameOf = (officerId: string | null) => string | null

async function namesOf(tx: Tx, officerIds: (string | null)[]): Promise<NameOf> {
  const ids = [...new Set(officerIds.filter(id => id !== null))]
  const officers = ids.length > 0 ? await tx.officers.byIds(ids) : []
  const names = new Map(officers.map(({ id, name }) => [id, name]))
  return id => (id === null ? null : (names.get(id) ?? null))
}

/** Shows applications with everything personal masked. As many queries for a page as for one. */
export async function applicationViewer(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  applications: Application[],
): Promise<(application: Application) => ApplicationView> {
  const ids = applications.map(({ id }) => id)
  const actors = applications.flatMap(({ actions }) => actions.map(({ actor }) => actor))
  const receivers = applications.map(({ actions }) => foldApplication(actions).firstReceiverId)
  const tasks = await tx.tasks.ofApplications(ids)
  const around: Around = {
    parts,
    officer,
    own: new Set(await tx.officers.residentsOf(officer.id)),
    nameOf: await namesOf(tx, [
      ...actors.map(actor => (actor.kind === 'officer' ? actor.id : null)),
      ...receivers,
      ...tasks.map(({ firstReceiverId }) => firstReceiverId),
    ]),
    ratings: new Map((await tx.ratings.ofApplications(ids)).map(rating => [rating.applicationId, rating])),
    tasks: new Map(ids.map(id => [id, caseTaskOf(tasks.filter(({ applicationId }) => applicationId === id))])),
    similar: await tx.applications.similar(ids),
  }
  return application => applicationView(around, application)
}

interface Around {
  parts: AppParts
  officer: Officer
  /** The residents this officer is himself. */
  own: Set<string>
  nameOf: NameOf
  ratings: Map<string, ServiceRating>
  /** Task by application. */
  tasks: Map<string, Task | null>
  similar: Similar[]
}

function applicationView(around: Around, application: Application): ApplicationView {
  const { parts, officer, ratings, tasks } = around
  const state = foldApplication(application.actions)
  const clocks = parts.clocks(application)
  const task = tasks.get(application.id) ?? null
  const life = lifeOf(around, application, task)
  const rating = ratings.get(application.id)
  // Who was rated does not learn who rated; in a village one case is one person, so nobody there sees a rating at all.
  const mayReadRating = officer.role !== 'village' && !ratedOfficers(application).includes(officer.id)
  return {
    id: application.id,
    number: application.number,
    matter: application.matter,
    status: state.status,
    regionCode: application.regionCode,
    regionName: parts.regionName(application.regionCode),
    receivedAt: application.receivedAt,
    promiseDue: clocks.promiseDue,
    legalDue: clocks.legalDue,
    dueProvisional: clocks.provisional,
    fields: maskedFields(parts, application),
    log: application.actions.map(action => logLine(around, action)),
    certificateNumber: state.certificateNumber,
    rating: rating && mayReadRating ? ratingView(parts, rating) : null,
    taskId: task?.id ?? null,
    ...life,
    allowedActions: actionsOf(around, application, life.duplicates.length > 0),
    clockStopped: clocks.stopped,
  }
}

function ratingView(parts: AppParts, { level, reasons, comment }: ServiceRating): ApplicationView['rating'] {
  return { level, reasons: reasons.map(reason => parts.text('zh-CN', reasonKey(reason))), comment }
}

type Life = Pick<
  ApplicationView,
  | 'way'
  | 'whyNotOnline'
  | 'firstReceiver'
  | 'acceptedBySilence'
  | 'paused'
  | 'notices'
  | 'photos'
  | 'confirmation'
  | 'certificateStatus'
  | 'breachOpen'
  | 'duplicates'
>

function lifeOf({ parts, nameOf, similar }: Around, { id, actions }: Application, task: Task | null): Life {
  const state = foldApplication(actions)
  const first = actions[0]?.event
  const note = first?.type === 'submitted' ? (first.whyNotOnlineNote ?? null) : null
  const words = (key: string) => parts.text('zh-CN', key)
  const why = [state.whyNotOnline && words(`app.whyNotOnline.${state.whyNotOnline}`), note].filter(Boolean)
  const alike = likenesses(
    similar.filter(({ applicationId }) => applicationId === id),
    state.notDuplicateOf,
  )
  return {
    way: state.way,
    whyNotOnline: why.length > 0 ? why.join('：') : null,
    // Cases from before the log said it have it on their task.
    firstReceiver: nameOf(state.firstReceiverId ?? task?.firstReceiverId ?? null),
    acceptedBySilence: state.acceptedBySilence,
    paused: state.paused,
    notices: state.notices,
    photos: suppliedPhotos(actions),
    confirmation: { open: state.confirmationOpen, answer: state.confirmation },
    certificateStatus: state.certificate,
    breachOpen: state.breachOpen,
    duplicates: alike.map(({ otherId, otherRegion, reasons }) => ({
      id: otherId,
      place: parts.regionName(otherRegion),
      reasons: reasons.map(reason => words(`app.duplicate.${reason}`)),
    })),
  }
}

/**
 * Nobody acts on a case of his own, nor on one that he has just given to another place. The first receipt follows from the
 * lease and is no button; "no double" is one only where something is alike.
 */
function actionsOf({ parts, officer, own }: Around, application: Application, isAlike: boolean): string[] {
  if (!covers(officer.regionCode, application.regionCode)) return []
  const allowed = officerActions(parts.packFor(application.regionCode), application, officer)
  if (own.has(application.residentId)) return allowed.filter(name => name === 'reveal')
  return allowed.filter(name => name !== 'firstReceive' && (isAlike || name !== 'notDuplicate'))
}

function logLine({ parts, nameOf }: Around, action: ApplicationAction): ApplicationView['log'][number] {
  const { actor, event } = action
  const who = actor.kind === 'officer' ? (nameOf(actor.id) ?? '') : parts.text('zh-CN', `app.actor.${actor.kind}`)
  const note = noteOf(parts, event)
  return { at: action.at, type: event.type, actor: who, note }
}

/** What a line of the log says besides its kind. Personal values are in none of them. */
function noteOf(parts: AppParts, event: ApplicationEvent): string | null {
  switch (event.type) {
    case 'granted':
      return event.certificateNumber
    case 'refused':
    case 'withdrawn':
    case 'paused':
    case 'reopened':
    case 'certificateRevoked':
      return event.reason
    case 'accepted':
      return event.bySilence ? parts.text('zh-CN', 'app.bySilence') : null
    case 'supplementRequested':
      return event.exception ? `${event.noticeNumber}：${event.exception.reason}` : event.noticeNumber
    case 'supplemented':
      return suppliedInWords(event.materials, parts.text('zh-CN', 'app.photo')) || null
    case 'confirmationRequested':
      return `${event.bureau}：${event.question}`
    case 'confirmationAnswered': {
      const answer = parts.text('zh-CN', `app.confirmation.${event.answer}`)
      return event.note ? `${answer}：${event.note}` : answer
    }
    case 'corrected':
      return event.changes
        .map(({ field, reason }) => `${parts.text('zh-CN', `app.field.${field}`)}（${reason}）`)
        .join('；')
    case 'moved':
      return `${parts.regionName(event.from)} → ${parts.regionName(event.to)}：${event.reason}`
    case 'certificateSuperseded':
      return event.by
    case 'commitmentMade':
      return parts.text('zh-CN', `material.${event.material}`)
    case 'commitmentBroken':
      return event.correctBy
    case 'supplementReminded':
      return event.told ? null : parts.text('zh-CN', 'app.notReminded')
    case 'supplementLapsed':
      return event.due
    case 'submitted':
    case 'firstReceived':
    case 'reviewStarted':
    case 'resumed':
    case 'notDuplicate':
    case 'delivered':
    case 'archived':
    case 'commitmentMended':
      return null
  }
}
