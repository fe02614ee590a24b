/** 一号二号都办结了, 都挂起，等下雨停, 都催一下 by chat: the order about one task, for each of several. */
import { z } from 'zod'
import type { CommandResult, Json } from '../../conversation/types.ts'
import type { Officer } from '../../domain/officer.ts'
import type { Task } from '../../domain/task.ts'
import { eyesOf } from '../officer/eyes.ts'
import { inPlaceOf, inWhosePlace, standsInFor } from '../tasks/inWhosePlace.ts'
import { outcome, type CommandContext, type CommandHandler } from './command.ts'
import { askedAbout, officerClose, officerPause, officerUrge } from './officerWork.ts'

const asked = z.object({
  order: z.enum(['close', 'pause', 'urge']),
  taskIds: z.array(z.string()).max(1000),
  said: z.string(),
  all: z.boolean(),
  most: z.int(),
})
type SeveralOrder = z.infer<typeof asked>['order']

const orders: Record<SeveralOrder, CommandHandler> = { close: officerClose, pause: officerPause, urge: officerUrge }

/**
 * Does to each task what the order about one does, with the same words, and leaves out what that one would refuse. `all`: none
 * was named, so what is not his (of urging: what is) is passed over, and a case, whose end is a decision, is not ended unnamed.
 * Outcomes: `told` with a line for each in the order named, and the tasks that still lack words; `noneHeld`, `noneToUrge`;
 * `tooMany`.
 */
export const officerSeveral: CommandHandler = async (args, context) => {
  const { order, taskIds, said, all, most } = asked.parse(args)
  const { parts, officer, at } = context
  if (!officer) return outcome('notFound')
  const known = await tasksSeen(context, officer, taskIds)
  const meant = all ? taskIds.filter(id => isMeant(order, officer, known.get(id))) : taskIds
  if (meant.length === 0) return outcome(order === 'urge' ? 'noneToUrge' : 'noneHeld')
  if (meant.length > most) return outcome('tooManyAtOnce', { most })
  const results = new Map<string, CommandResult>()
  // In one order, as everybody locks them.
  for (const id of meant.toSorted())
    results.set(id, await one(context, officer, { order, id, said, all }, known.get(id)))
  const lines = meant.map((id): Json => {
    const { outcome: came, values } = results.get(id) ?? outcome('notFound')
    return { taskId: id, summary: known.get(id)?.summary ?? '', outcome: came, values }
  })
  const lacking = meant.flatMap(id => (lacks(results.get(id)) ? (known.get(id) ?? []) : []))
  const [first] = lacking
  return outcome('told', {
    order,
    // Where every one lacks the same, the question says it.
    lines: lacking.length === meant.length ? [] : lines,
    missing: lacking.map(({ id }) => id),
    ...(first ? askedAbout(parts, officer, first, at) : {}),
  })
}

function isMeant(order: SeveralOrder, officer: Officer, task: Task | undefined): boolean {
  if (!task) return false
  const mine = task.assigneeId === officer.id
  if (order === 'urge') return !mine && task.status !== 'done' && task.status !== 'cancelled'
  return mine && (task.status === 'leased' || (order === 'close' && task.status === 'paused'))
}

async function one(
  context: CommandContext,
  officer: Officer,
  { order, id, said, all }: { order: SeveralOrder; id: string; said: string; all: boolean },
  task: Task | undefined,
): Promise<CommandResult> {
  if (all && order === 'close' && task?.source === 'applicationStep') return outcome('oneByOne')
  // The one before may have looked with other eyes.
  const place = await inWhosePlace(context.parts, context.tx, officer, id)
  const { outcome: came, values } = await orders[order]({ taskId: id, said }, { ...context, officer: place.officer })
  return outcome(came, { ...values, standsInFor: place.standsInFor })
}

/** In his own place, and in those of colleagues for whom he stands in. */
async function tasksSeen({ parts, tx }: CommandContext, officer: Officer, ids: string[]): Promise<Map<string, Task>> {
  const seen = new Map((await tx.tasks.byIds(ids)).map(task => [task.id, task]))
  for (const colleague of await standsInFor(parts, tx, officer)) {
    await tx.as(eyesOf(inPlaceOf(officer, colleague)))
    for (const task of await tx.tasks.byIds(ids)) seen.set(task.id, task)
  }
  return seen
}

const lacks = (result: CommandResult | undefined): boolean =>
  result?.outcome === 'needEvidence' || result?.outcome === 'needReason'
