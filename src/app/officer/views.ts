import type { Application, ApplicationAction, BirthRegistration } from '../../domain/application.ts'
import { allowedActions, foldApplication } from '../../domain/applicationState.ts'
import { maskIdentityNumber, maskName, maskPhone } from '../../domain/mask.ts'
import type { Officer } from '../../domain/officer.ts'
import type { Task } from '../../domain/task.ts'
import { allowedTaskActions, isOverdue } from '../../domain/taskState.ts'
import { shanghaiDate } from '../../domain/world.ts'
import type { ApplicationView, TaskView } from '../app.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'

/** A task with the names that belong to it and what this officer may do. */
export async function taskView(parts: AppParts, tx: Tx, officer: Officer, task: Task): Promise<TaskView> {
  const now = parts.world.now()
  return {
    ...task,
    assigneeName: await nameOf(tx, task.assigneeId),
    firstReceiverName: await nameOf(tx, task.firstReceiverId),
    overdue: isOverdue(task, now),
    allowedActions: allowedTaskActions(task, officer, now),
  }
}

async function nameOf(tx: Tx, officerId: string | null): Promise<string | null> {
  return officerId ? ((await tx.officers.byId(officerId))?.name ?? null) : null
}

/** An application with everything personal masked. */
export async function applicationView(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  application: Application,
): Promise<ApplicationView> {
  const state = foldApplication(application.actions)
  const due = parts.dueDates(shanghaiDate(application.receivedAt), parts.packFor(application.regionCode))
  const rating = await tx.ratings.ofApplication(application.id)
  const task = (await tx.tasks.ofApplication(application.id)).find(({ source }) => source === 'applicationStep')
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
    fields: fieldsOf(parts, application.content),
    log: await logOf(parts, tx, application.actions),
    certificateNumber: state.certificateNumber,
    rating: rating && mayReadRating ? { level: rating.level, comment: rating.comment } : null,
    allowedActions: allowedActions(state, officer.role),
    taskId: task?.id ?? null,
  }
}

type Field = ApplicationView['fields'][number]

function fieldsOf(parts: AppParts, content: BirthRegistration): Field[] {
  const label = (key: string) => parts.text('zh-CN', `app.field.${key}`)
  const plain = (key: string, value: string): Field => ({ key, label: label(key), value, masked: false })
  const masked = (key: string, value: string): Field => ({ key, label: label(key), value, masked: true })
  const word = (group: string, value: string) => parts.text('zh-CN', `app.${group}.${value}`)
  return [
    plain('registrant', word('registrant', content.registrant)),
    masked('applicantName', maskName(content.applicantName)),
    masked('applicantId', maskIdentityNumber(content.applicantId)),
    masked('phone', maskPhone(content.phone)),
    ...(content.proxy ? [masked('proxy', `${maskName(content.proxy.name)}（${content.proxy.relation}）`)] : []),
    plain('regionName', content.regionName),
    plain('stage', word('stage', content.stage)),
    plain('birthDate', content.birthDate),
    ...(content.childName ? [masked('childName', maskName(content.childName))] : []),
    plain('earlierChildren', String(content.earlierChildren)),
    ...(content.married === null ? [] : [plain('married', word('married', content.married ? 'yes' : 'no'))]),
  ]
}

async function logOf(parts: AppParts, tx: Tx, actions: ApplicationAction[]): Promise<ApplicationView['log']> {
  const lines = []
  for (const action of actions) lines.push(await logLine(parts, tx, action))
  return lines
}

async function logLine(parts: AppParts, tx: Tx, action: ApplicationAction): Promise<ApplicationView['log'][number]> {
  const { actor, event } = action
  const who =
    actor.kind === 'officer' ? ((await nameOf(tx, actor.id)) ?? '') : parts.text('zh-CN', `app.actor.${actor.kind}`)
  const note = event.type === 'refused' ? event.reason : event.type === 'granted' ? event.certificateNumber : null
  return { at: action.at, type: event.type, actor: who, note }
}
