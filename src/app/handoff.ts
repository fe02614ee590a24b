import type { Effect, Json, Session, TurnResult } from '../conversation/types.ts'
import type { TaskDetail } from '../domain/task.ts'
import { openTask, taskCreated } from '../domain/taskState.ts'
import type { WorkingDay } from '../domain/workingDays.ts'
import { shanghaiDate, type Instant } from '../domain/world.ts'
import type { AppParts } from './parts.ts'
import type { Tx } from './ports.ts'

type Handoff = Extract<Effect, { type: 'handoff' }>

/**
 * Every hand-over of this turn becomes a task with the half-filled case, for the officer of the place. Who asks again while
 * somebody is already to call gets no second task; distress and emergency are causes of their own and never wait behind one.
 */
export async function openHandoffs(parts: AppParts, tx: Tx, residentId: string, result: TurnResult): Promise<void> {
  for (const effect of result.effects) {
    if (effect.type === 'handoff') await openHandoff(parts, tx, residentId, effect, result.conversation.sessions)
  }
}

async function openHandoff(
  parts: AppParts,
  tx: Tx,
  residentId: string,
  effect: Handoff,
  sessions: Session[],
): Promise<void> {
  const session = sessions.find(({ id }) => id === effect.sessionId)
  const at = parts.world.now()
  const due = callBackDay(parts, effect, at)
  const task = openTask({
    id: parts.world.newId(),
    source: 'halfFilledCase',
    regionCode: effect.regionCode ?? parts.settings.homeRegion,
    applicationId: null,
    summary: parts.text('zh-CN', `app.handoff.${effect.reason}`),
    detail: detailOf(residentId, effect, session),
    promiseDue: due.date,
    dueProvisional: due.provisional,
    createdAt: at,
  })
  const cause = ['handoff', residentId, effect.sessionId, isUrgent(effect) ? effect.reason : 'help'].join(':')
  await tx.tasks.insertUnlessWaiting(cause, task, taskCreated(task, { kind: 'resident', id: residentId }))
}

const isUrgent = ({ reason }: Handoff): boolean => reason === 'distress' || reason === 'emergency'

/** Lists are sorted by the due day: without one, a cry for help would stand below every form of the coming weeks. */
function callBackDay(parts: AppParts, effect: Handoff, at: Instant): WorkingDay {
  const today = shanghaiDate(at)
  if (isUrgent(effect)) return { date: today, provisional: false }
  return parts.addWorkingDays(today, parts.settings.callBackDays)
}

function detailOf(residentId: string, effect: Handoff, session: Session | undefined): TaskDetail {
  const answers = Object.entries(session?.slots ?? {}).filter((slot): slot is [string, Scalar] => isScalar(slot[1]))
  return {
    residentId,
    sessionId: effect.sessionId,
    flow: effect.flow,
    step: session?.step ?? '',
    answers: Object.fromEntries(answers),
  }
}

type Scalar = string | number | boolean | null
const isScalar = (value: Json | undefined): value is Scalar => value === null || typeof value !== 'object'
