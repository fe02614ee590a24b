import type { Effect, Json, Session, TurnResult } from '../conversation/types.ts'
import type { TaskDetail } from '../domain/task.ts'
import { openTask, taskCreated } from '../domain/taskState.ts'
import type { AppParts } from './parts.ts'
import type { Tx } from './ports.ts'

type Handoff = Extract<Effect, { type: 'handoff' }>

/** Every hand-over of this turn becomes a task with the half-filled case, for the officer of the place. */
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
  const task = openTask({
    id: parts.world.newId(),
    source: 'halfFilledCase',
    regionCode: effect.regionCode ?? parts.settings.homeRegion,
    applicationId: null,
    summary: parts.text('zh-CN', `app.handoff.${effect.reason}`),
    detail: detailOf(residentId, effect, session),
    createdAt: at,
  })
  await tx.tasks.insert(task, taskCreated(task, { kind: 'resident', id: residentId }))
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
