import type { Application, ApplicationAction } from '../../domain/application.ts'
import { allowedActions } from '../../domain/allowedActions.ts'
import { foldApplication } from '../../domain/applicationState.ts'
import type { Officer } from '../../domain/officer.ts'
import { limitsOf } from '../../domain/packs/limits.ts'
import type { ServiceRating } from '../../domain/rating.ts'
import type { Task } from '../../domain/task.ts'
import { allowedTaskActions, isOverdue } from '../../domain/taskState.ts'
import { shanghaiDate } from '../../domain/world.ts'
import type { ApplicationView, TaskView } from '../app.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
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
    tasks.flatMap(({ assigneeId, firstReceiverId }) => [assigneeId, firstReceiverId]),
  )
  return task => ({
    ...task,
    assigneeName: nameOf(task.assigneeId),
    firstReceiverName: nameOf(task.firstReceiverId),
    overdue: isOverdue(task, now),
    allowedActions: allowedTaskActions(task, officer, now),
  })
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
  const around: Around = {
    parts,
    officer,
    own: new Set(await tx.officers.residentsOf(officer.id)),
    nameOf: await namesOf(
      tx,
      actors.map(actor => (actor.kind === 'officer' ? actor.id : null)),
    ),
    ratings: new Map((await tx.ratings.ofApplications(ids)).map(rating => [rating.applicationId, rating])),
    tasks: new Map(
      (await tx.tasks.ofApplications(ids))
        .filter(({ source }) => source === 'applicationStep')
        .map(task => [task.applicationId ?? '', task.id]),
    ),
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
  tasks: Map<string, string>
}

function applicationView(around: Around, application: Application): ApplicationView {
  const { parts, officer, ratings, tasks } = around
  const state = foldApplication(application.actions)
  const limits = limitsOf(parts.packFor(application.regionCode), application)
  const due = parts.dueDates(shanghaiDate(application.receivedAt), limits)
  const rating = ratings.get(application.id)
  // The rated officer does not learn who rated; in a village one case is one person, so he sees no rating at all.
  const mayReadRating = officer.role !== 'village'
  return {
    id: application.id,
    number: application.number,
    matter: application.matter,
    status: state.status,
    regionCode: application.regionCode,
    regionName: parts.regionName(application.regionCode),
    receivedAt: application.receivedAt,
    promiseDue: due.promiseDue,
    legalDue: due.legalDue,
    dueProvisional: due.provisional,
    fields: maskedFields(parts, application),
    log: application.actions.map(action => logLine(around, action)),
    certificateNumber: state.certificateNumber,
    rating: rating && mayReadRating ? { level: rating.level, comment: rating.comment } : null,
    allowedActions: actionsOf(around, application),
    taskId: tasks.get(application.id) ?? null,
  }
}

/** Nobody accepts or decides a case of his own. */
function actionsOf({ officer, own }: Around, { actions, residentId }: Application): string[] {
  const allowed = allowedActions(foldApplication(actions), officer.role)
  return own.has(residentId) ? allowed.filter(name => name === 'reveal') : allowed
}

function logLine({ parts, nameOf }: Around, action: ApplicationAction): ApplicationView['log'][number] {
  const { actor, event } = action
  const who = actor.kind === 'officer' ? (nameOf(actor.id) ?? '') : parts.text('zh-CN', `app.actor.${actor.kind}`)
  const note = event.type === 'refused' ? event.reason : event.type === 'granted' ? event.certificateNumber : null
  return { at: action.at, type: event.type, actor: who, note }
}
